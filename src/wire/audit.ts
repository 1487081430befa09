import type { AuditEntry } from '../model/neighbours.ts';
import type { Page } from '../model/page.ts';
import { type Decoder, id, isJsonObject, jsonObject, member, optionalInteger, optionalReference } from './decode.ts';
import { page } from './envelope.ts';

/** The envelope of the log is not documented (neighbour notes §8). */
const otherEnvelopes = ['audits', 'events'] as const;

const decodeAuditEntry: Decoder<AuditEntry> = (value, at) => {
  const record = jsonObject(value, at);
  const { identity, status } = record;
  const method = member(record, 'method', id, at).toUpperCase();
  const url = member(record, 'url', id, at);
  return {
    at: member(record, 'ended_at', id, at),
    userId: isJsonObject(identity) ? member(identity, 'user_id', optionalReference, at.at('identity')) : null,
    action: member(record, 'endpoint', optionalReference, at) ?? `${method} ${pathOf(url)}`,
    requestId: member(record, 'request_id', optionalReference, at),
    method,
    url,
    status: isJsonObject(status) ? member(status, 'http_status', optionalInteger, at.at('status')) : null,
  };
};
const decodePage = page(decodeAuditEntry);

export const decodeAuditPage: Decoder<Page<AuditEntry>> = (value, at) => {
  const key = isJsonObject(value) && !('values' in value) ? otherEnvelopes.find((each) => each in value) : undefined;
  if (key === undefined || !isJsonObject(value)) return decodePage(value, at);
  const { [key]: values, ...rest } = value;
  return decodePage({ ...rest, values }, at);
};

/** The path of a URL, with or without an origin. */
function pathOf(url: string): string {
  return url.replace(/^[a-z]+:\/\/[^/]*/i, '').replace(/[?#].*$/s, '');
}

/** Whether an entry tells of a change of a profile or of one of its versions that the API did not refuse. */
export function isChangeOf({ method, url, status }: AuditEntry, profileId: string): boolean {
  if (method === 'GET' || (status !== null && status >= 400)) return false;
  const [, segment] = /\/access_profiles\/([^/]+)/.exec(pathOf(url)) ?? [];
  return segment !== undefined && (segment === profileId || segment === encodeURIComponent(profileId));
}

import { ApiError } from './errors.ts';
import type { ProfileRecord } from './record.ts';

/** A key of the sandbox, and what its owner may do. */
export interface Key {
  /** The text after `Bearer `. */
  readonly key: string;
  /** `viewer` may read only. */
  readonly role: 'admin' | 'viewer';
  /** Stands in `created_by` and the like. */
  readonly user?: string;
  /** Whether a profile exists for this caller (UNK whether the API trims lists per caller: API notes §5); absent: all. */
  readonly visibleTo?: (profile: ProfileRecord) => boolean;
}

/** The holder of a key. */
export interface Caller {
  readonly user: string;
  readonly role: Key['role'];
  readonly canSee: (profile: ProfileRecord) => boolean;
}

/** Obviously fake, and base64 as the API's keys are: "sandbox-admin". */
export const adminKey = Buffer.from('sandbox-admin').toString('base64');
/** "sandbox-viewer". */
export const viewerKey = Buffer.from('sandbox-viewer').toString('base64');

export const defaultKeys: readonly Key[] = [
  { key: adminKey, role: 'admin', user: 'sandbox-admin' },
  { key: viewerKey, role: 'viewer', user: 'sandbox-viewer' },
];

/** The caller behind an Authorization header; 401 without one, with the documented messages for broken keys (API notes §4.1). */
export function authenticate(authorization: string | undefined, keys: readonly Key[]): Caller {
  const token = /^Bearer +(\S+)$/i.exec(authorization ?? '')?.[1];
  if (token === undefined) throw unauthenticated('Missing API key');
  const found = keys.find(({ key }) => key === token);
  if (found === undefined) throw unauthenticated(complaintAbout(token));
  return { role: found.role, user: found.user ?? found.role, canSee: found.visibleTo ?? (() => true) };
}

/** Not base64: "Invalid API key"; base64 of something odd: "Malformed API key" (DOC). A good key of nobody: a guess. */
function complaintAbout(token: string): string {
  const bytes = Buffer.from(token, 'base64');
  if (bytes.toString('base64') !== token) return 'Invalid API key';
  return /^[\w.:-]+$/.test(bytes.toString('latin1')) ? 'Invalid API key' : 'Malformed API key';
}

function unauthenticated(message: string): ApiError {
  return new ApiError('Unauthenticated', { message });
}

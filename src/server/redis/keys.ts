import { createHash } from 'node:crypto';

/** The beginning of all keys and channels for one API: gateways to different ones share nothing. */
export function prefixFor(upstreamOrigin: string): string {
  return `access-profile-gateway:${createHash('sha256').update(upstreamOrigin).digest('hex').slice(0, 16)}:`;
}

/** The hash in which the documents for one API are, by their ids. */
export function documentsKey(upstreamOrigin: string): string {
  return `${prefixFor(upstreamOrigin)}documents`;
}

/** The only id that a document can have in Redis: others may write there, and an id is what a caller trusts. */
export function documentId(document: string): string {
  return createHash('sha256').update(document).digest('hex');
}

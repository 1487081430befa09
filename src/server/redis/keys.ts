import { createHash } from 'node:crypto';

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/**
 * The beginning of all keys for one API: gateways to different ones share nothing. The braces are a hash tag: a cluster
 * keeps all of these keys on one node, so that one script can use several of them.
 */
export function prefixFor(upstreamOrigin: string): string {
  return `access-profile-gateway:{${sha256(upstreamOrigin).slice(0, 16)}}:`;
}

/** The hash in which the documents for one API are, by their ids. */
export function documentsKey(upstreamOrigin: string): string {
  return `${prefixFor(upstreamOrigin)}documents`;
}

/** The lock of a change, and the place of the gateway that takes it next. Ids of profiles do not appear in Redis. */
export function lockKeys(prefix: string, changeKey: string): { readonly lock: string; readonly next: string } {
  const name = sha256(changeKey).slice(0, 32);
  return { lock: `${prefix}lock:${name}`, next: `${prefix}next:${name}` };
}

/** The only id that a document can have in Redis: others may write there, and an id is what a caller trusts. */
export function documentId(document: string): string {
  return sha256(document);
}

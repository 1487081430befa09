import { hash, randomBytes } from 'node:crypto';

/** A key of this process alone, so that what stands for a credential is of no use to anybody else. */
const secret = randomBytes(32).toString('base64');

/** What callers are told apart by where something is kept for them: their credential itself is not kept. */
export function callerKey(authorization: string): string {
  return hash('sha256', secret + authorization, 'base64');
}

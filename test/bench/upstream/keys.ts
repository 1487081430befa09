import type { Key } from '../../../src/sandbox/caller.ts';

/** As many callers as the distinct load alternates between: the sandbox knows them all, under one name. */
export const callerKeys: readonly string[] = Array.from({ length: 8 }, (_, i) =>
  Buffer.from(`bench-caller-${i}`).toString('base64'),
);

/** One user for all, so that one page token is good for each of them and replies can be kept once. */
export const sandboxKeys: readonly Key[] = callerKeys.map((key) => ({ key, role: 'viewer', user: 'bench' }));

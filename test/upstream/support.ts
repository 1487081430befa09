import { onTestFinished } from 'vitest';
import { UpstreamError } from '../../src/errors.ts';
import { type Caller, type ClientOptions, createClient, type UpstreamClient } from '../../src/upstream/client.ts';
import type { Endpoint } from '../../src/upstream/endpoints.ts';
import { jsonObject } from '../../src/wire/decode.ts';
import { listen } from '../support/notes.ts';

export const key = 'c2VjcmV0LWtleQ==';
export const caller: Caller = { authorization: `Bearer ${key}` };

/** A client for one test, with a short patience. */
export function clientOf(origin: string, options: Partial<ClientOptions> = {}): UpstreamClient {
  const client = createClient({ origin, timeoutMs: 5000, retries: false, notes: listen(), ...options });
  onTestFinished(() => client.close());
  return client;
}

/** An endpoint that takes any object and gives it back. */
export const echo = {
  name: 'echo',
  attempt: 'do the thing',
  method: 'GET',
  path: () => '/thing',
  decode: jsonObject,
} as const satisfies Endpoint<null, object>;

export const write: Endpoint<{ readonly name: string }, object> = {
  ...echo,
  name: 'write',
  method: 'PATCH',
  path: () => '/thing',
  body: ({ name }) => ({ name }),
};

/** The failure of a call that has to fail. */
export async function failureOf(call: Promise<unknown>): Promise<UpstreamError> {
  const error = await call.then(
    () => new Error('it did not fail'),
    (reason: unknown) => reason,
  );
  if (error instanceof UpstreamError) return error;
  throw error;
}

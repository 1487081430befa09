import { onTestFinished } from 'vitest';
import { UpstreamError } from '../../src/errors.ts';
import { type Caller, type ClientOptions, createClient, type UpstreamClient } from '../../src/upstream/client.ts';
import { defineEndpoint } from '../../src/upstream/endpoint.ts';
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
export const echo = defineEndpoint({
  name: 'echo',
  attempt: 'do the thing',
  method: 'GET',
  path: (_: null) => '/thing',
  decode: jsonObject,
});

export const write = defineEndpoint({
  name: 'write',
  attempt: 'do the thing',
  method: 'PATCH',
  path: (_: { readonly name: string }) => '/thing',
  body: ({ name }) => ({ name }),
  decode: jsonObject,
});

/** The failure of a call that has to fail. */
export async function failureOf(call: Promise<unknown>): Promise<UpstreamError> {
  const error = await call.then(
    () => new Error('it did not fail'),
    (reason: unknown) => reason,
  );
  if (error instanceof UpstreamError) return error;
  throw error;
}

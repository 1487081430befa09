import { UpstreamError } from '../../src/errors.ts';
import { Place, type Reply } from '../../src/wire/decode.ts';

/** A reply of a test: hears of unknown enum values, as `enumeration: value`, and its errors are the problem alone. */
export function listen(): Reply & { readonly heard: readonly string[] } {
  const heard: string[] = [];
  return {
    heard,
    unrecognized: (enumeration, value) => void heard.push(`${enumeration}: ${value}`),
    invalid: (problem) => new UpstreamError('UPSTREAM_INVALID_RESPONSE', problem, {}),
  };
}

/** The place of a whole reply. */
export function root(reply: Reply = listen()): Place {
  return Place.root(reply);
}

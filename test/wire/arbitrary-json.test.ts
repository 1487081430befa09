import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { UpstreamError } from '../../src/errors.ts';
import type { Decoder } from '../../src/wire/decode.ts';
import { decodeEntitlement } from '../../src/wire/entitlement.ts';
import { decodeIntegrations, page, single } from '../../src/wire/envelope.ts';
import { decodeErrorBody } from '../../src/wire/error-body.ts';
import { decodeCreatedProfile, decodeProfile } from '../../src/wire/profile.ts';
import { decodeProfileType } from '../../src/wire/profile-type.ts';
import { decodeMember, decodeMembershipChange, versionDecoder } from '../../src/wire/version.ts';
import { root } from '../support/notes.ts';
import { plain } from '../support/plain.ts';
import { runs } from '../support/runs.ts';
import { businessRoleType, listedProfile, listReply } from './documented.ts';

const decoders: Readonly<Record<string, Decoder<unknown>>> = {
  'page of profiles': page(decodeProfile),
  'page of types': page(decodeProfileType),
  'page of members': page(decodeMember),
  'created profile': decodeCreatedProfile,
  version: single(versionDecoder('p', () => 1)),
  entitlement: decodeEntitlement,
  integrations: decodeIntegrations,
  'membership change': single(decodeMembershipChange),
};

/** A JSON pointer's worth of a documented body is put in the place of something else. */
function mutated(body: unknown): fc.Arbitrary<unknown> {
  const leaves: (string | number)[][] = [];
  const visit = (value: unknown, path: (string | number)[]) => {
    leaves.push(path);
    if (Array.isArray(value)) for (const [i, each] of value.entries()) visit(each, [...path, i]);
    else if (typeof value === 'object' && value !== null) {
      for (const [key, each] of Object.entries(value)) visit(each, [...path, key]);
    }
  };
  visit(body, []);
  return fc
    .tuple(fc.constantFrom(...leaves), fc.jsonValue({ maxDepth: 2 }))
    .map(([path, value]) => put(body, path, value));
}

function put(body: unknown, [step, ...rest]: readonly (string | number)[], value: unknown): unknown {
  if (step === undefined) return value;
  if (Array.isArray(body)) return body.map((each, i) => (i === step ? put(each, rest, value) : each));
  if (typeof body !== 'object' || body === null) return body;
  return Object.fromEntries(
    Object.entries(body).map(([key, each]) => [key, key === step ? put(each, rest, value) : each]),
  );
}

function settles(decode: Decoder<unknown>, body: unknown): boolean {
  try {
    plain(decode(body, root()));
  } catch (error) {
    return error instanceof UpstreamError && error.message.length < 500;
  }
  return true;
}

describe('decoders and rows throw UpstreamError and nothing else', () => {
  it.each(Object.entries(decoders))('%s of any JSON', (_name, decode) => {
    fc.assert(
      fc.property(fc.jsonValue(), (body) => settles(decode, body)),
      { numRuns: runs(300) },
    );
  });

  const almost = fc.oneof(
    mutated(listReply),
    mutated({ values: [businessRoleType] }),
    mutated({ value: listedProfile }),
  );
  it.each(Object.entries(decoders))('%s of what is almost a documented body', (_name, decode) => {
    fc.assert(
      fc.property(almost, (body) => settles(decode, body)),
      { numRuns: runs(500) },
    );
  });

  it('error bodies never throw at all', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (body) => {
        expect(decodeErrorBody(body)).toMatchObject({ violations: expect.any(Array) });
      }),
    );
  });
});

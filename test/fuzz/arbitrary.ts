import * as fc from 'fast-check';
import { problemOfId } from '../../src/model/node-id.ts';
import { anyText } from '../scim/arbitrary.ts';
import { facts } from './arena.ts';

/** Texts that have broken out of something somewhere. */
const nasty = [
  '',
  ' ',
  '"',
  '\\',
  '\\"',
  '" or id pr or id eq "',
  'x" or name eq "x',
  '../../admin',
  '..',
  '.',
  '%2e%2e%2f',
  '%2f',
  '%',
  '?filter=id%20pr',
  '#fragment',
  'a/b?c=d&e=f#g',
  '__proto__',
  'constructor',
  'null',
  'AccessProfile:',
  'AccessProfile:AccessProfile:base',
  'AccessProfileVersion:base',
  'AccessProfileVersion:base:1',
  'AccessProfileVersion:base:01',
  'AccessProfileVersion:base:99999999999999999999',
  'AccessProfileVersion::1',
  'AccessProfileType:type-app',
  '\u0000',
  '\r\nHost: elsewhere',
  '\u2028',
  '\ud800',
  '﷽'.repeat(50),
  'x'.repeat(10_000),
  '"'.repeat(3000),
  'é'.repeat(4000),
];

const words = [
  ...facts.all.slice(0, 30).flatMap(({ record }) => [record.id, record.name, ...record.labels]),
  ...(facts.world.integrations ?? []),
];

/** Any text, with a liking for what is in the world and for what breaks things. */
export const text: fc.Arbitrary<string> = fc.oneof(fc.constantFrom(...words), fc.constantFrom(...nasty), anyText);

export const id: fc.Arbitrary<string> = fc
  .tuple(
    fc.constantFrom('', '', 'AccessProfile:', 'AccessProfileType:', 'AccessProfileVersion:'),
    text,
    fc.constantFrom('', '', ':1', ':2'),
  )
  .map((parts) => parts.join(''));

/** Ids that a profile may be looked up by: of profiles there are, of none, and nasty ones. */
export const profileId: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom(...facts.all.map(({ record }) => record.id)),
  text.filter((each) => problemOfId(each) === null && !/^AccessProfile(Type|Version)?:/.test(each)),
);

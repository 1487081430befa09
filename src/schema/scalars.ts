import { GraphQLError, Kind, valueFromASTUntyped } from 'graphql';
import type { StringMap } from '../model/entitlement.ts';
import { isInstant } from '../scim/instant.ts';
import { builder } from './builder.ts';

builder.scalarType('DateTime', {
  description:
    'An RFC 3339 instant such as "2024-07-15T20:01:56.783190321Z", exactly as the Access Profile API sent it: nine fractional digits stay nine.',
  specifiedByURL: 'https://www.rfc-editor.org/rfc/rfc3339',
  serialize: (value) => value,
  parseValue: (value) => {
    if (typeof value === 'string' && isInstant(value)) return value;
    throw new GraphQLError('DateTime must be an RFC 3339 instant with a time zone, such as "2024-07-15T20:01:56Z".');
  },
});

builder.scalarType('StringMap', {
  description: 'A JSON object whose values are all strings: the custom properties of a profile or an entitlement.',
  serialize: (value) => value,
  parseValue: parseStringMap,
  parseLiteral: (node, variables) => {
    if (node.kind !== Kind.OBJECT) throw notAMap();
    return parseStringMap(valueFromASTUntyped(node, variables));
  },
});

function parseStringMap(value: unknown): StringMap {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw notAMap();
  const map: Record<string, string> = Object.create(null);
  for (const [key, member] of Object.entries(value)) {
    if (typeof member !== 'string') throw notAMap();
    map[key] = member;
  }
  return map;
}

function notAMap(): GraphQLError {
  return new GraphQLError('StringMap must be an object whose values are all strings.');
}

import { GraphQLError, type ValueNode, valueFromASTUntyped } from 'graphql';
import type { StringMap } from '../model/entitlement.ts';
import { readInstant } from '../scim/instant.ts';
import { builder } from './builder.ts';

builder.scalarType('DateTime', {
  description:
    'RFC 3339 timestamp such as "2024-07-15T20:01:56.783190321Z". The value is exactly what the Veza API sent, with up to nine fractional digits. In arguments, a date such as "2024-07-15" means the start of that day in UTC.',
  specifiedByURL: 'https://www.rfc-editor.org/rfc/rfc3339',
  serialize: (value) => value,
  parseValue: parseInstant,
  parseLiteral: (node) => atNode(node, () => parseInstant(valueFromASTUntyped(node))),
});

builder.scalarType('StringMap', {
  description:
    'JSON object whose values are all strings, such as the custom properties of a profile or an entitlement.',
  specifiedByURL: 'https://www.rfc-editor.org/rfc/rfc8259#section-4',
  serialize: (value) => value,
  parseValue: parseStringMap,
  parseLiteral: (node, variables) => atNode(node, () => parseStringMap(valueFromASTUntyped(node, variables))),
});

function parseInstant(value: unknown): string {
  const instant = typeof value === 'string' ? readInstant(value) : undefined;
  if (instant !== undefined) return instant;
  throw new GraphQLError(
    'DateTime must be an RFC 3339 instant with a time zone, such as "2024-07-15T20:01:56Z", or a date, such as "2024-07-15".',
  );
}

/** Adds the position of the literal to an error, since graphql-js adds none to a GraphQLError from a scalar. */
function atNode<T>(node: ValueNode, parse: () => T): T {
  try {
    return parse();
  } catch (error) {
    throw error instanceof GraphQLError ? new GraphQLError(error.message, { nodes: node }) : error;
  }
}

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

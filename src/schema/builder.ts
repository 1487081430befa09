import SchemaBuilder from '@pothos/core';
import type { StringMap } from '../model/entitlement.ts';
import type { Context } from './context.ts';

/** The builder that every file of the schema adds to; it defines nothing itself. Fields are non-null unless they say so. */
export const builder = new SchemaBuilder<{
  Context: Context;
  DefaultFieldNullability: false;
  Scalars: {
    ID: { Input: string; Output: string };
    DateTime: { Input: string; Output: string };
    StringMap: { Input: StringMap; Output: StringMap };
  };
}>({ defaultFieldNullability: false });

/**
 * Options of a field that is null only where an error stands at its path: one that needs another call to the API, and each root
 * field. `print` writes `@semanticNonNull` for it; at run time it costs nothing.
 */
export const nullOnlyOnError = { nullable: true, extensions: { semanticNonNull: true } } as const;

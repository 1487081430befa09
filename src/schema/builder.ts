import SchemaBuilder from '@pothos/core';
import type { StringMap } from '../model/entitlement.ts';
import type { Context } from './context.ts';
import './field-options.ts';

/** The builder to which every schema file adds its types. Fields are non-null by default. */
export const builder = new SchemaBuilder<{
  Context: Context;
  DefaultFieldNullability: false;
  Scalars: {
    ID: { Input: string; Output: string };
    DateTime: { Input: string; Output: string };
    StringMap: { Input: StringMap; Output: StringMap };
    _Any: { Input: unknown; Output: unknown };
  };
}>({ plugins: ['fieldOptions'], defaultFieldNullability: false });

/** Options of a field that is null only with an error: a root field, or a field that needs another request to the Veza API. */
export const nullOnlyOnError = { nullable: true, semanticNonNull: true } as const;

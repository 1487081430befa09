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

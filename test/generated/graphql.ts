/* eslint-disable */
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { DocumentTypeDecoration } from '@graphql-typed-document-node/core';
export type ListWithParentsQueryVariables = Exact<{ [key: string]: never; }>;


export type ListWithParentsQuery = { accessProfiles: { nodes: Array<{ name: string, type: { name: string } | null, inheritsFrom: Array<{ name: string, type: { name: string } | null }> }> } };

export class TypedDocumentString<TResult, TVariables>
  extends String
  implements DocumentTypeDecoration<TResult, TVariables>
{
  __apiType?: NonNullable<DocumentTypeDecoration<TResult, TVariables>['__apiType']>;
  private value: string;
  public __meta__?: Record<string, any> | undefined;

  constructor(value: string, __meta__?: Record<string, any> | undefined) {
    super(value);
    this.value = value;
    this.__meta__ = __meta__;
  }

  override toString(): string & DocumentTypeDecoration<TResult, TVariables> {
    return this.value;
  }
}

export const ListWithParentsDocument = new TypedDocumentString(`
    query ListWithParents {
  accessProfiles(first: 50) {
    nodes {
      name
      type {
        name
      }
      inheritsFrom {
        name
        type {
          name
        }
      }
    }
  }
}
    `) as unknown as TypedDocumentString<ListWithParentsQuery, ListWithParentsQueryVariables>;
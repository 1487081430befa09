import { type GraphQLSchema, specifiedDirectives } from 'graphql';
import { builder } from './builder.ts';
import { semanticNonNull } from './print.ts';
import './scalars.ts';
import './connection.ts';
import './node/query.ts';
import './node/federation.ts';
import './profile/object.ts';
import './profile/connection.ts';
import './profile/filter-input.ts';
import './profile/query.ts';
import './profile/mutation.ts';
import './profile/bulk-mutation.ts';
import './profile/subscription.ts';
import './profile/audit.ts';
import './version/object.ts';
import './version/comparison.ts';
import './version/mutation.ts';
import './type/object.ts';
import './type/create-entitlement.ts';
import './type/query.ts';
import './type/mutation.ts';
import './entitlement/object.ts';
import './entitlement/input.ts';
import './member/object.ts';
import './member/mutation.ts';
import './integration/query.ts';
import './entity/object.ts';
import './entity/connection.ts';
import './datasource/object.ts';
import './identity/object.ts';
import './identity/entitlement.ts';
import './policy/object.ts';
import './access-request/object.ts';
import './inheritance/profile.ts';
import './inheritance/query.ts';
import './inheritance/effective-member.ts';
import './inheritance/policy-use.ts';
import './inheritance/comparison.ts';
import './inheritance/separation-rule.ts';
import './inheritance/simulation.ts';
import './inheritance/applied-changes.ts';

builder.queryType({ description: 'Queries for access profiles, their types, entitlements and inheritance.' });
builder.mutationType({
  description:
    'Mutations of access profiles and their types. Several mutations in one request run one after the other.',
});

builder.subscriptionType({ description: 'Subscriptions to changes of access profiles, as server-sent events.' });

/** Builds a separate schema, for callers that change its resolvers. */
export function buildSchema(): GraphQLSchema {
  return builder.toSchema({ directives: [...specifiedDirectives, semanticNonNull] });
}

/** The schema, built once. */
export const schema: GraphQLSchema = buildSchema();

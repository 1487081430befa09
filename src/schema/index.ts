import type { GraphQLSchema } from 'graphql';
import { builder } from './builder.ts';
import './scalars.ts';
import './connection.ts';
import './node/query.ts';
import './profile/object.ts';
import './profile/catalog-item.ts';
import './profile/connection.ts';
import './profile/of-type.ts';
import './profile/query.ts';
import './version/object.ts';
import './type/object.ts';
import './type/create-entitlement.ts';
import './type/query.ts';
import './entitlement/object.ts';
import './member/object.ts';
import './integration/query.ts';

builder.queryType({ description: 'Questions about access profiles.' });

/** The schema, built once. */
export const schema: GraphQLSchema = builder.toSchema();

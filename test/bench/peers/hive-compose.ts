import { writeFileSync } from 'node:fs';
import { createRenameTransform, defineConfig, getComposedSchemaFromConfig } from '@graphql-mesh/compose-cli';
import { DefaultLogger } from '@graphql-mesh/utils';
import { type JSONSchemaHTTPJSONOperationConfig, loadJSONSchemaSubgraph } from '@omnigraph/json-schema';

/** Composes the supergraph that Hive Gateway serves, ahead of time as it is meant to be: Mesh's JSON schema handler over REST. */
type Schema = Exclude<JSONSchemaHTTPJSONOperationConfig['responseSchema'], string | undefined>;

const text: Schema = { type: 'string' };
const listOf = (title: string, items: Schema, properties: Readonly<Record<string, Schema>>): Schema => ({
  type: 'object',
  title,
  required: ['values'],
  properties: { values: { type: 'array', items }, ...properties },
});
const profile: Schema = {
  type: 'object',
  title: 'AccessProfile',
  required: ['id', 'name', 'profile_type', 'access_profiles_inherited'],
  properties: { id: text, name: text, profile_type: text, access_profiles_inherited: { type: 'array', items: text } },
};
const type: Schema = {
  type: 'object',
  title: 'AccessProfileType',
  required: ['id', 'name'],
  properties: { id: text, name: text },
};
const page = listOf('AccessProfileConnection', profile, { has_more: { type: 'boolean' }, next_page_token: text });

const config = defineConfig({
  subgraphs: [
    {
      sourceHandler: loadJSONSchemaSubgraph('veza', {
        endpoint: 'http://replaced.invalid/api/private/lifecycle_management',
        operationHeaders: { authorization: '{context.headers.authorization}' },
        operations: [
          {
            type: 'Query',
            field: 'accessProfiles',
            path: '/access_profiles',
            method: 'GET',
            argTypeMap: { first: { type: 'integer' }, after: text, filter: text },
            queryParamArgMap: { page_size: 'first', page_token: 'after', filter: 'filter' },
            responseSchema: page,
          },
          {
            type: 'Query',
            field: 'types',
            path: '/access_profiles_types',
            method: 'GET',
            responseSchema: listOf('Types', type, {}),
          },
        ],
      }),
      transforms: [
        createRenameTransform({
          fieldRenamer: ({ typeName, fieldName }) =>
            typeName === 'AccessProfileConnection' && fieldName === 'values' ? 'nodes' : fieldName,
        }),
      ],
    },
  ],
  additionalTypeDefs: /* GraphQL */ `
    extend type AccessProfileConnection {
      pageInfo: PageInfo!
    }
    type PageInfo {
      hasNextPage: Boolean!
      endCursor: String
    }
    extend type AccessProfile {
      type: AccessProfileType
      inheritsFrom: [AccessProfile!]!
    }
  `,
});

const [, , output = 'supergraph.graphql'] = process.argv;
writeFileSync(output, await getComposedSchemaFromConfig(config, new DefaultLogger()));

import type { Datasource } from '../model/neighbours.ts';
import {
  array,
  type Decoder,
  id,
  type JsonObject,
  jsonObject,
  member,
  optional,
  optionalBoolean,
  optionalReference,
  type Place,
} from './decode.ts';
import { keptRowDecoder } from './keep.ts';
import { type DocumentedType, type Field, type Fields, unreadRow } from './row.ts';

/** The types of actions by number: the one table of an enum that the API publishes (neighbour notes §2). */
const actionTypes = [
  'NONE',
  'SYNC_IDENTITIES',
  'MANAGE_RELATIONSHIPS',
  'CREATE_EMAIL',
  'DEPROVISION_IDENTITY',
  'ACCESS_PLAN',
  'WRITE_BACK_EMAIL',
  'PAUSE',
  'SEND_NOTIFICATION',
  'CUSTOM_ACTION',
  'CREATE_ENTITLEMENT',
  'CREATE_ACCESS_REVIEW',
  'RESET_PASSWORD',
  'DELETE_IDENTITY',
] as const;

/** The name of an action type; a number that is not in the table as its text, null where there is none. */
export const actionType: Decoder<string | null> = (value, at) => {
  const isNumber = typeof value === 'number' || (typeof value === 'string' && /^\d{1,9}$/.test(value));
  return isNumber ? (actionTypes[Number(value)] ?? String(value)) : optionalReference(value, at);
};

const decodeInner = optional(jsonObject);
const decodeObjects = array(jsonObject);

/** A field that stands at the top of the curated object, or within an object of the generated one. */
function eitherPlace<T>(
  key: string,
  type: DocumentedType,
  decode: Decoder<T | null>,
  within?: string,
): Field<T | null> {
  return {
    key,
    type,
    read(row, at) {
      const inner = within === undefined ? null : member(row, within, decodeInner, at);
      const nested = inner === null ? null : member(inner, key, decode, at.at(within ?? ''));
      return nested ?? member(row, key, decode, at);
    },
  };
}

function actionsOf(row: JsonObject, at: Place): readonly string[] {
  const definition = member(row, 'definition', decodeInner, at) ?? {};
  const generated = member(definition, 'actions', decodeObjects, at.at('definition'));
  const curated = member(row, 'available_actions', decodeObjects, at);
  const named = [
    ...generated.map((action, i) => member(action, 'type', actionType, at.at('definition').at('actions').at(i))),
    ...curated.map((action, i) => member(action, 'action_type', actionType, at.at('available_actions').at(i))),
  ];
  return [...new Set(named.filter((name) => name !== null))];
}

/** A data source of lifecycle management, in its generated and its curated form (neighbour notes §2). */
export const datasourceFields: Fields<Datasource> = {
  datasourceId: { key: 'id', type: 'string', read: (row, at) => member(row, 'id', id, at) },
  name: eitherPlace('name', 'string', optionalReference, 'datasource'),
  providerType: eitherPlace('provider_type', 'string', optionalReference),
  providerId: eitherPlace('provider_id', 'string', optionalReference, 'datasource'),
  externalId: eitherPlace('external_id', 'string', optionalReference),
  enabled: {
    key: 'enabled',
    type: 'bool',
    read: (row, at) =>
      member(row, 'enabled', optionalBoolean, at) ?? member(row, 'lifecycle_management_enabled', optionalBoolean, at),
  },
  actions: { key: 'definition', type: 'object', read: actionsOf },
};
export const unreadDatasource = unreadRow(datasourceFields);

/** Its `datasource_config` and the definitions of its actions may hold secrets, and are not kept. */
export const decodeDatasource = keptRowDecoder(datasourceFields, ['datasourceId'], {
  lifecycle_management_enabled: true,
  datasource: { name: true, provider_id: true },
  definition: { actions: { type: true } },
  available_actions: { action_type: true },
});

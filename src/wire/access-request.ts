import type { AccessRequest } from '../model/neighbours.ts';
import {
  array,
  type Decoder,
  id,
  isJsonObject,
  type JsonObject,
  jsonObject,
  member,
  openEnum,
  optional,
  optionalReference,
  type Place,
} from './decode.ts';
import { keepOnly } from './keep.ts';
import { type Fields, field, rowDecoder, unreadRow } from './row.ts';

/** The members of a request and its plans that are kept: their jobs hold connector configurations and references to secrets. */
const own = { id: true, state: true, error_message: true } as const;
const shape = { ...own, value: own, plans: own } as const;

const decodePlans = array(jsonObject);

/** The request itself, which may be wrapped in `value`; its plans then stand beside that. */
function requestIn(body: JsonObject, at: Place): readonly [JsonObject, Place] {
  const wrapped = member(body, 'value', optional(jsonObject), at);
  return wrapped === null ? [body, at] : [wrapped, at.at('value')];
}

function errorMessages(body: JsonObject, at: Place): readonly string[] {
  const [request, place] = requestIn(body, at);
  const messages = [
    member(request, 'error_message', optionalReference, place),
    ...member(body, 'plans', decodePlans, at).map((plan, i) =>
      member(plan, 'error_message', optionalReference, at.at('plans').at(i)),
    ),
  ];
  return messages.filter((message) => message !== null);
}

/** An access request with its plans (neighbour notes §6). */
export const accessRequestFields: Fields<AccessRequest> = {
  requestId: field('id', 'string', id),
  state: {
    key: 'state',
    type: 'enum',
    read(body, at) {
      const [request, place] = requestIn(body, at);
      return member(request, 'state', openEnum, place);
    },
  },
  errorMessages: { key: 'plans', type: 'object[]', read: errorMessages },
};
const decodeRow = rowDecoder(accessRequestFields, ['requestId']);
export const unreadAccessRequest = unreadRow(accessRequestFields);

/** Decodes the request with an id. The generated documentation prints an empty `value`, so that the id may be left out. */
export function accessRequestDecoder(requestId: string): Decoder<AccessRequest> {
  return (value, at) => {
    const body = jsonObject(value, at);
    const [request, place] = requestIn(body, at);
    // Which members it has is not documented; without any of them it says nothing of the request.
    if (!('id' in request || 'state' in request || 'plans' in body)) {
      throw at.at('value').unexpected('an access request', body['value']);
    }
    const named = member(request, 'id', optionalReference, place) ?? requestId;
    const kept = keepOnly(body, shape);
    return decodeRow(isJsonObject(kept) ? { ...kept, id: named } : kept, at);
  };
}

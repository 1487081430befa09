import { array, DecodeError, type Decoder, field, isJsonObject, text } from './decode.ts';

const decodeTexts = array(text);

/** E9's reply, `{ "integrations": [...] }` at the top level (§1.7); wrapped in `value` or bare it reads the same. */
export const decodeIntegrations: Decoder<readonly string[]> = (value, notes) => {
  if (Array.isArray(value)) return decodeTexts(value, notes);
  const body = isJsonObject(value) && isJsonObject(value['value']) ? value['value'] : value;
  if (!isJsonObject(body)) throw new DecodeError('an object', body);
  // An empty object is an empty list that proto3 JSON left out; another shape is not an answer.
  if (!('integrations' in body) && Object.keys(body).length > 0) {
    throw new DecodeError('an array', undefined).under('integrations');
  }
  return field(body, 'integrations', decodeTexts, notes);
};

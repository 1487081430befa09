import { GraphQLError } from 'graphql';
import { isJsonObject } from '../../../wire/decode.ts';

/** The type of each parameter; GraphQL over HTTP §4.3, and `documentId` of its appendix on persisted documents. */
const kinds = {
  query: 'a string',
  documentId: 'a string',
  operationName: 'a string',
  variables: 'a JSON object',
  extensions: 'a JSON object',
} as const;

type Parameter = keyof typeof kinds;

const names: readonly Parameter[] = ['query', 'documentId', 'operationName', 'variables', 'extensions'];

/** The parameters in the body of a POST. Throws GraphQLError BAD_USER_INPUT, which names the parameter at fault. */
export function parametersOfJson(body: Uint8Array): object {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(body);
  } catch {
    // Read leniently, a name in a mutation would be written with other characters than were sent.
    throw unusable('The body is not UTF-8.');
  }
  const json = parse(text);
  if (json === undefined) throw unusable('The body is not JSON.');
  if (Array.isArray(json)) throw unusable('The body is a list: send one operation in each request.');
  if (!isJsonObject(json)) throw unusable('The body is not a JSON object.');
  for (const name of names) check(name, Object.hasOwn(json, name) ? json[name] : undefined);
  return json;
}

/** The parameters in the query string of a GET; an empty one counts as left out. Throws as `parametersOfJson` does. */
export function parametersOfUrl(url: string): object {
  const found: Partial<Record<Parameter, unknown>> = {};
  const start = url.indexOf('?');
  for (const pair of start < 0 ? [] : url.slice(start + 1).split('&')) {
    const [, written = '', encoded = ''] = /^([^=]*)=?(.*)$/s.exec(pair) ?? [];
    const name = names.find((each) => each === written);
    if (name === undefined || encoded === '' || found[name] !== undefined) continue;
    const text = decode(name, encoded);
    const value = kinds[name] === 'a string' ? text : parse(text);
    if (value === undefined) throw unusable(`"${name}" is not JSON.`, name);
    check(name, value);
    found[name] = value;
  }
  return found;
}

function check(name: Parameter, value: unknown): void {
  if (value === undefined || value === null) return;
  const isFitting = kinds[name] === 'a string' ? typeof value === 'string' : isJsonObject(value);
  if (!isFitting) throw unusable(`"${name}" must be ${kinds[name]}.`, name);
}

/** As forms write it: "+" is a space. */
function decode(name: Parameter, encoded: string): string {
  try {
    return decodeURIComponent(encoded.replaceAll('+', ' '));
  } catch {
    throw unusable(`"${name}" is not percent-encoded UTF-8.`, name);
  }
}

/** Undefined where the text is not JSON. */
function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function unusable(message: string, field?: Parameter): GraphQLError {
  return new GraphQLError(message, {
    extensions: { code: 'BAD_USER_INPUT', ...(field !== undefined && { field }), http: { status: 400 } },
  });
}

import { readFileSync } from 'node:fs';
import { ConfigError } from '../../../config.ts';
import { isJsonObject } from '../../../wire/decode.ts';

/** Documents by their ids. */
export interface PersistedDocuments {
  /** Rejects with GatewayError where it can't be found out whether there is such a document. */
  get(id: string): string | undefined | Promise<string | undefined>;
}

/** The id without the algorithm that GraphQL Code Generator writes before it: `sha256:<hash>`. */
export function plainId(id: string): string {
  return id.startsWith('sha256:') ? id.slice('sha256:'.length) : id;
}

/**
 * Reads a manifest as GraphQL Code Generator writes it (one JSON object, ids to documents), or as Apollo does. Throws
 * ConfigError, which names the variable, or `arguments`, that the path comes from.
 */
export function readPersistedDocuments(path: string, variable = 'PERSISTED_DOCUMENTS'): ReadonlyMap<string, string> {
  const refuse = (problem: string) => new ConfigError(variable, `${path} ${problem}`);
  let json: unknown;
  try {
    json = JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    throw refuse(error instanceof SyntaxError ? 'is not JSON' : 'cannot be read');
  }
  if (!isJsonObject(json)) throw refuse('is no JSON object');
  return json['format'] === apolloFormat ? apolloDocuments(json, refuse) : plainDocuments(json, refuse);
}

type Refuse = (problem: string) => ConfigError;

function plainDocuments(json: Readonly<Record<string, unknown>>, refuse: Refuse): ReadonlyMap<string, string> {
  const documents = new Map<string, string>();
  for (const [id, document] of Object.entries(json)) {
    if (typeof document !== 'string') throw refuse(`has something under "${id}" that is no document`);
    documents.set(plainId(id), document);
  }
  return documents;
}

const apolloFormat = 'apollo-persisted-query-manifest';

/** https://www.apollographql.com/docs/graphos/platform/security/persisted-queries#manifest-format */
function apolloDocuments(
  { version, operations }: Readonly<Record<string, unknown>>,
  refuse: Refuse,
): ReadonlyMap<string, string> {
  if (version !== 1) throw refuse(`is a manifest of version ${JSON.stringify(version)}; only version 1 can be read`);
  if (!Array.isArray(operations)) throw refuse('has no list of operations');
  const documents = new Map<string, string>();
  for (const [index, operation] of operations.entries()) {
    const { id, body } = isJsonObject(operation) ? operation : {};
    if (typeof id !== 'string' || typeof body !== 'string')
      throw refuse(`has an operation without id and body: operations[${index}]`);
    // An operation can be listed once for each client.
    if (documents.has(id) && documents.get(id) !== body) throw refuse(`has two documents under "${id}"`);
    documents.set(id, body);
  }
  return documents;
}

import { readFileSync } from 'node:fs';
import { ConfigError } from '../../../config.ts';

/** Documents by their ids. */
export interface PersistedDocuments {
  /** Rejects with GatewayError where it can't be found out whether there is such a document. */
  get(id: string): string | undefined | Promise<string | undefined>;
}

/**
 * Reads a manifest as GraphQL Code Generator writes it: one JSON object, ids to documents. Throws ConfigError, which names
 * the variable, or `arguments`, that the path comes from.
 */
export function readPersistedDocuments(path: string, variable = 'PERSISTED_DOCUMENTS'): ReadonlyMap<string, string> {
  const refuse = (problem: string) => new ConfigError(variable, `${path} ${problem}`);
  let json: unknown;
  try {
    json = JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    throw refuse(error instanceof SyntaxError ? 'is not JSON' : 'can not be read');
  }
  if (typeof json !== 'object' || json === null || Array.isArray(json)) throw refuse('is no JSON object');
  const documents = new Map<string, string>();
  for (const [id, document] of Object.entries(json)) {
    if (typeof document !== 'string') throw refuse(`has something under "${id}" that is no document`);
    documents.set(id, document);
  }
  return documents;
}

import { ConfigError, loadConfig } from '../config.ts';
import { readPersistedDocuments } from '../server/graphql/documents/persisted-documents.ts';
import { documentId } from '../server/redis/keys.ts';
import { publishDocuments } from '../server/redis/publish-documents.ts';

/** The `documents publish` command: adds those of a manifest to those that gateways find in Redis. */
export async function runDocuments([action, path, ...flags]: readonly string[]): Promise<void> {
  if (action !== 'publish' || path === undefined || path.startsWith('-')) {
    throw new ConfigError('arguments', 'say "documents publish <manifest.json>", flags after it');
  }
  const { redis, upstreamOrigin } = loadConfig(flags);
  if (redis === null) throw new ConfigError('REDIS_URL', 'must be set: where documents are published');
  if (upstreamOrigin === null) throw new ConfigError('VEZA_URL', 'must be set: whose gateways are to know them');
  const documents = readPersistedDocuments(path, 'arguments');
  for (const [id, document] of documents) {
    if (documentId(document) === id) continue;
    throw new ConfigError(
      'arguments',
      `${path} has a document under "${id}", which is not its SHA-256; GraphQL Code Generator writes those with persistedDocuments: { hashAlgorithm: 'sha256' }`,
    );
  }
  const added = await publishDocuments({ address: redis, upstreamOrigin, documents });
  process.stdout.write(`Documents for ${upstreamOrigin}: ${documents.size} published, ${added} of them new\n`);
}

import { ConfigError, loadConfig } from '../config.ts';
import { readPersistedDocuments } from '../server/graphql/documents/persisted-documents.ts';
import { reasonOf } from '../server/redis/failure.ts';
import { documentId, documentsKey } from '../server/redis/keys.ts';
import { runOnce } from '../server/redis/new-client.ts';

/** Milliseconds for Redis. */
const timeoutMs = 10_000;

/** The `documents publish` command: adds the documents of a manifest to those in Redis: all of them or none. */
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
  const added =
    documents.size === 0
      ? 0
      : await runOnce(redis, timeoutMs, (client) =>
          client.hSet(documentsKey(upstreamOrigin), new Map(documents)),
        ).catch((cause: unknown) => {
          throw new Error(`The gateway cannot use Redis (REDIS_URL): ${reasonOf(cause)}`, { cause });
        });
  process.stdout.write(`Documents for ${upstreamOrigin}: ${documents.size} published, ${added} of them new\n`);
}

import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import {
  type ConcreteRequest,
  commitMutation,
  createOperationDescriptor,
  Environment,
  fetchQuery,
  type GraphQLResponse,
  Network,
  RecordSource,
  ROOT_ID,
  Store,
} from 'relay-runtime';
import { schema } from '../../src/schema/index.ts';
import { printWithDirectives } from '../../src/schema/print.ts';
import type { CachedClient, Send } from './cached-client.ts';
import { type DocumentName, documents, relaySource } from './documents.ts';

/** The operations as Relay's compiler makes them, by name. */
export type Artifacts = ReadonlyMap<DocumentName, ConcreteRequest>;

/** Compiles the operations of a page against the schema. Throws where Relay does not take it. */
export async function compileForRelay(): Promise<Artifacts> {
  const folder = await mkdtemp(join(tmpdir(), 'relay-'));
  try {
    await mkdir(join(folder, 'src'));
    await writeFile(join(folder, 'package.json'), '{"type":"module"}');
    await writeFile(join(folder, 'schema.graphql'), printWithDirectives(schema));
    await writeFile(join(folder, 'src', 'view.js'), relaySource());
    const config = {
      src: './src',
      schema: './schema.graphql',
      language: 'javascript',
      artifactDirectory: './artifacts',
      eagerEsModules: true,
    };
    await mkdir(join(folder, 'artifacts'));
    await writeFile(join(folder, 'relay.config.json'), JSON.stringify(config));
    const compiler = fileURLToPath(new URL('../../node_modules/relay-compiler/cli.js', import.meta.url));
    await promisify(execFile)(process.execPath, [compiler, '--noWatchman', 'relay.config.json'], { cwd: folder });
    const artifacts = new Map<DocumentName, ConcreteRequest>();
    for (const name of namesOf(documents)) {
      const operation = /^\w+ (\w+)/.exec(documents[name])?.[1];
      const path = pathToFileURL(join(folder, 'artifacts', `${operation}.graphql.js`)).href;
      const { default: request }: { default: unknown } = await import(/* @vite-ignore */ path);
      if (!isRequest(request)) throw new Error(`${operation} is no request`);
      artifacts.set(name, request);
    }
    return artifacts;
  } finally {
    await rm(folder, { recursive: true });
  }
}

function namesOf<Name extends string>(record: Readonly<Record<Name, unknown>>): readonly Name[] {
  const names: Name[] = [];
  for (const name in record) names.push(name);
  return names;
}

function isRequest(value: unknown): value is ConcreteRequest {
  return typeof value === 'object' && value !== null && 'kind' in value && value.kind === 'Request';
}

/** Relay's runtime, with the handler of missing fields that docs/guide.md gives. */
export function relayClient(artifacts: Artifacts, send: Send, headers: Readonly<Record<string, string>>): CachedClient {
  const environment = new Environment({
    store: new Store(new RecordSource()),
    network: Network.create(async ({ text }, variables): Promise<GraphQLResponse> => {
      const body = JSON.stringify({ query: text, variables });
      const given = { ...headers, 'content-type': 'application/json' };
      const response = await send(new Request('http://gateway/graphql', { method: 'POST', headers: given, body }));
      return response.json();
    }),
    missingFieldHandlers: [
      {
        kind: 'linked',
        handle: (field, record, args) =>
          record?.getDataID() === ROOT_ID && field.name === 'accessProfile' ? args['id'] : undefined,
      },
    ],
  });
  const requestOf = (name: DocumentName): ConcreteRequest => {
    const request = artifacts.get(name);
    if (request === undefined) throw new Error(`no artifact of ${name}`);
    return request;
  };
  return {
    complaints: [],
    async ask(name, variables) {
      const request = requestOf(name);
      // Nothing that is shown is collected.
      environment.retain(createOperationDescriptor(request, variables));
      if (request.params.operationKind === 'query') {
        return fetchQuery(environment, request, variables).toPromise();
      }
      return new Promise((resolve, reject) => {
        commitMutation(environment, {
          mutation: request,
          variables,
          onCompleted: (data, errors) => (errors ? reject(new Error(JSON.stringify(errors))) : resolve(data)),
          onError: reject,
        });
      });
    },
    async cached(name, variables) {
      const operation = createOperationDescriptor(requestOf(name), variables);
      // Runs the handlers of missing fields, as Relay does before it renders.
      if (environment.check(operation).status !== 'available') return null;
      const { data, isMissingData } = environment.lookup(operation.fragment);
      return isMissingData ? null : data;
    },
  };
}

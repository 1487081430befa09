import { loadConfig } from '../../src/config.ts';
import { adminKey, type Sandbox, type SandboxOptions, startSandbox } from '../../src/sandbox/server.ts';
import { createGateway, type GatewayOptions } from '../../src/server/gateway.ts';
import { createLog } from '../../src/server/observability/log.ts';
import type { TypedDocumentString } from '../generated/graphql.ts';

/** An answer as it leaves the gateway. */
export interface Answer<Data = unknown> {
  readonly data?: Data | null;
  readonly errors?: readonly {
    readonly message: string;
    readonly path?: readonly (string | number)[];
    readonly extensions: Readonly<Record<string, unknown>>;
  }[];
  readonly extensions?: Readonly<Record<string, unknown>>;
}

/** A gateway in front of some API, asked without a socket in between. */
export interface TestGateway extends AsyncDisposable {
  /** Asks with the admin's key unless `headers` say otherwise, and gives the answer whatever it is. */
  ask<Data, Variables>(
    document: TypedDocumentString<Data, Variables> | string,
    variables?: Variables,
    headers?: Readonly<Record<string, string>>,
  ): Promise<Answer<Data>>;
  /** The raw HTTP exchange. */
  fetch(request: Request): Promise<Response>;
}

export interface SandboxedGateway extends TestGateway {
  readonly sandbox: Sandbox;
}

/** A gateway to the API at an origin. */
export function gatewayTo(
  upstreamOrigin: string,
  upstreamTimeoutMs = 10_000,
  settings: Partial<GatewayOptions> = {},
): TestGateway {
  const gateway = createGateway({
    ...loadConfig([], {}),
    upstreamOrigin,
    upstreamTimeoutMs,
    ambientKey: null,
    log: createLog('error'),
    // What an operation calls is not to depend on those before it.
    typesTtlSeconds: 0,
    ...settings,
  });
  const fetch = async (request: Request): Promise<Response> => gateway.graphql.fetch(request);
  return {
    fetch,
    async ask(document, variables, headers = { authorization: `Bearer ${adminKey}` }) {
      const response = await fetch(
        new Request('http://localhost/graphql', {
          method: 'POST',
          headers: { 'content-type': 'application/json', accept: 'application/json', ...headers },
          body: JSON.stringify({ query: document.toString(), variables }),
        }),
      );
      return response.json();
    },
    [Symbol.asyncDispose]: () => gateway.close(),
  };
}

/** A gateway to a sandbox of its own: `await using gateway = await startGateway()`. */
export async function startGateway(
  options: SandboxOptions = {},
  settings: Partial<GatewayOptions> = {},
): Promise<SandboxedGateway> {
  const sandbox = await startSandbox(options);
  const gateway = gatewayTo(sandbox.origin, undefined, settings);
  return {
    ...gateway,
    sandbox,
    async [Symbol.asyncDispose]() {
      await gateway[Symbol.asyncDispose]();
      await sandbox.close();
    },
  };
}

import type { Fault, FaultRequest } from '../../src/sandbox/faults.ts';
import { type SandboxCall, type SandboxOptions, startSandbox, type World } from '../../src/sandbox/server.ts';
import type { Store } from '../../src/sandbox/store.ts';
import { currentVersion } from '../../src/sandbox/store.ts';
import { type Answer, gatewayTo, type SandboxedGateway } from '../support/gateway.ts';
import { type ReceivedRequest, scripted } from '../support/http-server.ts';

export const base = '/api/private/lifecycle_management';
export const profilePath = (id: string) => `${base}/access_profiles/${id}`;
export const versionPath = (id: string, version: number) => `${profilePath(id)}/versions/${version}`;

const entity = (id: string, more: object = {}) => ({
  entity_type: 'Group',
  datasource_id: 'ds-1',
  entity_id: id,
  ...more,
});

/** A few profiles of which each mutation finds what it needs. */
export const smallWorld: World = {
  types: [
    { id: 'role', name: 'Role' },
    {
      id: 'app',
      name: 'App',
      allow_inherited_from_types: ['app'],
      require_single_datasource: true,
      max_entitlements: 3,
    },
    { id: 'plain', name: 'Plain', allow_inherit_entities: false },
    { id: 'bundle', name: 'Bundle', allow_create_relationships: false },
    {
      id: 'strict',
      name: 'Strict',
      access_request_policy_id: 'policy-1',
      allow_overwrite_of_access_request_policy: false,
    },
    { id: 'connection', name: 'Connection', no_entitlements: true },
  ],
  profiles: [
    { id: 'base', name: 'Base', profile_type: 'role', labels: ['a', 'b'], entities: [entity('g1')], members: ['ada'] },
    { id: 'child', name: 'Child', profile_type: 'role', inherits: ['base'] },
    { id: 'grandchild', name: 'Grandchild', profile_type: 'role', inherits: ['child'] },
    { id: 'app-1', name: 'App one', profile_type: 'app', entities: [entity('g1'), entity('g2')] },
    { id: 'plain-1', name: 'Plain one', profile_type: 'plain' },
    { id: 'bundle-1', name: 'Bundle one', profile_type: 'bundle' },
    { id: 'strict-1', name: 'Strict one', profile_type: 'strict' },
    { id: 'connection-1', name: 'Connection one', profile_type: 'connection' },
    {
      id: 'drafted',
      name: 'Drafted',
      profile_type: 'role',
      versions: [
        { version_number: 1, state: 'RETIRED' },
        { version_number: 2, entities_to_create_relationships_to: [entity('g1')] },
        { version_number: 3, state: 'DRAFT', entities_to_create_relationships_to: [entity('g2')] },
      ],
    },
  ],
  identities: [
    { id: 'ada', name: 'Ada' },
    { id: 'bob', name: 'Bob' },
  ],
};

export type Json = ReturnType<typeof JSON.parse>;

export interface Trial extends SandboxedGateway {
  /** Runs one mutation, given as its field with arguments, and selects `payload` beside what failures have. */
  change(field: string, payload: string, headers?: Readonly<Record<string, string>>): Promise<Changed>;
  /** The writes that arrived, as `METHOD path` without the common prefix, each with its body. */
  writes(): readonly { readonly call: string; readonly body: Json }[];
  reads(): number;
  labelsOf(id: string): readonly string[];
}

/** What one mutation answered. */
export interface Changed {
  readonly result: Json;
  readonly errors: NonNullable<Answer['errors']>;
}

/** Inside of `Error`, since not every result can be each of these. */
const failures = `... on Error {
  message
  ... on InvalidInputError { fields { field description } }
  ... on RuleViolationError { violations { rule description } }
  ... on ConflictError { currentUpdatedAt }
}`;

export interface Reply {
  readonly status: number;
  readonly text: string;
}

export interface TrialOptions extends SandboxOptions {
  readonly timeoutMs?: number;
  /** What another API would answer; `next` asks the sandbox the same, or another question. */
  readonly deviate?: (request: ReceivedRequest, next: (instead?: ReceivedRequest) => Promise<Reply>) => Promise<Reply>;
}

/** A gateway to a sandbox of its own, with what tests of mutations ask of it. */
export async function startTrial({ timeoutMs, deviate, ...options }: TrialOptions = {}): Promise<Trial> {
  const sandbox = await startSandbox({ world: smallWorld, ...options });
  const origin = deviate === undefined ? sandbox.origin : await startDeviant(sandbox.origin, deviate);
  const gateway = { ...gatewayTo(origin, timeoutMs), sandbox };
  return {
    ...gateway,
    async [Symbol.asyncDispose]() {
      await gateway[Symbol.asyncDispose]();
      await sandbox.close();
    },
    async change(field, payload, headers) {
      const selection = `__typename ... on ${payloadOf(field)} { ${payload} } ${failures}`;
      const answer = await gateway.ask(`mutation { result: ${field} { ${selection} } }`, undefined, headers);
      const data: Json = answer.data;
      return { result: data?.result ?? null, errors: answer.errors ?? [] };
    },
    writes: () =>
      sandbox.calls.filter(isWrite).map(({ method, path, body }) => ({
        call: `${method} ${path.slice(base.length + 1)}`,
        body,
      })),
    reads: () => sandbox.calls.filter((call) => !isWrite(call)).length,
    labelsOf: (id) => sandbox.store.profile(id)?.labels ?? [],
  };
}

async function startDeviant(origin: string, deviate: NonNullable<TrialOptions['deviate']>): Promise<string> {
  const server = await scripted(async (response, request) => {
    const next = async (instead = request) => {
      const { method, target, body } = instead;
      const headers = Object.fromEntries(
        instead.headers.filter(([name]) => /^(authorization|content-type)$/.test(name)),
      );
      const reply = await fetch(`${origin}${target}`, { method, headers, ...(body === '' ? {} : { body }) });
      return { status: reply.status, text: await reply.text() };
    };
    const { status, text } = await deviate(request, next);
    response.writeHead(status, { 'content-type': 'application/json' }).end(text);
  });
  return server.origin;
}

/** Changes the JSON of successful replies to requests of a method. */
export function rewriting(
  method: string,
  change: (json: Json, request: ReceivedRequest) => Json,
): NonNullable<TrialOptions['deviate']> {
  return async (request, next) => {
    const { status, text } = await next();
    if (request.method !== method || status !== 200) return { status, text };
    return { status, text: JSON.stringify(change(JSON.parse(text), request)) };
  };
}

export function isWrite({ method }: Pick<SandboxCall, 'method'>): boolean {
  return method !== 'GET';
}

const shared: Readonly<Record<string, string>> = {
  addAccessProfileLabels: 'ChangeAccessProfileLabels',
  removeAccessProfileLabels: 'ChangeAccessProfileLabels',
  addAccessProfileMembers: 'ChangeAccessProfileMembers',
  removeAccessProfileMembers: 'ChangeAccessProfileMembers',
};

function payloadOf(field: string): string {
  const name = /^\w+/.exec(field)?.[0] ?? '';
  return `${shared[name] ?? `${name.slice(0, 1).toUpperCase()}${name.slice(1)}`}Payload`;
}

/** A fault that strikes a write. */
export const onWrite = { match: { path: /(access_profiles(_types)?|\/access_profiles\/.*)$/ } } as const;

/** Another client's work, done as soon as the n-th request has been answered: before the one after it. */
export function meanwhile(skip: number, run: (store: Store, request: FaultRequest) => void): Fault {
  return { kind: 'run', skip, run: (request, store) => run(store, request) };
}

/** The grants of a profile's current version in the store, by their ids. */
export function grantsOf({ sandbox }: Pick<Trial, 'sandbox'>, id: string): readonly string[] {
  const profile = sandbox.store.profile(id);
  const version = profile && currentVersion(profile);
  return version?.entities_to_create_relationships_to.map((each) => each.entity_id) ?? [];
}

/** The parents of a profile's current version in the store. */
export function parentsOf({ sandbox }: Pick<Trial, 'sandbox'>, id: string): readonly string[] {
  const profile = sandbox.store.profile(id);
  return (profile && currentVersion(profile))?.inherit_entities_from_access_profiles ?? [];
}

/** What most tests of versions select. */
export const briefly =
  'version { versionNumber state entitlements { entityId } inheritsFrom { profileId } accessProfile { draftVersionNumber } }';

/** An entitlement as an input of GraphQL. */
export const group = (id: string, more = '') =>
  `{ entityType: "Group", datasourceId: "ds-1", entityId: "${id}" ${more} }`;

/** The same as the API gets it. */
export const wire = (id: string, more: object = {}) => ({
  entity_type: 'Group',
  datasource_id: 'ds-1',
  entity_id: id,
  ...more,
});

import { isObjectType, parse, TypeInfo, visit, visitWithTypeInfo } from 'graphql';
import { describe, expect, it } from 'vitest';
import type { SandboxOptions } from '../../src/sandbox/server.ts';
import { schema } from '../../src/schema/index.ts';
import { isSemanticNonNull } from '../../src/schema/print.ts';
import { type Json, smallWorld } from '../scenario/mutation-support.ts';
import { type Answer, startGateway } from '../support/gateway.ts';

const profile = `
  name
  type { name }
  inheritsFrom { name type { name } }
  inheritedBy { name }
  missingParentIds
  entitlements { entityId }
  members { identityId }
  ancestors { depth profile { name } }
  descendants { depth profile { name } }
  effectiveEntitlements { direct entitlement { entityId } grantedBy { name } }
  inheritancePath(ancestor: "base") { name }
  currentVersion {
    versionNumber
    accessProfile { name }
    entitlements { entityId }
    inheritsFrom { name }
    members { identityId }
  }`;

/** Fields about single profiles and lists. */
const single = `{
  accessProfile(id: "child") { ${profile} }
  node(id: "base") { id }
  nodes(ids: ["child", "AccessProfileType:role", "grandchild"]) { id }
  accessProfileType(id: "app") { name allowInheritedFromTypes { name } }
  accessProfiles(filter: { labels: { has: "a" } }, first: 3) { totalCount nodes { ${profile} } }
  accessProfileTypes(first: 2) {
    totalCount
    nodes { name allowInheritedFromTypes { name } accessProfiles(first: 2) { totalCount nodes { name } } }
  }
  integrations
  around: inheritanceGraph(roots: ["child"], direction: ANCESTORS) { nodes { name } edges { child { name } } }
}`;

/** Fields about the whole tenant, which share one scan. */
const whole = `{
  accessProfile(id: "child") { ${profile} }
  accessProfiles(first: 3) { nodes { name inheritsFrom { name } } pageInfo { hasNextPage } }
  inheritanceGraph { nodes { name type { name } } missingProfileIds }
  drawn: inheritanceGraph { mermaid }
  inheritanceFindings(kinds: [CYCLE, MISSING_PARENT, DANGLING_REFERENCE]) { kind message }
  accessProfilesGranting(entity: { datasourceId: "ds-1", entityId: "g1" }) { name members { identityId } }
  entity(ref: { datasourceId: "ds-1", entityId: "g2" }) { entityType accessProfiles { name } }
  absent: entity(ref: { datasourceId: "ds-1", entityId: "nowhere" }) { id }
  node(id: "Entity:ds-1:Group:g1") { id }
}`;

type Path = readonly (string | number)[];

async function ask(query: string, options: SandboxOptions, skip?: number, times?: number) {
  await using gateway = await startGateway({ world: smallWorld, ...options });
  // A refusal of the key is neither retried nor taken for a refusal of the filter.
  if (skip !== undefined) gateway.sandbox.faults.add({ kind: 'status', status: 403, skip, times: times ?? 1 });
  const answer = await gateway.ask(query);
  return { answer, calls: gateway.sandbox.calls.length };
}

/**
 * Ways in which an answer is not the whole one with a null at the path of each error. A null that no error explains, an empty
 * list where there were rows, a missing sibling: each is one.
 */
function lies(complete: unknown, given: unknown, errors: readonly Path[], at: Path = []): readonly string[] {
  const own = errors.filter((path) => at.every((step, i) => path[i] === step));
  if (given === null && own.some((path) => path.length === at.length || isNonNullBelow(path, at))) return [];
  if (isObject(complete) && isObject(given)) {
    const keys = new Set([...Object.keys(complete), ...Object.keys(given)]);
    return [...keys].flatMap((key) => {
      const step = Array.isArray(complete) ? Number(key) : key;
      return lies(complete[key], given[key], errors, [...at, step]);
    });
  }
  return Object.is(complete, given)
    ? []
    : [`${at.join('.')}: ${JSON.stringify(given)} is not ${JSON.stringify(complete)}`];
}

/** `mermaid` and `pageInfo.hasNextPage` are never null, so that their failure is that of the object around them. */
function isNonNullBelow(path: Path, at: Path): boolean {
  return ['mermaid', 'pageInfo.hasNextPage'].includes(path.slice(at.length).join('.'));
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

const pathsOf = ({ errors = [] }: Answer): readonly Path[] => errors.map(({ path = [] }) => path);

describe.each([
  ['single profiles and lists', single],
  ['the whole tenant', whole],
])('a query about %s', (_name, query) => {
  it.each([
    ['an API that refuses undocumented filters', {}],
    ['an API that takes every filter', { openFilters: true }],
  ])('answers null and one error at each field that failed, whichever call fails: %s', async (_api, options) => {
    const { answer: complete, calls } = await ask(query, options);
    expect(complete.errors).toBeUndefined();
    expect(calls).toBeGreaterThan(2);
    let failures = 0;
    for (let skip = 0; skip < calls; skip++) {
      for (const times of [1, 1000]) {
        const { answer } = await ask(query, options, skip, times);
        const paths = pathsOf(answer);
        expect(lies(complete.data, answer.data, paths), `calls from ${skip}, ${times} of them`).toEqual([]);
        expect(new Set(paths.map((path) => path.join('.'))).size).toBe(paths.length);
        for (const { extensions } of answer.errors ?? []) expect(extensions['code']).toBe('FORBIDDEN');
        failures += paths.length;
      }
    }
    expect(failures).toBeGreaterThan(calls);
  });
});

it('shows each profile once, as it was first seen, where every reading of it says something new', async () => {
  await using gateway = await startGateway({ world: smallWorld });
  let readings = 0;
  gateway.sandbox.faults.add({
    kind: 'run',
    match: { method: 'GET', path: /access_profiles$/ },
    times: 100,
    run: (_request, store) => {
      readings++;
      for (const each of [...store.profiles()]) store.putProfile({ ...each, description: `reading ${readings}` });
    },
  });
  const answer: Json = await gateway.ask(`{
    accessProfile(id: "child") { description inheritedBy { name description } }
    accessProfiles(filter: { labels: { has: "a" } }) { nodes { inheritedBy { name description } } }
    types: accessProfileTypes { nodes { accessProfiles { nodes { name description } } } }
    around: inheritanceGraph(roots: ["child"], direction: ANCESTORS) { nodes { name } }
  }`);
  expect(answer.errors).toBeUndefined();
  expect(readings).toBeGreaterThan(1);
  const { accessProfile, accessProfiles, types } = answer.data;
  const listed: Json[] = types.nodes.flatMap(({ accessProfiles: { nodes } }: Json) => nodes);
  const inList = (name: string) => listed.filter((profile) => profile.name === name);
  expect(accessProfile.inheritedBy).toEqual(inList('Grandchild'));
  expect(accessProfiles.nodes[0].inheritedBy).toEqual(inList('Child'));
  expect(inList('Child')).toEqual([{ name: 'Child', description: accessProfile.description }]);
});

describe('these queries', () => {
  it('select each field that is null only with an error', () => {
    const selected = new Set<string>();
    const typeInfo = new TypeInfo(schema);
    for (const query of [single, whole]) {
      visit(
        parse(query),
        visitWithTypeInfo(typeInfo, {
          Field: ({ name }) => void selected.add(`${typeInfo.getParentType()?.name}.${name.value}`),
        }),
      );
    }
    const promised = Object.values(schema.getTypeMap())
      .filter((type) => isObjectType(type) && type !== schema.getMutationType())
      .flatMap((type) => (isObjectType(type) ? Object.keys(type.getFields()).map((field) => [type.name, field]) : []))
      .filter(([type = '', field = '']) => isSemanticNonNull(schema, type, field))
      .map((names) => names.join('.'));
    // Those of people, systems and policies are in test/scenario/neighbours.test.ts.
    const neighbours =
      /^(?:Identity|LifecyclePolicy|Query\.(?:datasources|lifecyclePolicies)|Entity\.reachedBy|VersionChangePreview)/;
    const others = /^AccessProfile\.(?:datasources|effectiveMembers|usedByPolicies)$/;
    // Those of versions, entities and simulations are in tests of their own in test/scenario.
    const later =
      /^(?:AccessProfile\.(?:auditEntries|versions)|AccessSimulation\.|EntityConnection\.|Query\.(?:entities|simulateAccessProfileChanges)$|UpdateAccessProfileVersionPayload\.changedParents$)/;
    const isElsewhere = (name: string) => [neighbours, others, later].some((pattern) => pattern.test(name));
    expect(promised.filter((name) => !selected.has(name) && !isElsewhere(name))).toEqual([
      'UpdateAccessProfileVersionPayload.accessProfile',
    ]);
  });

  it('find an empty list, a wrong sibling and a null that no error explains', () => {
    const complete = { a: { b: [1, 2], c: 'x' } };
    expect(lies(complete, { a: { b: null, c: 'x' } }, [['a', 'b']])).toEqual([]);
    expect(lies(complete, { a: { b: [], c: 'x' } }, [['a', 'b']])).toHaveLength(2);
    expect(lies(complete, { a: { b: null, c: 'x' } }, [])).toHaveLength(1);
    expect(lies(complete, { a: { b: null, c: null } }, [['a', 'b']])).toHaveLength(1);
    expect(lies(complete, { a: null }, [['a', 'b']])).toHaveLength(1);
    expect(lies(complete, null, [['a', 'b']])).toHaveLength(1);
  });
});

describe('a root field that fails', () => {
  it('leaves the other root fields answered', async () => {
    await using gateway = await startGateway({ world: smallWorld });
    gateway.sandbox.faults.add({ kind: 'status', status: 503, match: { path: 'access_profiles_types' }, times: 99 });
    const answer = await gateway.ask('{ accessProfile(id: "base") { name } accessProfileTypes { nodes { id } } }');
    expect(answer.data).toEqual({ accessProfile: { name: 'Base' }, accessProfileTypes: null });
    expect(answer.errors).toMatchObject([
      { path: ['accessProfileTypes'], extensions: { code: 'UPSTREAM_UNAVAILABLE' } },
    ]);
  });

  it('leaves the results of the other mutations', async () => {
    await using gateway = await startGateway({ world: smallWorld });
    gateway.sandbox.faults.add({ kind: 'reset-before', match: { method: 'PATCH', path: /app-1$/ } });
    const answer = await gateway.ask(`mutation {
      a: addAccessProfileLabels(input: { id: "base", labels: ["x"] }) { __typename }
      b: addAccessProfileLabels(input: { id: "app-1", labels: ["x"] }) { __typename }
      c: addAccessProfileLabels(input: { id: "child", labels: ["x"] }) { __typename }
    }`);
    const done = { __typename: 'ChangeAccessProfileLabelsPayload' };
    expect(answer.data).toEqual({ a: done, b: null, c: done });
    expect(answer.errors).toMatchObject([{ path: ['b'], extensions: { code: 'WRITE_OUTCOME_UNKNOWN' } }]);
  });
});

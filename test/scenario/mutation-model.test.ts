import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { currentVersion, type Store } from '../../src/sandbox/store.ts';
import { runs } from '../support/runs.ts';
import { startTrial } from './mutation-support.ts';

/** A profile as the model keeps it: plain values, changed in place, by rules written here and nowhere else. */
interface Plain {
  name: string;
  state: string;
  labels: string[];
  grants: string[];
  parents: string[];
  members: string[];
}

type Model = Map<string, Plain>;

/** One change: the mutation, what it does to the model, and what the answer has to be. */
interface Step {
  readonly change: string;
  readonly payload: string;
  readonly apply: (model: Model) => string;
}

const ids = ['p0', 'p1', 'p2', 'p3', 'p4'];
const labels = ['a', 'b', 'c', 'd'];
const groups = ['g1', 'g2', 'g3', 'g4'];
const people = ['ada', 'bob', 'eve'];

const world = {
  types: [{ id: 'role', name: 'Role' }],
  profiles: ids.map((id, i) => ({
    id,
    name: id,
    profile_type: 'role',
    labels: labels.slice(0, i % 3),
    inherits: ids.slice(i + 1, i + 2),
    entities: [entity('g1')],
    members: ['ada'],
  })),
  identities: people.map((id) => ({ id, name: id })),
};

function entity(id: string) {
  return { entity_type: 'Group', datasource_id: 'ds', entity_id: id };
}

function modelOf(store: Store): Model {
  return new Map(
    [...store.profiles()].map((profile) => {
      const version = currentVersion(profile);
      const plain: Plain = {
        name: profile.name,
        state: profile.state,
        labels: [...profile.labels],
        grants: version?.entities_to_create_relationships_to.map(({ entity_id: id }) => id) ?? [],
        parents: [...(version?.inherit_entities_from_access_profiles ?? [])],
        members: version?.members.map(({ identity_id: id }) => id) ?? [],
      };
      return [profile.id, plain];
    }),
  );
}

const without = (list: readonly string[], gone: readonly string[]) => list.filter((each) => !gone.includes(each));
const together = (list: readonly string[], more: readonly string[]) => [...list, ...without(more, list)];
const text = (values: readonly string[]) => JSON.stringify(values);
const grants = (values: readonly string[]) =>
  `[${values.map((id) => `{ entityType: "Group", datasourceId: "ds", entityId: "${id}" }`)}]`;

/** Whether anything above these profiles is the profile itself. */
function closesCycle(model: Model, id: string, parents: readonly string[]): boolean {
  const above = new Set<string>();
  const visit = (parent: string): void => {
    if (above.has(parent)) return;
    above.add(parent);
    if (parent !== id) model.get(parent)?.parents.forEach(visit);
  };
  parents.forEach(visit);
  return above.has(id);
}

function profileStep(change: string, id: string, apply: (plain: Plain) => void): Step {
  const ofLabels = /^(add|remove)\w+Labels/.test(change);
  const name = ofLabels
    ? 'ChangeAccessProfileLabels'
    : `${change.slice(0, 1).toUpperCase()}${/^\w+/.exec(change)?.[0].slice(1)}`;
  return {
    change,
    payload: 'accessProfile { labels }',
    apply(model) {
      const plain = model.get(id);
      if (plain !== undefined) apply(plain);
      return /Members\(/.test(change) ? 'ChangeAccessProfileMembersPayload' : `${name}Payload`;
    },
  };
}

function versionStep(
  id: string,
  input: string,
  apply: (plain: Plain) => { grants?: string[]; parents?: string[] },
  /** What is to be removed has to be there. */
  needed: { grants?: readonly string[]; parents?: readonly string[] } = {},
): Step {
  return {
    change: `updateAccessProfileVersion(input: { id: "${id}", ${input} })`,
    payload: 'version { id }',
    apply(model) {
      const plain = model.get(id);
      const missing = [
        ...without(needed.grants ?? [], plain?.grants ?? []),
        ...without(needed.parents ?? [], plain?.parents ?? []),
      ];
      if (missing.length > 0) return 'InvalidInputError';
      const wanted = plain === undefined ? {} : apply(plain);
      const added = without(wanted.parents ?? [], plain?.parents ?? []);
      if (closesCycle(model, id, added)) return 'RuleViolationError';
      Object.assign(plain ?? {}, wanted);
      return 'UpdateAccessProfileVersionPayload';
    },
  };
}

const anId = fc.constantFrom(...ids);
const some = (values: readonly string[], least = 0) =>
  fc.uniqueArray(fc.constantFrom(...values), { minLength: least, maxLength: 3 });

const step: fc.Arbitrary<Step> = fc.oneof(
  fc.tuple(anId, some(labels)).map(([id, list]) =>
    profileStep(`setAccessProfileLabels(input: { id: "${id}", labels: ${text(list)} })`, id, (plain) => {
      plain.labels = list;
    }),
  ),
  fc.tuple(anId, some(labels)).map(([id, list]) =>
    profileStep(`addAccessProfileLabels(input: { id: "${id}", labels: ${text(list)} })`, id, (plain) => {
      plain.labels = together(plain.labels, list);
    }),
  ),
  fc.tuple(anId, some(labels)).map(([id, list]) =>
    profileStep(`removeAccessProfileLabels(input: { id: "${id}", labels: ${text(list)} })`, id, (plain) => {
      plain.labels = without(plain.labels, list);
    }),
  ),
  fc.tuple(anId, fc.constantFrom('One', 'Two'), fc.constantFrom('RUNNING', 'PAUSED')).map(([id, name, state]) =>
    profileStep(`updateAccessProfile(input: { id: "${id}", name: "${name}", state: ${state} })`, id, (plain) => {
      Object.assign(plain, { name, state });
    }),
  ),
  fc.tuple(anId, some(people, 1), fc.boolean()).map(([id, list, adds]) =>
    profileStep(
      `${adds ? 'add' : 'remove'}AccessProfileMembers(input: { id: "${id}", identityIds: ${text(list)} })`,
      id,
      (plain) => {
        plain.members = adds ? together(plain.members, list) : without(plain.members, list);
      },
    ),
  ),
  fc
    .tuple(anId, some(groups))
    .map(([id, list]) => versionStep(id, `entitlements: ${grants(list)}`, () => ({ grants: list }))),
  fc
    .tuple(anId, some(groups), some(groups))
    .map(([id, added, removed]) =>
      versionStep(
        id,
        `addEntitlements: ${grants(added)}, removeEntitlements: [${removed.map((group) => `{ datasourceId: "ds", entityId: "${group}" }`)}]`,
        (plain) => ({ grants: together(without(plain.grants, removed), added) }),
        { grants: removed },
      ),
    ),
  fc
    .tuple(anId, some(ids))
    .map(([id, list]) => versionStep(id, `inheritsFrom: ${text(list)}`, () => ({ parents: list }))),
  fc.tuple(anId, some(ids), some(ids)).map(([id, added, removed]) => {
    const gone = without(removed, added);
    return versionStep(
      id,
      `addInheritsFrom: ${text(added)}, removeInheritsFrom: ${text(gone)}`,
      (plain) => ({ parents: together(without(plain.parents, gone), added) }),
      { parents: gone },
    );
  }),
  fc.tuple(fc.constantFrom(...labels), some(labels, 1), fc.constantFrom(...labels)).map(([has, add, remove]): Step => {
    const gone = without([remove], add);
    return {
      change: `labelAccessProfiles(input: { profiles: { filter: { labels: { has: "${has}" } } }, add: ${text(add)}, remove: ${text(gone)} })`,
      payload: '__typename changed',
      apply(model) {
        for (const plain of model.values()) {
          if (plain.labels.includes(has)) plain.labels = together(without(plain.labels, gone), add);
        }
        return 'LabelAccessProfilesPayload';
      },
    };
  }),
);

/** What may go wrong without a trace in the end: the write is made once, or refused once and then made. */
const trouble = fc.option(
  fc.constantFrom(
    { kind: 'reset-after' } as const,
    { kind: 'truncate' } as const,
    { kind: 'status-after', status: 502 } as const,
    { kind: 'status', status: 429 } as const,
  ),
  { freq: 6, nil: null },
);

describe('any sequence of mutations', () => {
  it('leaves the API in the same state as a plain model of it', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(step, trouble), { minLength: 1, maxLength: 12 }),
        fc.boolean(),
        async (steps, openFilters) => {
          await using trial = await startTrial({ world, openFilters });
          const model = modelOf(trial.sandbox.store);
          for (const [{ change, payload, apply }, fault] of steps) {
            trial.sandbox.faults.clear();
            if (fault !== null) {
              for (const method of ['PATCH', 'PUT']) trial.sandbox.faults.add({ ...fault, match: { method } });
            }
            const expected = apply(model);
            const { result, errors } = await trial.change(change, payload);
            const codes = errors.map(({ extensions }) => extensions['code']);
            const isUnknown = fault !== null && result === null;
            expect(isUnknown ? codes : [result?.__typename, ...codes], `${change} ${JSON.stringify(errors)}`).toEqual([
              isUnknown ? 'WRITE_OUTCOME_UNKNOWN' : expected,
            ]);
            expect(modelOf(trial.sandbox.store), change).toEqual(model);
          }
        },
      ),
      { numRuns: runs(25), seed: 20_261_122 },
    );
  });

  it('is the same when nobody waits for the one before, profile by profile', async () => {
    const additions = fc.array(fc.tuple(anId, some(labels, 1)), { minLength: 2, maxLength: 10 });
    await fc.assert(
      fc.asyncProperty(additions, async (all) => {
        await using trial = await startTrial({ world });
        const model = modelOf(trial.sandbox.store);
        for (const [id, list] of all) {
          const plain = model.get(id);
          if (plain !== undefined) plain.labels = together(plain.labels, list);
        }
        await Promise.all(
          all.map(([id, list]) =>
            trial.change(
              `addAccessProfileLabels(input: { id: "${id}", labels: ${text(list)} })`,
              'accessProfile { id }',
            ),
          ),
        );
        expect(modelOf(trial.sandbox.store)).toEqual(model);
      }),
      { numRuns: runs(10), seed: 20_261_122 },
    );
  });
});

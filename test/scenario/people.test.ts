import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ProfileRecord } from '../../src/sandbox/record.ts';
import type { World, WorldIdentity } from '../../src/sandbox/world.ts';
import { graphql } from '../generated/gql.ts';
import { runs } from '../support/runs.ts';
import { arbitraryWorld, grant } from './arbitrary-world.ts';
import { checkPath, startGenerous } from './inheritance-support.ts';
import { NaiveHierarchy } from './naive-hierarchy.ts';

const askPeople = graphql(`
  query AskPeople {
    accessProfiles(first: 100) {
      nodes {
        profileId
        effectiveMembers { identityId provisioned paths { profileId } }
        people: effectiveMembers { identityId provisioned paths { profileId } identity { email } }
      }
    }
  }
`);

const askEntity = graphql(`
  query AskEntityPeople($ref: EntityRefInput!) {
    entity(ref: $ref) { reachedBy { identityId provisioned paths { profileId } } }
  }
`);

const askIdentity = graphql(`
  query AskIdentity($id: ID!) {
    identity(id: $id) {
      accessProfiles { profileId accessProfile { profileId } }
      effectiveEntitlements {
        actual
        provisioned
        paths { profileId }
        entitlement { datasourceId entityType entityId assignedToEntityId }
      }
      actualEntitlements { datasourceId entityType entityId grantedBy { profileId } }
    }
  }
`);

/** Six identities, of which the last two are one person; each may have something that no profile gives, or lack what one does. */
const identities: readonly WorldIdentity[] = Array.from({ length: 6 }, (_, i) => ({
  id: `i${i}`,
  name: `Identity ${i}`,
  policy_id: 'policy',
  entity_type: 'Worker',
  entity_id: `w${Math.min(i, 4)}`,
  granted_elsewhere: i % 2 === 0 ? [grant(0)] : [],
  not_yet_in_graph: i % 3 === 0 ? [grant(1), grant(2)] : [],
}));

/** A company: profiles of any shape with members. */
const arbitraryCompany: fc.Arbitrary<World> = arbitraryWorld.chain((world) =>
  fc
    .array(fc.subarray(identities.map(({ id }) => id)), {
      minLength: world.profiles.length,
      maxLength: world.profiles.length,
    })
    .map((members) => ({
      ...world,
      identities,
      policies: [{ id: 'policy', name: 'Policy' }],
      profiles: world.profiles.map((profile, i) => ({
        ...profile,
        versions: (profile.versions ?? []).map((version) => ({
          ...version,
          members: (members[i] ?? []).map((identity_id) => ({ identity_id, created_from: 'OTHER', workflow: '' })),
        })),
      })),
    })),
);

const published = (profile: ProfileRecord | undefined) => profile?.versions.find(({ state }) => state === 'PUBLISHED');

/** Answers by definition. */
class NaivePeople {
  readonly naive: NaiveHierarchy;
  readonly #live: ReadonlySet<string>;
  readonly #members: ReadonlyMap<string, readonly string[]>;

  constructor(world: World) {
    this.naive = new NaiveHierarchy(world);
    const { profiles } = this.naive;
    this.#live = new Set(profiles.filter((each) => each.state === 'RUNNING' && published(each)).map(({ id }) => id));
    this.#members = new Map(
      profiles.map((each) => [each.id, (published(each)?.members ?? []).map(({ identity_id }) => identity_id)]),
    );
  }

  /** By person: the profiles of which they are a member, each with the length of a shortest way, and whether any way is live. */
  reaching(targets: readonly string[], personOf: (identity: string) => string) {
    const found = new Map<string, { provisioned: boolean; ways: string[] }>();
    const lengths = new Map<string, number>();
    const live = new Set<string>();
    for (const target of targets) {
      for (const [id, length] of this.naive.below(target)) lengths.set(id, Math.min(length, lengths.get(id) ?? length));
      if (!this.#live.has(target)) continue;
      const down = (id: string) => this.naive.children(id).filter((child) => this.#live.has(child));
      for (const id of this.naive.distances(target, down).keys()) live.add(id);
    }
    for (const [id, length] of lengths) {
      for (const person of new Set((this.#members.get(id) ?? []).map(personOf))) {
        const known = found.get(person) ?? { provisioned: false, ways: [] };
        found.set(person, known);
        known.ways.push(`${id}:${length}`);
        known.provisioned ||= live.has(id);
      }
    }
    for (const { ways } of found.values()) ways.sort();
    return found;
  }

  held(identity: string): string[] {
    return this.naive.ids.filter((id) => this.#members.get(id)?.includes(identity));
  }

  /** What the access graph shows: live ways only. */
  actual(identity: WorldIdentity): Set<string> {
    const up = (id: string) => this.naive.parents(id).filter((parent) => this.#live.has(parent));
    const ids = this.held(identity.id).filter((id) => this.#live.has(id));
    const given = ids.flatMap((id) =>
      [...this.naive.distances(id, up).keys()].flatMap((each) => this.naive.grants(each)),
    );
    const lacking = new Set((identity.not_yet_in_graph ?? []).map(entityOf));
    return new Set([
      ...given.map(entityOf).filter((key) => !lacking.has(key)),
      ...(identity.granted_elsewhere ?? []).map(entityOf),
    ]);
  }
}

const entityOf = (entity: {
  readonly datasource_id: string;
  readonly entity_type: string;
  readonly entity_id: string;
}) => `${entity.datasource_id}|${entity.entity_type}|${entity.entity_id}`;
const keyOf = (entity: {
  readonly datasourceId: string | null;
  readonly entityType: string;
  readonly entityId: string;
}) => `${entity.datasourceId}|${entity.entityType}|${entity.entityId}`;
const personOf = (identity: string) => (identity === 'i5' ? 'i4' : identity);

interface Member {
  readonly identityId: string;
  readonly provisioned: boolean;
  readonly paths: readonly (readonly { readonly profileId: string }[])[];
}

const told = (members: readonly Member[] | null | undefined, of = (identity: string) => identity) =>
  new Map(
    members?.map(({ identityId, provisioned, paths }) => [
      of(identityId),
      { provisioned, ways: paths.map((path) => `${path[0]?.profileId}:${path.length - 1}`).sort() },
    ]),
  );

describe('people of generated companies', () => {
  it('reach profiles and entities, and have entitlements, as brute force says', async () => {
    await fc.assert(
      fc.asyncProperty(arbitraryCompany, fc.boolean(), async (world, openFilters) => {
        await using gateway = await startGenerous({ world, openFilters });
        const people = new NaivePeople(world);
        const { naive } = people;
        const { data, errors } = await gateway.ask(askPeople);
        expect(errors).toBeUndefined();
        for (const { profileId, effectiveMembers, people: merged } of data?.accessProfiles?.nodes ?? []) {
          expect(told(effectiveMembers)).toEqual(people.reaching([profileId], (id) => id));
          expect(told(merged, personOf)).toEqual(people.reaching([profileId], personOf));
          expect(merged).toHaveLength(people.reaching([profileId], personOf).size);
          for (const { paths } of effectiveMembers ?? []) {
            for (const path of paths) {
              const ids = path.map((each) => each.profileId);
              checkPath(naive, ids, ids[0] ?? '', profileId);
            }
          }
        }
        const entities = new Map(naive.ids.flatMap((id) => naive.grants(id)).map((each) => [entityOf(each), each]));
        for (const [key, { datasource_id, entity_type, entity_id }] of entities) {
          const ref = { datasourceId: datasource_id, entityType: entity_type, entityId: entity_id };
          const answer = await gateway.ask(askEntity, { ref });
          const holders = naive.ids.filter((id) => naive.grants(id).some((each) => entityOf(each) === key));
          expect(told(answer.data?.entity?.reachedBy)).toEqual(people.reaching(holders, (id) => id));
        }
        for (const identity of identities) {
          const answer = await gateway.ask(askIdentity, { id: `Identity:${identity.id}` });
          expect(answer.errors).toBeUndefined();
          const held = people.held(identity.id);
          expect(answer.data?.identity?.accessProfiles?.map(({ profileId }) => profileId).sort()).toEqual(held.sort());
          const actual = people.actual(identity);
          const sources = new Set([...actual].map((key) => key.split('|')[0]));
          const expected = new Map<string, Set<string>>();
          for (const id of held) {
            for (const [above, length] of naive.above(id)) {
              for (const entity of naive.grants(above)) {
                const key = `${entityOf(entity)}|${entity.assigned_to_entity_id ?? ''}`;
                expected.set(key, (expected.get(key) ?? new Set()).add(`${id}>${above}:${length}`));
              }
            }
          }
          const grants = answer.data?.identity?.effectiveEntitlements ?? [];
          expect(
            new Map(
              grants.map(({ entitlement, paths }) => [
                `${keyOf(entitlement)}|${entitlement.assignedToEntityId ?? ''}`,
                new Set(paths.map((path) => `${path[0]?.profileId}>${path.at(-1)?.profileId}:${path.length - 1}`)),
              ]),
            ),
          ).toEqual(expected);
          for (const each of grants) {
            const key = keyOf(each.entitlement);
            expect(each.actual).toBe(
              actual.has(key) ? true : sources.has(each.entitlement.datasourceId) ? false : null,
            );
          }
          const rows = answer.data?.identity?.actualEntitlements ?? [];
          expect(new Set(rows.map(keyOf))).toEqual(actual);
          for (const row of rows) {
            const explained = held.filter((id) =>
              [...naive.above(id).keys()].some((above) =>
                naive.grants(above).some((each) => entityOf(each) === keyOf(row)),
              ),
            );
            expect(row.grantedBy?.map(({ profileId }) => profileId).sort()).toEqual(explained.sort());
          }
        }
      }),
      { numRuns: runs(60) },
    );
  });
});

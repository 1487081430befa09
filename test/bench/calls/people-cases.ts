import type { WorldProfile } from '../../../src/sandbox/world.ts';
import type { Case } from './cases.ts';
import { type Cost, inTurn, type Least } from './least.ts';

const one: Cost = { calls: 1, rounds: 1 };
/** Calls for single things that are under way at once. */
const inFlight = 8;

/** Questions about people, systems and policies. */
export function peopleCases(least: Least): readonly Case[] {
  const { profiles } = least;
  const children = new Map<string, WorldProfile[]>();
  for (const profile of profiles) {
    for (const parent of profile.inherits ?? []) children.set(parent, [...(children.get(parent) ?? []), profile]);
  }
  const below = (starts: readonly WorldProfile[]) => {
    const found = new Set(starts);
    for (const profile of found) for (const child of children.get(profile.id) ?? []) found.add(child);
    return found;
  };
  const eachOf = (calls: number): Cost => ({ calls, rounds: Math.ceil(calls / inFlight) });
  const scan = least.pages(profiles.length);
  const shared = profiles.find(({ id }) => (children.get(id)?.length ?? 0) > 2) ?? profiles[0];
  const holder = profiles.find(({ entities = [] }) => entities.length > 0);
  const [entity] = holder?.entities ?? [];
  const holders = profiles.filter(({ entities = [] }) =>
    entities.some((each) => each.datasource_id === entity?.datasource_id && each.entity_id === entity.entity_id),
  );
  const ref = `{ datasourceId: "${entity?.datasource_id}", entityType: "${entity?.entity_type}", entityId: "${entity?.entity_id}" }`;
  const membersOf = ({ members = [] }: WorldProfile) =>
    members.map((member) => (typeof member === 'string' ? member : member.identity_id));
  const firstTen = profiles.slice(0, 10);
  const identity = profiles.flatMap(membersOf)[0] ?? '';
  return [
    {
      name: 'data sources of 50',
      query: '{ accessProfiles(first: 50) { nodes { name entitlements { datasource { name } } } } }',
      least: () => ({ calls: 2, rounds: 1 }),
      cached: 1,
      because: 'One list names them all. It depends on nothing, so it is read beside the profiles, and known then.',
    },
    {
      name: 'policies that use 50',
      query: '{ accessProfiles(first: 50) { nodes { name usedByPolicies { policy { name } workflows } } } }',
      least: () => ({ calls: 2, rounds: 1 }),
      cached: 1,
      because: 'Policies name profiles, so their list is turned round.',
    },
    {
      name: 'mail addresses of the members of 10',
      query: '{ accessProfiles(first: 10) { nodes { name members { identity { email } } } } }',
      least: () => inTurn(inTurn(one, { calls: 10, rounds: 1 }), eachOf(new Set(firstTen.flatMap(membersOf)).size)),
      because: 'No call reads several identities: one each, eight at a time.',
    },
    {
      name: 'everybody who gets a profile',
      query: `{ accessProfile(id: "${shared?.id}") { effectiveMembers { identityName paths { name } } } }`,
      least: () => inTurn(scan, eachOf(below(shared === undefined ? [] : [shared]).size)),
      cached: scan.calls,
      because: 'Any profile may inherit from it, so all are read; then the members of those that do. A scan is cached.',
    },
    {
      name: 'everybody who reaches an entity',
      query: `{ entity(ref: ${ref}) { reachedBy { identityName provisioned } } }`,
      least: () => inTurn(scan, eachOf(below(holders).size)),
      cached: scan.calls,
      because: 'Any profile may grant it, or inherit from one that does.',
    },
    {
      name: 'what somebody gets',
      query: `{ identity(id: "${identity}") { effectiveEntitlements { entitlement { entityId } paths { name } } } }`,
      least: () => ({ calls: 1 + scan.calls, rounds: scan.rounds }),
      cached: scan.calls,
      because: 'The identity beside the scan.',
    },
    {
      name: 'intended against actual',
      query: `{ identity(id: "${identity}") { effectiveEntitlements { actual } actualEntitlements { entityId grantedBy { name } } } }`,
      least: () => ({ calls: 2 + scan.calls, rounds: Math.max(2, scan.rounds) }),
      cached: scan.calls,
      because: 'The entitlements are asked for by what the identity says of itself.',
    },
  ];
}

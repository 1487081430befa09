import fc from 'fast-check';
import type { Entity } from '../../src/sandbox/record.ts';
import type { World, WorldProfile, WorldType } from '../../src/sandbox/world.ts';

/** Types with every rule that a hierarchy can break; profiles of `gone` have a type that the API does not list. */
export const types: readonly WorldType[] = [
  { id: 'any', name: 'Anything goes' },
  { id: 'leaf', name: 'Leaf', allow_inherit_entities: false },
  { id: 'role', name: 'Role', allow_create_relationships: false, allow_inherited_from_types: ['leaf', 'role'] },
  { id: 'small', name: 'Small', max_entitlements: 1, require_single_datasource: true },
  { id: 'app', name: 'Connection', no_entitlements: true },
];

export function grant(number: number): Entity {
  return {
    entity_type: number % 3 === 0 ? 'Role' : 'Group',
    datasource_id: number % 2 === 0 ? 'ds1' : 'ds2',
    entity_id: `g${number}`,
    ...(number === 4 && { assigned_to_entity_type: 'Account', assigned_to_entity_id: 'a1' }),
  };
}

const version = (size: number) =>
  fc.record({
    parents: fc.array(fc.nat({ max: size + 1 }), { maxLength: 4 }),
    grants: fc.array(fc.nat({ max: 5 }), { maxLength: 3 }),
  });

/**
 * Up to seven profiles that inherit from any others, themselves and two that are not there; with drafts, with nothing
 * published, in any state.
 */
export const arbitraryWorld: fc.Arbitrary<World> = fc.integer({ min: 1, max: 7 }).chain((size) =>
  fc
    .array(
      fc.record({
        live: version(size),
        draft: version(size),
        versions: fc.constantFrom('live', 'live', 'live', 'live and draft', 'draft' as const),
        type: fc.constantFrom('any', 'any', 'any', 'leaf', 'role', 'small', 'app', 'gone'),
        state: fc.constantFrom('RUNNING', 'RUNNING', 'PAUSED', 'INITIAL' as const),
      }),
      { minLength: size, maxLength: size },
    )
    .map((drawn) => ({
      types,
      profiles: drawn.map(({ live, draft, versions, type, state }, number): WorldProfile => {
        const write = (each: typeof live) => ({
          inherit_entities_from_access_profiles: each.parents.map((parent) => `p${parent}`),
          entities_to_create_relationships_to: each.grants.map(grant),
        });
        return {
          id: `p${number}`,
          name: `Profile ${number}`,
          profile_type: type,
          state,
          versions: [
            ...(versions === 'draft' ? [] : [{ ...write(live), version_number: 1, state: 'PUBLISHED' as const }]),
            ...(versions === 'live' ? [] : [{ ...write(draft), version_number: 2, state: 'DRAFT' as const }]),
          ],
        };
      }),
    })),
);

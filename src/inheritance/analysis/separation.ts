import type { Entitlement } from '../../model/entitlement.ts';
import type { SeparationRule } from '../../model/separation-rule.ts';
import { at } from '../graph/adjacency.ts';
import { type ComponentSets, componentSetsInSteps } from '../graph/component-sets.ts';
import { type Condensation, condense } from '../graph/components.ts';
import type { Steps } from '../steps.ts';
import type { World } from './access-difference.ts';
import { componentsOf } from './effective-sets.ts';
import type { GrantTable } from './grants.ts';

/** A rule of separation that is broken, and what breaks it: entitlements of each group, in the order of groups. */
export interface SeparationViolation {
  readonly rule: SeparationRule;
  readonly entitlements: readonly Entitlement[];
}

/** An entitlement that rules name, and the groups that it is in. */
interface NamedGrant {
  readonly grant: number;
  readonly places: readonly { readonly rule: number; readonly group: number }[];
}

/** What the effective entitlements of profiles say of rules of separation. */
export class SeparationCheck {
  readonly #rules: readonly SeparationRule[];
  readonly #condensation: Condensation;
  readonly #grants: GrantTable;
  readonly #named: readonly NamedGrant[];
  readonly #sets: ComponentSets;
  readonly #known = new Map<number, readonly SeparationViolation[]>();

  constructor(
    rules: readonly SeparationRule[],
    condensation: Condensation,
    grants: GrantTable,
    named: readonly NamedGrant[],
    sets: ComponentSets,
  ) {
    this.#rules = rules;
    this.#condensation = condensation;
    this.#grants = grants;
    this.#named = named;
    this.#sets = sets;
  }

  /** The rules that the effective entitlements of one profile break. */
  ofProfile(node: number): readonly SeparationViolation[] {
    const component = at(this.#condensation.componentOf, node);
    const set = this.#sets.classOf(component);
    const known = this.#known.get(set) ?? this.#violationsBy([...this.#sets.values(component)]);
    this.#known.set(set, known);
    return known;
  }

  /** The rules that somebody who is a member of all these profiles breaks. */
  ofMember(nodes: Iterable<number>): readonly SeparationViolation[] {
    const held = new Set<number>();
    for (const node of nodes) {
      for (const bit of this.#sets.values(at(this.#condensation.componentOf, node))) held.add(bit);
    }
    return this.#violationsBy([...held].sort((a, b) => a - b));
  }

  #violationsBy(bits: readonly number[]): readonly SeparationViolation[] {
    const held = this.#rules.map(({ groups }) => groups.map((): number[] => []));
    for (const bit of bits) {
      const named = this.#named[bit];
      for (const { rule, group } of named?.places ?? []) held[rule]?.[group]?.push(named?.grant ?? 0);
    }
    return this.#rules.flatMap((rule, i) => {
      const groups = held[i] ?? [];
      if (groups.some((grants) => grants.length === 0)) return [];
      return [{ rule, entitlements: groups.flat().map((grant) => this.#grants.entitlementOf(grant)) }];
    });
  }
}

/**
 * Checks rules of separation. Ids are compared exactly; of an entity that a rule names without a type, entitlements of any
 * type count. O(entitlements + (nodes + edges) * named entitlements / 32).
 */
export function* checkSeparation(
  rules: readonly SeparationRule[],
  condensation: Condensation,
  grants: GrantTable,
): Steps<SeparationCheck> {
  const named = namedGrants(rules, grants);
  const seedsOf = (bit: number) => {
    const { grant } = named[bit] ?? {};
    return grant === undefined ? [] : componentsOf(condensation, grants.holders.of(grant));
  };
  const sets = yield* componentSetsInSteps(condensation, named.length, seedsOf);
  return new SeparationCheck(rules, condensation, grants, named, sets);
}

function namedGrants(rules: readonly SeparationRule[], grants: GrantTable): NamedGrant[] {
  const placesOf = new Map<string, { rule: number; group: number; entityType: string | null }[]>();
  for (const [rule, { groups }] of rules.entries()) {
    for (const [group, refs] of groups.entries()) {
      for (const { datasourceId, entityId, entityType } of refs) {
        const key = JSON.stringify([datasourceId, entityId]);
        const places = placesOf.get(key) ?? [];
        placesOf.set(key, places);
        places.push({ rule, group, entityType });
      }
    }
  }
  const named: NamedGrant[] = [];
  for (let grant = 0; grant < grants.size; grant++) {
    const { datasourceId, entityId, entityType } = grants.entitlementOf(grant);
    const places = (placesOf.get(JSON.stringify([datasourceId, entityId])) ?? []).filter(
      (place) => place.entityType === null || place.entityType === entityType,
    );
    if (places.length > 0) named.push({ grant, places });
  }
  return named;
}

/** A rule that a profile breaks in one world and not in another. */
export interface NewSeparationViolation extends SeparationViolation {
  readonly profileId: string;
}

/** The rules that some profiles break in a world, and not in the one before it. */
export function* newSeparationViolations(
  rules: readonly SeparationRule[],
  before: World,
  after: World,
  profileIds: readonly string[],
): Steps<NewSeparationViolation[]> {
  if (rules.length === 0 || profileIds.length === 0) return [];
  const old = yield* checkSeparation(rules, condense(before.graph.up), before.grants);
  const now = yield* checkSeparation(rules, condense(after.graph.up), after.grants);
  const violations: NewSeparationViolation[] = [];
  for (const profileId of profileIds) {
    const [was, is] = [before.graph.indexOf(profileId), after.graph.indexOf(profileId)];
    const broken = new Set(was < 0 ? [] : old.ofProfile(was).map(({ rule }) => rule));
    for (const violation of is < 0 ? [] : now.ofProfile(is)) {
      if (!broken.has(violation.rule)) violations.push({ profileId, ...violation });
    }
    yield;
  }
  return violations;
}

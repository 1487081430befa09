import type { Entitlement } from '../../model/entitlement.ts';
import { keyInRules, type SeparationRule } from '../../model/separation-rule.ts';
import { at } from '../graph/adjacency.ts';
import { type ComponentSets, componentSetsInSteps } from '../graph/component-sets.ts';
import { type Condensation, condense } from '../graph/components.ts';
import type { Steps } from '../steps.ts';
import type { World } from './access-difference.ts';
import type { ProfileMember } from './affected-members.ts';
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

/** A rule of separation that somebody breaks by all profiles together that they are a member of. */
export interface MemberViolation extends SeparationViolation {
  readonly member: ProfileMember;
  /** The profiles through which they hold those entitlements. */
  readonly nodes: readonly number[];
}

/** Effective entitlements checked against rules of separation. */
export class SeparationCheck {
  readonly #rules: readonly SeparationRule[];
  readonly #condensation: Condensation;
  readonly #grants: GrantTable;
  readonly #named: readonly NamedGrant[];
  readonly #sets: ComponentSets;
  readonly #known = new Map<string, readonly Broken[]>();

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
    return this.#brokenBy([node]);
  }

  /** The profiles whose members decide whether somebody breaks a rule: those that have an entitlement which rules name. */
  decisive(): readonly number[] {
    return [...this.#condensation.componentOf.keys()].filter(
      (node) => this.#sets.classOf(this.#componentOf(node)) !== 0,
    );
  }

  /** The rules that people break, in the order in which people are met. `membersOf` is asked of decisive profiles. */
  *ofMembers(membersOf: (node: number) => readonly ProfileMember[]): Steps<MemberViolation[]> {
    const people = new Map<string, { readonly member: ProfileMember; readonly nodes: Set<number> }>();
    for (const node of this.decisive()) {
      for (const { identityId, identityName } of membersOf(node)) {
        const known = people.get(identityId) ?? { member: { identityId, identityName }, nodes: new Set() };
        people.set(identityId, known);
        known.nodes.add(node);
        yield;
      }
    }
    const violations: MemberViolation[] = [];
    for (const { member, nodes } of people.values()) {
      for (const { rule, entitlements, bits } of this.#brokenBy([...nodes])) {
        const holdsAny = (node: number) => bits.some((bit) => this.#sets.has(this.#componentOf(node), bit));
        violations.push({ rule, entitlements, member, nodes: [...nodes].filter(holdsAny) });
      }
      yield;
    }
    return violations;
  }

  #componentOf(node: number): number {
    return at(this.#condensation.componentOf, node);
  }

  /** The rules that the entitlements of some profiles together break. */
  #brokenBy(nodes: readonly number[]): readonly Broken[] {
    const components = new Map(
      nodes.map((node) => [this.#sets.classOf(this.#componentOf(node)), this.#componentOf(node)]),
    );
    const key = [...components.keys()].sort((a, b) => a - b).join();
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const bits = new Set([...components.values()].flatMap((component) => [...this.#sets.values(component)]));
    const broken = this.#brokenWith([...bits].sort((a, b) => a - b));
    this.#known.set(key, broken);
    return broken;
  }

  #brokenWith(bits: readonly number[]): readonly Broken[] {
    const held = this.#rules.map(({ groups }) => groups.map((): number[] => []));
    for (const bit of bits) {
      for (const { rule, group } of this.#named[bit]?.places ?? []) held[rule]?.[group]?.push(bit);
    }
    return this.#rules.flatMap((rule, i) => {
      const groups = held[i] ?? [];
      if (groups.some((group) => group.length === 0)) return [];
      const entitlements = groups.flat().map((bit) => this.#grants.entitlementOf(this.#named[bit]?.grant ?? 0));
      return [{ rule, entitlements, bits: groups.flat() }];
    });
  }
}

/** With the numbers of the entitlements among those that rules name. */
interface Broken extends SeparationViolation {
  readonly bits: readonly number[];
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
      for (const ref of refs) {
        const key = keyInRules(ref);
        const places = placesOf.get(key) ?? [];
        placesOf.set(key, places);
        places.push({ rule, group, entityType: ref.entityType });
      }
    }
  }
  const named: NamedGrant[] = [];
  for (let grant = 0; grant < grants.size; grant++) {
    const entitlement = grants.entitlementOf(grant);
    const places = (placesOf.get(keyInRules(entitlement)) ?? []).filter(
      ({ entityType }) => entityType === null || entityType === entitlement.entityType,
    );
    if (places.length > 0) named.push({ grant, places });
  }
  return withoutIdleRules(rules, named);
}

/** Without rules of which nobody holds anything of one group: nobody can break those. */
function withoutIdleRules(rules: readonly SeparationRule[], named: readonly NamedGrant[]): NamedGrant[] {
  const held = rules.map(() => new Set<number>());
  for (const { places } of named) for (const { rule, group } of places) held[rule]?.add(group);
  const isIdle = (rule: number) => held[rule]?.size !== rules[rule]?.groups.length;
  return named
    .map(({ grant, places }) => ({ grant, places: places.filter(({ rule }) => !isIdle(rule)) }))
    .filter(({ places }) => places.length > 0);
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
  const old = yield* checkSeparation(rules, yield* condense(before.graph.up), before.grants);
  const now = yield* checkSeparation(rules, yield* condense(after.graph.up), after.grants);
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

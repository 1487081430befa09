import { type Entitlement, entitlementKey } from '../../model/entitlement.ts';
import type { Profile } from '../../model/profile.ts';
import type { ProfileType } from '../../model/profile-type.ts';
import { counted, listed, quoted } from './finding-text.ts';

/** A broken rule of a type, under the API's own name of the rule. */
export interface RuleViolation {
  readonly rule: string;
  readonly description: string;
}

/** A parent, as far as rules look at it; `typeId` null: unknown, so no rule is broken by it. */
export type RuleParent = Pick<Profile, 'profileId' | 'name' | 'typeId'>;

/** A profile as it stands or as a change would leave it. */
export interface RuleSubject {
  readonly typeId: string | null;
  /** The direct grants. */
  readonly entitlements: readonly Entitlement[];
  /** How many parents it names, including those that the API does not return. */
  readonly parentCount: number;
  /** The parents that are known. */
  readonly parents: readonly RuleParent[];
  /** The integrations of its grants (REST `integrations`); null: unknown, as for a proposed version, and not checked. */
  readonly integrations: readonly string[] | null;
  /** Distinct grants, direct and inherited; null: unknown, and only direct ones are counted. */
  readonly effectiveCount: number | null;
  /** The policies chosen for the profile and its version; null: none. */
  readonly accessRequestPolicyIds: readonly (string | null)[];
}

/**
 * The rules of its type that a profile breaks, in the order of API notes §6.3; one entry per rule.
 *
 * Where the API's notes leave a rule open: `max_entitlements` counts effective grants (the API's Business Role example limits a
 * type that can only inherit); `require_single_datasource` looks at direct grants and `require_single_integration` at the
 * profile's own `integrations`, so inheriting across sources breaks neither. Not checked, since their meaning is unknown or the
 * API applies them itself: `integrations` and `enabled` of the type, name prefix and transformer, sync period, and how a type's
 * own rules fit together. O(entitlements + parents).
 */
export function typeRuleViolations(subject: RuleSubject, type: ProfileType | null): RuleViolation[] {
  if (type === null) {
    if (subject.typeId === null) return [];
    return [{ rule: 'profile_type', description: `its type ${subject.typeId} is not among the types the API returns` }];
  }
  const typeName = quoted(type.name, type.typeId);
  const violations: RuleViolation[] = [];
  const check = (rule: string, broken: boolean, description: () => string): void => {
    if (broken) violations.push({ rule, description: description() });
  };
  const direct = new Set(subject.entitlements.map(entitlementKey)).size;
  const { parentCount } = subject;

  check('allow_inherit_entities', !type.allowInheritEntities && parentCount > 0, () => {
    return `type ${typeName} does not allow inheritance, but it inherits from ${counted(parentCount, 'profile')}`;
  });
  const strangers = type.allowInheritEntities ? wrongTypes(subject.parents, type) : [];
  check('allow_inherited_from_types', strangers.length > 0, () => {
    return `type ${typeName} does not allow inheriting from the type of ${listed(strangers)}`;
  });
  check('allow_create_relationships', !type.allowCreateRelationships && direct > 0, () => {
    return `type ${typeName} does not allow direct grants, but it holds ${direct}`;
  });
  const datasources = new Set(subject.entitlements.map(({ datasourceId }) => datasourceId)).size;
  check('require_single_datasource', type.requireSingleDatasource && datasources > 1, () => {
    return `type ${typeName} requires one data source, but its direct grants come from ${datasources}`;
  });
  const integrations = [...new Set(subject.integrations)];
  check('require_single_integration', type.requireSingleIntegration && integrations.length > 1, () => {
    return `type ${typeName} requires one integration, but it has ${integrations.length}: ${listed(integrations)}`;
  });
  const count = Math.max(subject.effectiveCount ?? 0, direct);
  // The API writes no limit as null or as 0.
  const limit = type.maxEntitlements || Number.POSITIVE_INFINITY;
  check('max_entitlements', count > limit, () => {
    const inherited = count > direct ? ` (${direct} direct, ${count - direct} only inherited)` : '';
    return `type ${typeName} allows ${counted(limit, 'grant')}, but it has ${count}${inherited}`;
  });
  check('no_entitlements', type.noEntitlements && direct + parentCount > 0, () => {
    const held = `holds ${counted(direct, 'grant')} and inherits from ${counted(parentCount, 'profile')}`;
    return `type ${typeName} is for the application connection only, but it ${held}`;
  });
  const policies = new Set(subject.accessRequestPolicyIds.filter((id) => id !== null && id !== ''));
  policies.delete(type.accessRequestPolicyId);
  const fixedPolicy = type.accessRequestPolicyId !== null && !type.allowOverwriteOfAccessRequestPolicy;
  check('allow_overwrite_of_access_request_policy', fixedPolicy && policies.size > 0, () => {
    return `type ${typeName} prescribes an access request policy, but it has another one`;
  });
  return violations;
}

function wrongTypes(parents: readonly RuleParent[], { allowInheritedFromTypeIds }: ProfileType): string[] {
  if (allowInheritedFromTypeIds.length === 0) return [];
  const allowed = new Set(allowInheritedFromTypeIds);
  return parents
    .filter(({ typeId }) => typeId !== null && !allowed.has(typeId))
    .map(({ name, profileId }) => quoted(name, profileId));
}

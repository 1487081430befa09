import { type Entitlement, entitlementKey } from '../../model/entitlement.ts';
import type { Profile } from '../../model/profile.ts';
import type { ProfileType } from '../../model/profile-type.ts';
import { counted, listed, quoted } from './findings/finding.ts';

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
  const check = (rule: string, applies: boolean, broken: () => string | false): void => {
    const description = applies && broken();
    if (description) violations.push({ rule, description });
  };
  const directCount = () => new Set(subject.entitlements.map(entitlementKey)).size;

  check('allow_inherit_entities', !type.allowInheritEntities, () => {
    const parents = counted(subject.parentCount, 'profile');
    return subject.parentCount > 0 && `type ${typeName} does not allow inheritance, but it inherits from ${parents}`;
  });
  check('allow_inherited_from_types', type.allowInheritEntities && type.allowInheritedFromTypeIds.length > 0, () => {
    const strangers = wrongTypes(subject.parents, type);
    return strangers.length > 0 && `type ${typeName} does not allow inheriting from the type of ${listed(strangers)}`;
  });
  check('allow_create_relationships', !type.allowCreateRelationships, () => {
    const direct = directCount();
    return direct > 0 && `type ${typeName} does not allow direct grants, but it holds ${direct}`;
  });
  check('require_single_datasource', type.requireSingleDatasource, () => {
    const datasources = new Set(subject.entitlements.map(({ datasourceId }) => datasourceId)).size;
    return (
      datasources > 1 && `type ${typeName} requires one data source, but its direct grants come from ${datasources}`
    );
  });
  check('require_single_integration', type.requireSingleIntegration, () => {
    const integrations = [...new Set(subject.integrations)];
    return (
      integrations.length > 1 &&
      `type ${typeName} requires one integration, but it has ${integrations.length}: ${listed(integrations)}`
    );
  });
  // The API writes no limit as null or as 0.
  const limit = type.maxEntitlements || Number.POSITIVE_INFINITY;
  check('max_entitlements', limit < Number.POSITIVE_INFINITY, () => {
    const direct = directCount();
    const count = Math.max(subject.effectiveCount ?? 0, direct);
    const inherited = count > direct ? ` (${direct} direct, ${count - direct} only inherited)` : '';
    return count > limit && `type ${typeName} allows ${counted(limit, 'grant')}, but it has ${count}${inherited}`;
  });
  check('no_entitlements', type.noEntitlements, () => {
    const [direct, { parentCount }] = [directCount(), subject];
    const held = `holds ${counted(direct, 'grant')} and inherits from ${counted(parentCount, 'profile')}`;
    return direct + parentCount > 0 && `type ${typeName} is for the application connection only, but it ${held}`;
  });
  const fixedPolicy = type.accessRequestPolicyId !== null && !type.allowOverwriteOfAccessRequestPolicy;
  check('allow_overwrite_of_access_request_policy', fixedPolicy, () => {
    const policies = new Set(subject.accessRequestPolicyIds.filter((id) => id !== null && id !== ''));
    policies.delete(type.accessRequestPolicyId);
    return policies.size > 0 && `type ${typeName} prescribes an access request policy, but it has another one`;
  });
  return violations;
}

function wrongTypes(parents: readonly RuleParent[], { allowInheritedFromTypeIds }: ProfileType): string[] {
  const allowed = new Set(allowInheritedFromTypeIds);
  return parents
    .filter(({ typeId }) => typeId !== null && !allowed.has(typeId))
    .map(({ name, profileId }) => quoted(name, profileId));
}

import type { Hierarchy } from '../inheritance/graph/hierarchy.ts';
import type { CreateProfileInput } from '../model/change-input.ts';
import { entitlementKey } from '../model/entitlement.ts';
import { directEntitlements, directParentIds, type Profile } from '../model/profile.ts';
import { isSameSet } from '../model/same-set.ts';
import type { PlannedChange } from './planned-changes.ts';
import { mayRuleNames } from './profile.ts';

interface Named {
  readonly profile: Profile;
  readonly name: string;
}

/**
 * Finds the profiles that a list has created before it stopped: one of the same type and name, with every value that the list
 * gives to it. Of what a later change of the list alters nothing is demanded, since that change may have been made or not.
 */
export class ExistingProfiles {
  readonly #hierarchy: Hierarchy;
  readonly #changes: readonly PlannedChange[];
  readonly #taken = new Set<string>();
  /** With names, which are decoded each time that they are read. */
  #byType: ReadonlyMap<string | null, readonly Named[]> | null = null;

  constructor(hierarchy: Hierarchy, changes: readonly PlannedChange[]) {
    this.#hierarchy = hierarchy;
    this.#changes = changes;
  }

  /** The profile that a change has created, each only once; null: there is none. */
  take(id: string, input: CreateProfileInput): Profile | null {
    const isRuled = mayRuleNames(this.#hierarchy.typeNamed(input.type));
    const later = laterValues(id, this.#changes);
    const isNamed = (name: string) =>
      [input.name, ...later.names].some((each) => (isRuled ? name.endsWith(each) : name === each));
    const twin = this.#ofType(input.type).find(
      ({ profile, name }) =>
        isNamed(name) && !this.#taken.has(profile.profileId) && holds(profile, input, later.fields),
    );
    if (twin === undefined) return null;
    this.#taken.add(twin.profile.profileId);
    return twin.profile;
  }

  #ofType(typeId: string): readonly Named[] {
    if (this.#byType === null) {
      const byType = new Map<string | null, Named[]>();
      for (const profile of this.#hierarchy.profiles) {
        const { typeId, name } = profile;
        const others = byType.get(typeId);
        if (others === undefined) byType.set(typeId, [{ profile, name }]);
        else others.push({ profile, name });
      }
      this.#byType = byType;
    }
    return this.#byType.get(typeId) ?? [];
  }
}

/** The fields of a created profile that later changes of the list alter, and the names that they give it. */
function laterValues(
  id: string,
  changes: readonly PlannedChange[],
): { readonly fields: ReadonlySet<string>; readonly names: readonly string[] } {
  const fields = new Set<string>();
  const names: string[] = [];
  for (const change of changes) {
    if (change.id !== id || change.kind === 'createAccessProfile') continue;
    for (const [field, value] of Object.entries(change.input)) {
      if (value !== undefined) fields.add(fieldOf[field] ?? field);
    }
    if (change.kind === 'updateAccessProfile' && change.input.name) names.push(change.input.name);
  }
  return { fields, names };
}

/** Members of the input of a version that change a list, and the list. */
const fieldOf: Readonly<Record<string, string>> = {
  addEntitlements: 'entitlements',
  removeEntitlements: 'entitlements',
  addInheritsFrom: 'inheritsFrom',
  removeInheritsFrom: 'inheritsFrom',
};

function holds(profile: Profile, input: CreateProfileInput, altered: ReadonlySet<string>): boolean {
  const version = profile.currentVersion;
  const { applicationSyncIdentityAction: action } = input;
  const values: Readonly<Record<string, () => boolean>> = {
    description: () => (profile.description ?? '') === (input.description ?? ''),
    state: () => profile.state === input.state,
    labels: () => isSameSet(profile.labels, input.labels ?? []),
    // The API may set others by itself.
    customProperties: () =>
      Object.entries(input.customProperties ?? {}).every(([key, value]) => profile.customProperties?.[key] === value),
    entitlements: () => {
      const asked = new Set(input.entitlements?.map(entitlementKey));
      const held = directEntitlements(profile);
      // A rule of the type may have created others.
      const others = held.filter((each) => !asked.delete(entitlementKey(each)));
      return asked.size === 0 && others.every(({ createdByAccessProfile }) => createdByAccessProfile === true);
    },
    inheritsFrom: () => isSameSet(directParentIds(profile), input.inheritsFrom ?? []),
    accessRequestPolicyId: () =>
      !input.accessRequestPolicyId ||
      [profile.accessRequestPolicyId, version?.accessRequestPolicyId].includes(input.accessRequestPolicyId),
    applicationDatasourceId: () =>
      !input.applicationDatasourceId || version?.applicationDatasourceId === input.applicationDatasourceId,
    applicationSyncIdentityAction: () =>
      !action ||
      (version?.applicationSyncIdentityAction?.policyId === action.policyId &&
        version.applicationSyncIdentityAction.name === action.name),
  };
  return Object.entries(values).every(([field, isHeld]) => altered.has(field) || isHeld());
}

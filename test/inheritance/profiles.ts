import { Hierarchy } from '../../src/inheritance/graph/hierarchy.ts';
import type { Profile } from '../../src/model/profile.ts';
import type { ProfileType } from '../../src/model/profile-type.ts';
import type { Version } from '../../src/model/version.ts';
import { entitlement, entitlementsOf, type World } from './arbitrary-graph.ts';

export function version(profileId: string, more: Partial<Version> = {}): Version {
  return {
    profileId,
    versionNumber: 1,
    state: 'PUBLISHED',
    entitlements: [],
    inheritsFromIds: [],
    memberIds: null,
    rbacId: null,
    accessRequestPolicyId: null,
    applicationDatasourceId: null,
    applicationSyncIdentityAction: null,
    createdAt: null,
    createdBy: null,
    updatedAt: null,
    publishedAt: null,
    publishedBy: null,
    ...more,
  };
}

export function profile(profileId: string, more: Partial<Profile> = {}): Profile {
  return {
    profileId,
    name: profileId.toUpperCase(),
    description: null,
    state: 'RUNNING',
    typeId: null,
    labels: [],
    integrations: [],
    providerIds: [],
    providerExternalIds: [],
    datasourceIds: [],
    usedByWorkflow: null,
    requestable: null,
    requireApprovalToStart: null,
    catalogItem: null,
    accessRequestPolicyId: null,
    customProperties: null,
    startedAt: null,
    startedBy: null,
    lastSyncedAt: null,
    lastSyncErrorMessage: null,
    lastSyncJobIds: null,
    syncAllowed: null,
    rbacId: null,
    profileTypeRbacId: null,
    identityCreatedBy: null,
    createdEntitlements: null,
    createdAt: null,
    createdBy: null,
    updatedAt: null,
    currentVersionNumber: 1,
    draftVersionNumber: null,
    currentVersion: version(profileId),
    inheritedIds: null,
    inheritedByIds: null,
    memberDetails: null,
    ...more,
  };
}

/** A type that allows everything. */
export function profileType(typeId: string, more: Partial<ProfileType> = {}): ProfileType {
  return {
    typeId,
    name: typeId,
    description: null,
    allowInheritEntities: true,
    allowInheritedFromTypeIds: [],
    allowCreateRelationships: true,
    requireSingleDatasource: false,
    requireSingleIntegration: false,
    addIntegrationPrefixToAccessProfileNames: false,
    maxEntitlements: null,
    createEntitlementBasedOnProfile: false,
    createEntitlements: [],
    noEntitlements: false,
    enabled: null,
    onCreateBehavior: null,
    instructions: null,
    timeBeforeSyncCheckInSeconds: null,
    accessRequestPolicyId: null,
    allowOverwriteOfAccessRequestPolicy: false,
    nameTransformer: null,
    removeEntitlementOnMemberUponUpdate: false,
    integrations: [],
    profilesCount: null,
    rbacId: null,
    createdAt: null,
    updatedAt: null,
    ...more,
  };
}

/** Profiles from lines such as `"a>b c"` (see `graphOf`) and the entity ids each holds. */
export function hierarchyOf(
  lines: readonly string[],
  held: Readonly<Record<string, readonly string[]>> = {},
): Hierarchy {
  return new Hierarchy(
    lines.map((line) => {
      const [id = '', parents = ''] = line.split('>');
      return profile(id, {
        currentVersion: version(id, {
          inheritsFromIds: parents.split(' ').filter((parent) => parent !== ''),
          entitlements: (held[id] ?? []).map((entityId) => entitlement(entityId)),
        }),
      });
    }),
  );
}

/** The profiles of a world. */
export function hierarchyOfWorld(world: World): Hierarchy {
  return new Hierarchy(
    world.nodes.map(({ id, parentIds }, node) =>
      profile(id, {
        currentVersion: version(id, { inheritsFromIds: parentIds, entitlements: entitlementsOf(world, node) }),
      }),
    ),
  );
}

import type { Fact, Facts } from './facts.ts';

/** What the gateway should answer of a record, put together by hand from the record alone. */

type Version = NonNullable<Fact['version']>;
type Entity = Version['entities_to_create_relationships_to'][number];

export const idOnly = (id: string) => ({ profileId: id });

export function expectedProfile({ record, version, ...fact }: Fact) {
  const catalog = record.catalog_item_info;
  return {
    __typename: 'AccessProfile',
    id: `AccessProfile:${record.id}`,
    profileId: record.id,
    name: record.name,
    description: record.description,
    state: record.state,
    labels: record.labels,
    integrations: fact.integrations,
    providerIds: fact.providerIds,
    providerExternalIds: fact.providerExternalIds,
    datasourceIds: fact.datasourceIds,
    usedByWorkflow: record.used_by_workflow,
    requestable: record.requestable,
    requireApprovalToStart: record.require_approval_to_start,
    accessRequestPolicyId: version?.access_request_policy_id || null,
    customProperties: record.custom_properties,
    catalogItem: catalog && {
      name: catalog.name,
      description: catalog.description,
      markdownDescription: catalog.markdown_description,
      icon: catalog.icon,
      recommended: catalog.recommended,
    },
    startedAt: record.started_at,
    startedBy: record.started_by || null,
    lastSyncedAt: record.last_synced_at,
    lastSyncErrorMessage: record.last_sync_error_message || null,
    createdAt: record.created_at,
    createdBy: record.created_by || null,
    updatedAt: record.updated_at,
    currentVersionNumber: record.current_version_number || null,
    draftVersionNumber: record.draft_version_number || null,
    entitlements: entitiesOf(version).map(expectedEntitlement),
  };
}

function expectedEntitlement(entity: Entity) {
  return {
    entityType: entity.entity_type,
    datasourceId: entity.datasource_id,
    entityId: entity.entity_id,
    assignedToEntityType: entity.assigned_to_entity_type ?? null,
    assignedToEntityId: entity.assigned_to_entity_id ?? null,
    grantBy: entity.grant_by ?? null,
    createdByAccessProfile: entity.created_by_access_profile ?? false,
    customProperties: entity.custom_properties ?? {},
    syncIdentityAction: policyAction(entity.sync_identity_action ?? null),
    condition: entity.condition
      ? { type: entity.condition.type, conditionString: entity.condition.condition_string }
      : null,
  };
}

export function expectedExtraInfo({ record, version }: Fact, { world }: Facts) {
  return {
    profileId: record.id,
    entitlements: entitiesOf(version).map((entity) => {
      const source = world.datasources?.find(({ id }) => id === entity.datasource_id);
      return {
        entityId: entity.entity_id,
        entityName: entity.entity_name ?? null,
        nativeId: entity.native_id ?? null,
        providerId: source?.provider_id ?? null,
        providerExternalId: source?.provider_external_id ?? null,
      };
    }),
  };
}

export function expectedInheritance({ record, parents }: Fact, facts: Facts) {
  const known = parents.filter(facts.has);
  return {
    profileId: record.id,
    type: facts.types.flatMap(({ id, name }) => (id === record.profile_type ? [{ typeId: id, name }] : []))[0] ?? null,
    inheritsFrom: known.map((id) => ({
      profileId: id,
      inheritsFrom: facts.profile(id).parents.filter(facts.has).map(idOnly),
    })),
    missingParentIds: parents.filter((id) => !facts.has(id)),
    inheritedBy: facts.childrenOf(record.id).map(idOnly),
  };
}

export function expectedVersion({ record, version, parents }: Fact, facts: Facts) {
  const members = (version?.members ?? []).map((member) => ({
    identityId: member.identity_id,
    identityName: facts.identityName(member.identity_id),
    workflow: member.workflow || null,
  }));
  return {
    profileId: record.id,
    members,
    currentVersion: version && {
      __typename: 'AccessProfileVersion',
      id: `AccessProfileVersion:${record.id}:${version.version_number}`,
      versionNumber: version.version_number,
      state: version.state,
      accessProfile: { profileId: record.id, name: record.name },
      entitlements: entitiesOf(version).map(expectedEntitlement),
      inheritsFrom: parents.filter(facts.has).map(idOnly),
      members,
      accessRequestPolicyId: version.access_request_policy_id || null,
      applicationDatasourceId: version.application_datasource_id || null,
      applicationSyncIdentityAction: policyAction(version.application_sync_identity_action),
      createdAt: version.created_at,
      createdBy: version.created_by || null,
      updatedAt: version.updated_at,
      publishedAt: version.published_at,
      publishedBy: version.published_by || null,
    },
  };
}

export function expectedType(type: Facts['types'][number], facts: Facts) {
  const own = facts.all.filter(({ record }) => record.profile_type === type.id);
  const known = facts.types.filter(({ id }) => type.allow_inherited_from_types.includes(id));
  return {
    __typename: 'AccessProfileType',
    id: `AccessProfileType:${type.id}`,
    typeId: type.id,
    name: type.name,
    description: type.description,
    allowInheritEntities: type.allow_inherit_entities,
    allowInheritedFromTypes: type.allow_inherited_from_types.flatMap((id) =>
      known.filter((it) => it.id === id).map(({ name }) => ({ typeId: id, name })),
    ),
    allowInheritedFromTypeIds: type.allow_inherited_from_types,
    allowCreateRelationships: type.allow_create_relationships,
    requireSingleDatasource: type.require_single_datasource,
    requireSingleIntegration: type.require_single_integration,
    addIntegrationPrefixToAccessProfileNames: type.add_integration_prefix_to_access_profile_names,
    maxEntitlements: type.max_entitlements,
    createEntitlementBasedOnProfile: type.create_entitlement_based_on_profile,
    createEntitlements: type.create_entitlements.map((it) => ({
      datasourceId: it.datasource_id,
      entityType: it.entity_type,
      attributeTransformers: (it.attribute_transformers?.values ?? []).map(expectedTransformer),
      addMemberCondition: it.add_member_condition && {
        type: it.add_member_condition.type,
        conditionString: it.add_member_condition.condition_string,
      },
    })),
    noEntitlements: type.no_entitlements,
    enabled: type.enabled,
    instructions: type.instructions,
    timeBeforeSyncCheckInSeconds: type.time_before_sync_check_in_seconds,
    accessRequestPolicyId: type.access_request_policy_id,
    allowOverwriteOfAccessRequestPolicy: type.allow_overwrite_of_access_request_policy,
    nameTransformer: type.name_transformer && expectedTransformer(type.name_transformer),
    removeEntitlementOnMemberUponUpdate: type.remove_entitlement_on_member_upon_update,
    integrations: type.integrations,
    profilesCount: own.length,
    createdAt: type.created_at,
    updatedAt: type.updated_at,
    accessProfiles: {
      nodes: own.slice(0, 4).map(({ record }) => idOnly(record.id)),
      totalCount: own.length,
      pageInfo: { hasNextPage: own.length > 4, hasPreviousPage: false },
    },
    sensitive: {
      nodes: own
        .filter(({ record }) => record.labels.some((label) => label === 'sensitive' || label === 'requestable'))
        .map(({ record }) => idOnly(record.id)),
    },
  };
}

function expectedTransformer(transformer: NonNullable<Facts['types'][number]['name_transformer']>) {
  return {
    destinationAttribute: transformer.destination_attribute,
    destinationValueFormatter: transformer.destination_value_formatter,
    continuousSync: transformer.continuous_sync,
    additionalValueFormatter: transformer.additional_value_formatter,
    pipelineFunctions: transformer.pipeline_functions,
    uniqueIdentifier: transformer.unique_identifier,
  };
}

function entitiesOf(version: Version | null): readonly Entity[] {
  return version?.entities_to_create_relationships_to ?? [];
}

function policyAction(action: { readonly policy_id: string; readonly name: string } | null) {
  return action && { policyId: action.policy_id, name: action.name };
}

/** The questions that the cases ask. */

const entitlement = `
  entityType datasourceId entityId assignedToEntityType assignedToEntityId grantBy createdByAccessProfile customProperties
  syncIdentityAction { policyId name } condition { type conditionString }`;

export const everyField = `
  query Everything {
    accessProfiles(first: 500) {
      nodes {
        __typename id profileId name description state labels integrations providerIds providerExternalIds datasourceIds
        usedByWorkflow requestable requireApprovalToStart accessRequestPolicyId customProperties
        catalogItem { name description markdownDescription icon recommended }
        startedAt startedBy lastSyncedAt lastSyncErrorMessage createdAt createdBy updatedAt
        currentVersionNumber draftVersionNumber
        entitlements { ${entitlement} }
      }
      edges { node { profileId } }
      pageInfo { hasNextPage hasPreviousPage }
      scimFilter totalCount
    }
  }`;

export const extraInfo = `
  query ExtraInfo {
    accessProfiles(first: 500) {
      nodes { profileId entitlements { entityId entityName nativeId providerId providerExternalId } }
    }
  }`;

export const inheritance = `
  query Inheritance {
    accessProfiles(first: 500) {
      nodes {
        profileId type { typeId name }
        inheritsFrom { profileId inheritsFrom { profileId } } missingParentIds
        inheritedBy { profileId }
      }
    }
  }`;

export const versions = `
  query Versions($ids: [ID!]) {
    accessProfiles(filter: { id: { in: $ids } }, first: 20) {
      nodes {
        profileId members { identityId identityName workflow }
        currentVersion {
          __typename id versionNumber state accessProfile { profileId name }
          entitlements { ${entitlement} }
          inheritsFrom { profileId } members { identityId identityName workflow }
          accessRequestPolicyId applicationDatasourceId applicationSyncIdentityAction { policyId name }
          createdAt createdBy updatedAt publishedAt publishedBy
        }
      }
    }
  }`;

const transformer = `destinationAttribute destinationValueFormatter continuousSync additionalValueFormatter pipelineFunctions uniqueIdentifier`;

export const types = `
  query Types {
    accessProfileTypes {
      nodes {
        __typename id typeId name description allowInheritEntities allowInheritedFromTypes { typeId name } allowInheritedFromTypeIds
        allowCreateRelationships requireSingleDatasource requireSingleIntegration addIntegrationPrefixToAccessProfileNames
        maxEntitlements createEntitlementBasedOnProfile
        createEntitlements {
          datasourceId entityType attributeTransformers { ${transformer} } addMemberCondition { type conditionString }
        }
        noEntitlements enabled instructions timeBeforeSyncCheckInSeconds accessRequestPolicyId
        allowOverwriteOfAccessRequestPolicy nameTransformer { ${transformer} } removeEntitlementOnMemberUponUpdate
        integrations profilesCount createdAt updatedAt
        accessProfiles(first: 4) { nodes { profileId } totalCount pageInfo { hasNextPage hasPreviousPage } }
        sensitive: accessProfiles(filter: { labels: { hasAny: ["sensitive", "requestable"] } }) { nodes { profileId } }
      }
      pageInfo { hasNextPage }
    }
  }`;

export const openEnums = `
  query OpenEnums {
    accessProfileTypes { nodes { onCreateBehavior } }
    accessProfile(id: "with-draft") { members { createdFrom } }
  }`;

export const byId = `
  query ById($id: ID!) {
    accessProfile(id: $id) { profileId name }
    node(id: $id) { __typename id }
  }`;

export const nodes = `
  query Nodes($ids: [ID!]!) {
    nodes(ids: $ids) {
      __typename id
      ... on AccessProfile { name }
      ... on AccessProfileType { name }
      ... on AccessProfileVersion { versionNumber accessProfile { name } }
    }
  }`;

/** Lists by some filters, two of each: `few0`, `all0`, `few1`, …; variables `filter0`, `scimFilter0`, `filter1`, … */
export const filtered = (count: number) => {
  const indices = Array.from({ length: count }, (_, i) => i);
  const variables = indices.map((i) => `$filter${i}: AccessProfileFilter, $scimFilter${i}: String`);
  const lists = indices.map(
    (i) => `few${i}: accessProfiles(filter: $filter${i}, scimFilter: $scimFilter${i}, first: 2) {
      nodes { profileId } pageInfo { hasNextPage }
    }
    all${i}: accessProfiles(filter: $filter${i}, scimFilter: $scimFilter${i}, first: 500) {
      nodes { profileId } pageInfo { hasNextPage } totalCount
    }`,
  );
  return `query Filtered(${variables.join(', ')}) { ${lists.join(' ')} }`;
};

export const slice = `
  query Slice($filter: AccessProfileFilter, $first: Int, $after: String) {
    accessProfiles(filter: $filter, first: $first, after: $after) {
      edges { cursor node { profileId } }
      pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
    }
  }`;

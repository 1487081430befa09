/** What "Open as a query" opens. */
export const profileQuery = `query ProfileInFull($id: ID!) {
  accessProfile(id: $id) {
    id
    name
    description
    state
    labels
    integrations
    type { name }
    inheritsFrom { id name state type { name } }
    inheritedBy { id name state type { name } }
    entitlements { entityType datasourceId entityId entityName }
    effectiveEntitlements {
      direct
      entitlement { entityType datasourceId entityId entityName }
      grantedBy { id name }
    }
    members { identityId identityName createdFrom }
  }
}
`;

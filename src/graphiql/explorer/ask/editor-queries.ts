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

/** What “As a mutation…” opens: one field for each profile that changes. */
export function dryRunMutation(count: number): string {
  const numbers = Array.from({ length: count }, (_item, index) => index + 1);
  const variables = numbers.map((number) => `$input${number}: UpdateAccessProfileVersionInput!`).join(', ');
  const fields = numbers.map(
    (number) => `  change${number}: updateAccessProfileVersion(input: $input${number}) { ...Preview }`,
  );
  return `mutation DryRunVersionChanges(${variables}) {
${fields.join('\n')}
}

fragment Preview on UpdateAccessProfileVersionResult {
  ... on UpdateAccessProfileVersionPayload {
    preview {
      affectedProfiles {
        profile { id name type { name } }
        gained { entityType entityId entityName }
        lost { entityType entityId entityName }
      }
      violations { rule description }
    }
  }
  ... on InvalidInputError { fields { field description } }
  ... on Error { message }
}
`;
}

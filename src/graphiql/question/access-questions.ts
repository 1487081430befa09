import type { Question } from './question.ts';

export const accessQuestions: readonly Question[] = [
  {
    title: 'Effective access of one profile',
    explains: 'Every entitlement it has, direct or inherited, and through which profiles each one comes.',
    query: `query EffectiveAccess($id: ID!) {
  accessProfile(id: $id) {
    id
    name
    state
    type { name }
    effectiveEntitlements {
      direct
      entitlement { entityType datasourceId entityId }
      grantedBy { id name }
      # One shortest path to each profile that grants it.
      paths { id name state type { name } }
    }
  }
}
`,
    variables: ({ profileId }) => ({ id: profileId }),
  },
  {
    title: 'Who grants this entity?',
    explains:
      'The profiles that grant an entity, directly or by inheritance, and whether any profile knows the entity.',
    query: `query WhoGrants($entity: EntityRefInput!, $includeInherited: Boolean!) {
  # null: no profile grants an entity with this id. Check the id before you read the empty list as "nobody".
  entity(ref: $entity) { id entityType }
  accessProfilesGranting(entity: $entity, includeInherited: $includeInherited) {
    id
    name
    state
    type { name }
    inheritsFrom { id name state type { name } }
  }
}
`,
    variables: ({ entity }) => ({ entity, includeInherited: true }),
  },
  {
    title: 'Who is in this profile?',
    explains: 'Its members, and the entitlements of its current version.',
    query: `query Members($id: ID!) {
  accessProfile(id: $id) {
    id
    name
    members { identityId identityName createdFrom }
    entitlements { entityType datasourceId entityId entityName }
  }
}
`,
    variables: ({ profileId }) => ({ id: profileId }),
  },
  {
    title: 'Compare two profiles',
    explains: 'What both grant in the end, what only one of them grants, and the profiles that both inherit from.',
    query: `query Compare($a: ID!, $b: ID!) {
  compareAccessProfiles(a: $a, b: $b) {
    a { id name }
    b { id name }
    shared { entityType datasourceId entityId }
    onlyA { entityType datasourceId entityId }
    onlyB { entityType datasourceId entityId }
    sharedAncestors { id name state type { name } }
  }
}
`,
    variables: ({ profileId, otherId }) => ({ a: profileId, b: otherId }),
  },
];

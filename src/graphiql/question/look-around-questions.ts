import type { Question } from './question.ts';

export const lookAroundQuestions: readonly Question[] = [
  {
    title: 'Browse profiles',
    explains: 'The first 25 profiles with their type, state, labels and parents.',
    query: `query BrowseProfiles($first: Int!, $after: String) {
  accessProfiles(first: $first, after: $after) {
    nodes {
      id
      name
      state
      labels
      integrations
      type { name }
      inheritsFrom { id name }
    }
    # For the next page, put endCursor into the variable "after".
    pageInfo { hasNextPage endCursor }
  }
}
`,
    variables: () => ({ first: 25 }),
  },
  {
    title: 'Filter by label and integration',
    explains: 'Profiles that carry a label and belong to an integration, and the SCIM filter that was sent for it.',
    query: `query ProfilesWithLabel($label: String!, $integration: String!) {
  accessProfiles(
    filter: { labels: { has: $label }, integrations: { has: $integration } }
    first: 50
  ) {
    scimFilter
    nodes {
      id
      name
      state
      labels
      integrations
      type { name }
      inheritsFrom { id name }
    }
    pageInfo { hasNextPage endCursor }
  }
}
`,
    variables: ({ label, integration }) => ({ label, integration }),
  },
  {
    title: 'Find a profile by name',
    explains: 'Profiles whose name contains a word, with what they directly grant.',
    query: `query ProfilesByName($word: String!) {
  accessProfiles(filter: { name: { contains: $word } }, first: 25) {
    nodes {
      id
      name
      description
      state
      type { name }
      entitlements { entityType datasourceId entityId }
      inheritsFrom { id name }
    }
  }
}
`,
    variables: ({ profileName }) => ({ word: profileName }),
  },
  {
    title: 'Profile types and their rules',
    explains: 'Which types there are, and which may inherit from which.',
    query: `query ProfileTypes {
  accessProfileTypes(first: 50) {
    nodes {
      id
      name
      description
      allowInheritEntities
      allowInheritedFromTypes { name }
      maxEntitlements
      profilesCount
    }
  }
}
`,
  },
];

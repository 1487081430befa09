import type { Question } from './question.ts';

export const inheritanceQuestions: readonly Question[] = [
  {
    title: 'Parents and children of one profile',
    explains: 'Its direct neighbours, two steps up and one down.',
    query: `query ParentsAndChildren($id: ID!) {
  accessProfile(id: $id) {
    id
    name
    state
    type { name }
    inheritsFrom {
      id
      name
      state
      type { name }
      inheritsFrom { id name state type { name } }
    }
    inheritedBy { id name state type { name } }
  }
}
`,
    variables: ({ profileId }) => ({ id: profileId }),
  },
  {
    title: 'The graph around one profile',
    explains: 'Everything it inherits from and everything that inherits from it, with cycles and missing parents.',
    query: `query GraphAroundProfile($roots: [ID!]!, $maxDepth: Int) {
  inheritanceGraph(roots: $roots, direction: BOTH, maxDepth: $maxDepth) {
    nodes { id name state labels type { name } }
    edges { child { id } parent { id } }
    cycles { id name }
    missingProfileIds
    depth
    truncated
    asOf
  }
}
`,
    variables: ({ profileId }) => ({ roots: [profileId], maxDepth: 10 }),
  },
  {
    title: 'The whole inheritance graph',
    explains: 'Every profile and every parent. Large tenants: give it a filter.',
    query: `query WholeGraph($filter: AccessProfileFilter) {
  inheritanceGraph(filter: $filter) {
    nodes { id name state labels type { name } }
    edges { child { id } parent { id } }
    cycles { id name }
    missingProfileIds
    depth
    truncated
  }
}
`,
    variables: () => ({ filter: null }),
  },
  {
    title: 'What breaks if this profile changes?',
    explains: 'Every profile that inherits from it, nearest first.',
    query: `query WhatBreaks($id: ID!) {
  accessProfile(id: $id) {
    id
    name
    state
    type { name }
    descendants {
      depth
      profile { id name state type { name } inheritsFrom { id name } }
    }
  }
}
`,
    variables: ({ heirsOfId }) => ({ id: heirsOfId }),
  },
  {
    title: 'Findings',
    explains:
      'What is wrong or wasteful: cycles, missing and redundant parents, duplicate entitlements, broken type rules.',
    query: `query Findings($kinds: [InheritanceFindingKind!]) {
  inheritanceFindings(kinds: $kinds) {
    kind
    message
    profiles { id name state type { name } inheritsFrom { id name } }
  }
}
`,
    variables: () => ({ kinds: null }),
  },
  {
    title: 'Unused profiles',
    explains: 'Profiles without members and children that no lifecycle policy uses. Large tenants: give it a filter.',
    query: `query UnusedProfiles($filter: AccessProfileFilter) {
  inheritanceFindings(kinds: [UNUSED_PROFILE], filter: $filter) {
    message
    profiles { id name state type { name } }
  }
}
`,
    variables: () => ({ filter: null }),
  },
  {
    title: 'Who breaks a rule of separation?',
    explains: 'Profiles that grant what nobody may hold together, and people who hold it through several profiles.',
    query: `query SeparationOfDuties {
  separationRules { name description enforce }
  inheritanceFindings(kinds: [SEPARATION_VIOLATION], includePeople: true) {
    message
    identityId
    identityName
    separationRule { name }
    entitlements { entityType datasourceId entityId }
    profiles { id name state type { name } }
  }
}
`,
  },
];

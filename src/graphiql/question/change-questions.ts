import type { Question } from './question.ts';

export const changeQuestions: readonly Question[] = [
  {
    title: 'Dry-run a version change',
    explains:
      'What removing a parent would do to the entitlements of this profile and of all below it. Changes nothing.',
    query: `mutation DryRunVersionChange($input: UpdateAccessProfileVersionInput!) {
  updateAccessProfileVersion(input: $input) {
    ... on UpdateAccessProfileVersionPayload {
      preview {
        addedEntitlements { entityType datasourceId entityId }
        removedEntitlements { entityType datasourceId entityId }
        affectedProfiles {
          profile { id name state type { name } inheritsFrom { id name } }
          gained { entityType entityId }
          lost { entityType entityId }
        }
        violations { rule description }
      }
    }
    ... on RuleViolationError { violations { rule description } }
    ... on InvalidInputError { fields { field description } }
    ... on Error { message }
  }
}
`,
    variables: ({ profileId, parentId }) => ({
      input: { id: profileId, removeInheritsFrom: [parentId], dryRun: true },
    }),
  },
  {
    title: 'Move a profile to another parent',
    explains: 'What a list of changes would do to profiles, people, rules and findings. Changes nothing.',
    query: `query Simulate($changes: [AccessProfileChangeInput!]!) {
  simulateAccessProfileChanges(changes: $changes) {
    affectedProfiles {
      profile { id name }
      gained { entityType entityId }
      lost { entityType entityId }
    }
    affectedMembers { identityName gained { entityId } lost { entityId } }
    violations { rule description }
    newFindings { kind message }
    resolvedFindings { kind message }
    # Pass it to applyAccessProfileChanges with the same list.
    fingerprint
  }
}
`,
    variables: ({ profileId, parentId, otherId }) => ({
      changes: [{ updateVersion: { id: profileId, removeInheritsFrom: [parentId], addInheritsFrom: [otherId] } }],
    }),
  },
  {
    title: 'May these two be held together?',
    explains: 'Rules of separation that somebody with both profiles would break. Changes nothing.',
    query: `query HeldTogether($changes: [AccessProfileChangeInput!]!) {
  separationRules { name }
  # One profile inherits from the other here: its findings are those of somebody who holds both.
  simulateAccessProfileChanges(changes: $changes) {
    newFindings(includePeople: true) {
      kind
      message
      identityName
      separationRule { name }
      entitlements { entityType entityId }
    }
  }
}
`,
    variables: ({ profileId, otherId }) => ({
      changes: [{ updateVersion: { id: profileId, addInheritsFrom: [otherId] } }],
    }),
  },
  {
    title: 'Add labels to a profile',
    explains: 'Writes: runs only when you press the run button.',
    query: `mutation AddLabels($input: ChangeAccessProfileLabelsInput!) {
  addAccessProfileLabels(input: $input) {
    ... on ChangeAccessProfileLabelsPayload { accessProfile { id name labels } }
    ... on InvalidInputError { fields { field description } }
    ... on Error { message }
  }
}
`,
    variables: ({ profileId }) => ({ input: { id: profileId, labels: ['reviewed'] } }),
  },
  {
    title: 'Replace the labels of a profile',
    explains: 'Writes the whole list, as the REST API does: runs only when you press the run button.',
    query: `mutation SetLabels($input: SetAccessProfileLabelsInput!) {
  setAccessProfileLabels(input: $input) {
    ... on SetAccessProfileLabelsPayload { accessProfile { id name labels } }
    ... on InvalidInputError { fields { field description } }
    ... on Error { message }
  }
}
`,
    variables: ({ profileId, label }) => ({ input: { id: profileId, labels: [label] } }),
  },
];

/** What the views of a page show of a profile: also what follows from other profiles. */
const shown = `fragment view_shown on AccessProfile {
  id profileId name description state labels customProperties datasourceIds requireApprovalToStart updatedAt
  currentVersionNumber draftVersionNumber memberCount
  catalogItem { name description recommended }
  type { id name }
  entitlements { datasourceId entityType entityId condition { type conditionString } entity { id entityType } }
  inheritsFrom { id name }
  inheritedBy { id }
  members { identityId identityName }
  effectiveEntitlements { direct entitlement { entityId } grantedBy { id } }
  currentVersion { id versionNumber state updatedAt entitlements { entityId } inheritsFrom { id } members { identityId } }
}`;

const change = (name: string, field: string, input: string, payload: string, selection: string) =>
  `mutation view${name}Mutation($input: ${input}!) {
  result: ${field}(input: $input) { __typename ... on ${payload} { ${selection} } }
}`;
const profile = 'accessProfile { ...view_shown }';

/** The operations of a page, by name. */
export const documents = {
  one: 'query viewOneQuery($id: ID!) { accessProfile(id: $id) { ...view_shown } }',
  list: 'query viewListQuery { accessProfiles(first: 100) { nodes { ...view_shown } } }',
  filtered: 'query viewFilteredQuery { accessProfiles(filter: { labels: { has: "a" } }) { nodes { id name labels } } }',
  nodes: 'query viewNodesQuery($ids: [ID!]!) { nodes(ids: $ids) { id ... on AccessProfile { name labels state } } }',
  setLabels: change(
    'SetLabels',
    'setAccessProfileLabels',
    'SetAccessProfileLabelsInput',
    'SetAccessProfileLabelsPayload',
    profile,
  ),
  addLabels: change(
    'AddLabels',
    'addAccessProfileLabels',
    'ChangeAccessProfileLabelsInput',
    'ChangeAccessProfileLabelsPayload',
    profile,
  ),
  removeLabels: change(
    'RemoveLabels',
    'removeAccessProfileLabels',
    'ChangeAccessProfileLabelsInput',
    'ChangeAccessProfileLabelsPayload',
    profile,
  ),
  labelMany: change(
    'LabelMany',
    'labelAccessProfiles',
    'LabelAccessProfilesInput',
    'LabelAccessProfilesPayload',
    `results { profileId ${profile} }`,
  ),
  update: change('Update', 'updateAccessProfile', 'UpdateAccessProfileInput', 'UpdateAccessProfilePayload', profile),
  // All that it changes elsewhere: what its descendants have, and from whom; and the children of its parents.
  updateVersion: change(
    'UpdateVersion',
    'updateAccessProfileVersion',
    'UpdateAccessProfileVersionInput',
    'UpdateAccessProfileVersionPayload',
    'accessProfile { ...view_shown descendants { profile { ...view_shown } } } version { id state } changedParents { id inheritedBy { id } }',
  ),
  addMembers: change(
    'AddMembers',
    'addAccessProfileMembers',
    'ChangeAccessProfileMembersInput',
    'ChangeAccessProfileMembersPayload',
    profile,
  ),
  removeMembers: change(
    'RemoveMembers',
    'removeAccessProfileMembers',
    'ChangeAccessProfileMembersInput',
    'ChangeAccessProfileMembersPayload',
    profile,
  ),
  create: change(
    'Create',
    'createAccessProfile',
    'CreateAccessProfileInput',
    'CreateAccessProfilePayload',
    'accessProfile { ...view_shown inheritsFrom { inheritedBy { id } } }',
  ),
} as const satisfies Readonly<Record<string, string>>;

export type DocumentName = keyof typeof documents;
export type Variables = Readonly<Record<string, unknown>>;

/** The text of an operation with the fragment that it spreads. */
export function textOf(name: DocumentName): string {
  const text = documents[name];
  return text.includes('...view_shown') ? `${text}\n${shown}` : text;
}

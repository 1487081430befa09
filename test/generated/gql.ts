/* eslint-disable */
import * as types from './graphql.ts';



/**
 * Map of all GraphQL operations in the project.
 *
 * This map has several performance disadvantages:
 * 1. It is not tree-shakeable, so it will include all operations in the project.
 * 2. It is not minifiable, so the string of a GraphQL query will be multiple times inside the bundle.
 * 3. It does not support dead code elimination, so it will add unused operations.
 *
 * Therefore it is highly recommended to use the babel or swc plugin for production.
 * Learn more about it here: https://the-guild.dev/graphql/codegen/plugins/presets/preset-client#reducing-bundle-size
 */
type Documents = {
    "\n  query Around($roots: [ID!], $filter: AccessProfileFilter, $direction: InheritanceDirection, $maxDepth: Int) {\n    inheritanceGraph(roots: $roots, filter: $filter, direction: $direction, maxDepth: $maxDepth) {\n      nodes { profileId }\n      edges { child { profileId } parent { profileId } }\n      missingProfileIds\n      truncated\n    }\n  }\n": typeof types.AroundDocument,
    "\n  query Granting($entity: EntityRefInput!, $includeInherited: Boolean) {\n    accessProfilesGranting(entity: $entity, includeInherited: $includeInherited) { profileId }\n  }\n": typeof types.GrantingDocument,
    "\n  query AskEverything {\n    inheritanceGraph {\n      nodes { profileId }\n      edges { child { profileId } parent { profileId } }\n      cycles { profileId }\n      missingProfileIds\n      depth\n      truncated\n      truncatedBy\n    }\n    inheritanceFindings { kind message profiles { profileId } }\n  }\n": typeof types.AskEverythingDocument,
    "\n  query AskProfiles {\n    accessProfiles(first: 500) {\n      nodes {\n        profileId\n        ancestors { depth profile { profileId } }\n        parents: ancestors(maxDepth: 1) { depth profile { profileId } }\n        descendants { depth profile { profileId } }\n        children: descendants(maxDepth: 1) { depth profile { profileId } }\n        effectiveEntitlements {\n          direct\n          entitlement { datasourceId entityType entityId assignedToEntityType assignedToEntityId }\n          grantedBy { profileId }\n          paths { profileId }\n        }\n      }\n    }\n  }\n": typeof types.AskProfilesDocument,
    "\n  query AskPath($from: ID!, $to: ID!) {\n    accessProfile(id: $from) { inheritancePath(ancestor: $to) { profileId } }\n  }\n": typeof types.AskPathDocument,
    "\n  query ListWithParents {\n    accessProfiles(first: 50) {\n      nodes { name type { name } inheritsFrom { name type { name } } }\n    }\n  }\n": typeof types.ListWithParentsDocument,
    "\n  query AskPeople {\n    accessProfiles(first: 100) {\n      nodes {\n        profileId\n        effectiveMembers { identityId provisioned paths { profileId } }\n        people: effectiveMembers { identityId provisioned paths { profileId } identity { email } }\n      }\n    }\n  }\n": typeof types.AskPeopleDocument,
    "\n  query AskEntityPeople($ref: EntityRefInput!) {\n    entity(ref: $ref) { reachedBy { identityId provisioned paths { profileId } } }\n  }\n": typeof types.AskEntityPeopleDocument,
    "\n  query AskIdentity($id: ID!) {\n    identity(id: $id) {\n      accessProfiles { profileId accessProfile { profileId } }\n      effectiveEntitlements {\n        actual\n        provisioned\n        paths { profileId }\n        entitlement { datasourceId entityType entityId assignedToEntityId }\n      }\n      actualEntitlements { datasourceId entityType entityId grantedBy { profileId } }\n    }\n  }\n": typeof types.AskIdentityDocument,
};
const documents: Documents = {
    "\n  query Around($roots: [ID!], $filter: AccessProfileFilter, $direction: InheritanceDirection, $maxDepth: Int) {\n    inheritanceGraph(roots: $roots, filter: $filter, direction: $direction, maxDepth: $maxDepth) {\n      nodes { profileId }\n      edges { child { profileId } parent { profileId } }\n      missingProfileIds\n      truncated\n    }\n  }\n": types.AroundDocument,
    "\n  query Granting($entity: EntityRefInput!, $includeInherited: Boolean) {\n    accessProfilesGranting(entity: $entity, includeInherited: $includeInherited) { profileId }\n  }\n": types.GrantingDocument,
    "\n  query AskEverything {\n    inheritanceGraph {\n      nodes { profileId }\n      edges { child { profileId } parent { profileId } }\n      cycles { profileId }\n      missingProfileIds\n      depth\n      truncated\n      truncatedBy\n    }\n    inheritanceFindings { kind message profiles { profileId } }\n  }\n": types.AskEverythingDocument,
    "\n  query AskProfiles {\n    accessProfiles(first: 500) {\n      nodes {\n        profileId\n        ancestors { depth profile { profileId } }\n        parents: ancestors(maxDepth: 1) { depth profile { profileId } }\n        descendants { depth profile { profileId } }\n        children: descendants(maxDepth: 1) { depth profile { profileId } }\n        effectiveEntitlements {\n          direct\n          entitlement { datasourceId entityType entityId assignedToEntityType assignedToEntityId }\n          grantedBy { profileId }\n          paths { profileId }\n        }\n      }\n    }\n  }\n": types.AskProfilesDocument,
    "\n  query AskPath($from: ID!, $to: ID!) {\n    accessProfile(id: $from) { inheritancePath(ancestor: $to) { profileId } }\n  }\n": types.AskPathDocument,
    "\n  query ListWithParents {\n    accessProfiles(first: 50) {\n      nodes { name type { name } inheritsFrom { name type { name } } }\n    }\n  }\n": types.ListWithParentsDocument,
    "\n  query AskPeople {\n    accessProfiles(first: 100) {\n      nodes {\n        profileId\n        effectiveMembers { identityId provisioned paths { profileId } }\n        people: effectiveMembers { identityId provisioned paths { profileId } identity { email } }\n      }\n    }\n  }\n": types.AskPeopleDocument,
    "\n  query AskEntityPeople($ref: EntityRefInput!) {\n    entity(ref: $ref) { reachedBy { identityId provisioned paths { profileId } } }\n  }\n": types.AskEntityPeopleDocument,
    "\n  query AskIdentity($id: ID!) {\n    identity(id: $id) {\n      accessProfiles { profileId accessProfile { profileId } }\n      effectiveEntitlements {\n        actual\n        provisioned\n        paths { profileId }\n        entitlement { datasourceId entityType entityId assignedToEntityId }\n      }\n      actualEntitlements { datasourceId entityType entityId grantedBy { profileId } }\n    }\n  }\n": types.AskIdentityDocument,
};

/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Around($roots: [ID!], $filter: AccessProfileFilter, $direction: InheritanceDirection, $maxDepth: Int) {\n    inheritanceGraph(roots: $roots, filter: $filter, direction: $direction, maxDepth: $maxDepth) {\n      nodes { profileId }\n      edges { child { profileId } parent { profileId } }\n      missingProfileIds\n      truncated\n    }\n  }\n"): typeof import('./graphql.ts').AroundDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Granting($entity: EntityRefInput!, $includeInherited: Boolean) {\n    accessProfilesGranting(entity: $entity, includeInherited: $includeInherited) { profileId }\n  }\n"): typeof import('./graphql.ts').GrantingDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query AskEverything {\n    inheritanceGraph {\n      nodes { profileId }\n      edges { child { profileId } parent { profileId } }\n      cycles { profileId }\n      missingProfileIds\n      depth\n      truncated\n      truncatedBy\n    }\n    inheritanceFindings { kind message profiles { profileId } }\n  }\n"): typeof import('./graphql.ts').AskEverythingDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query AskProfiles {\n    accessProfiles(first: 500) {\n      nodes {\n        profileId\n        ancestors { depth profile { profileId } }\n        parents: ancestors(maxDepth: 1) { depth profile { profileId } }\n        descendants { depth profile { profileId } }\n        children: descendants(maxDepth: 1) { depth profile { profileId } }\n        effectiveEntitlements {\n          direct\n          entitlement { datasourceId entityType entityId assignedToEntityType assignedToEntityId }\n          grantedBy { profileId }\n          paths { profileId }\n        }\n      }\n    }\n  }\n"): typeof import('./graphql.ts').AskProfilesDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query AskPath($from: ID!, $to: ID!) {\n    accessProfile(id: $from) { inheritancePath(ancestor: $to) { profileId } }\n  }\n"): typeof import('./graphql.ts').AskPathDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query ListWithParents {\n    accessProfiles(first: 50) {\n      nodes { name type { name } inheritsFrom { name type { name } } }\n    }\n  }\n"): typeof import('./graphql.ts').ListWithParentsDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query AskPeople {\n    accessProfiles(first: 100) {\n      nodes {\n        profileId\n        effectiveMembers { identityId provisioned paths { profileId } }\n        people: effectiveMembers { identityId provisioned paths { profileId } identity { email } }\n      }\n    }\n  }\n"): typeof import('./graphql.ts').AskPeopleDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query AskEntityPeople($ref: EntityRefInput!) {\n    entity(ref: $ref) { reachedBy { identityId provisioned paths { profileId } } }\n  }\n"): typeof import('./graphql.ts').AskEntityPeopleDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query AskIdentity($id: ID!) {\n    identity(id: $id) {\n      accessProfiles { profileId accessProfile { profileId } }\n      effectiveEntitlements {\n        actual\n        provisioned\n        paths { profileId }\n        entitlement { datasourceId entityType entityId assignedToEntityId }\n      }\n      actualEntitlements { datasourceId entityType entityId grantedBy { profileId } }\n    }\n  }\n"): typeof import('./graphql.ts').AskIdentityDocument;


export function graphql(source: string) {
  return (documents as any)[source] ?? {};
}

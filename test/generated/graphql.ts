/* eslint-disable */
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { DocumentTypeDecoration } from '@graphql-typed-document-node/core';
/** Conditions on access profiles, all of which must hold. The gateway sends the conditions that the Veza API supports as a SCIM filter and checks the others itself: the result is exact. A null at any level is an error. */
export type AccessProfileFilter = {
  /** Filters that must all hold. */
  and?: Array<AccessProfileFilter> | null | undefined;
  /** Time when the profile was created. */
  createdAt?: DateTimeFilter | null | undefined;
  /** User who created the profile. */
  createdBy?: StringFilter | null | undefined;
  /** Ids of the data sources in which the profile grants access. */
  datasourceIds?: StringListFilter | null | undefined;
  /** Description of the profile. */
  description?: StringFilter | null | undefined;
  /** Entity that the current version of the profile grants directly. Ids and type are compared exactly. Without a type, entities of any type match. */
  grants?: EntityRefInput | null | undefined;
  /** Whether the profile has a draft version. */
  hasDraft?: boolean | null | undefined;
  /** Whether the current version of the profile has members. If the profile list does not include members, this condition costs one request to the Veza API per profile that satisfies the other conditions; more than 200 such profiles are an error. */
  hasMembers?: boolean | null | undefined;
  /** Id of the profile. */
  id?: IdFilter | null | undefined;
  /** Id of a direct child: matches the parents of this profile. */
  inheritedBy?: IdFilter | null | undefined;
  /** Id of a direct parent: matches the children of this profile. */
  inheritsFrom?: IdFilter | null | undefined;
  /** Integrations in which the profile grants access, such as "SALESFORCE". Filtered by the Veza API. */
  integrations?: StringListFilter | null | undefined;
  /** Labels of the profile. Filtered by the Veza API. */
  labels?: StringListFilter | null | undefined;
  /** Id of an identity that is a member of the profile itself, not through inheritance. If the profile list does not include members, this condition costs one request to the Veza API per profile that satisfies the other conditions; more than 200 such profiles are an error. */
  member?: string | null | undefined;
  /** Name of the profile. */
  name?: StringFilter | null | undefined;
  /** Negates the nested filter. */
  not?: AccessProfileFilter | null | undefined;
  /** Filters of which at least one must hold; an empty list matches nothing. */
  or?: Array<AccessProfileFilter> | null | undefined;
  /** Ids of the Veza providers in which the profile grants access. Filtered by the Veza API. */
  providerIds?: StringListFilter | null | undefined;
  /** Whether people can request the profile. A profile of which the Veza API does not say it counts as not requestable. */
  requestable?: boolean | null | undefined;
  /** Lifecycle state of the profile. */
  state?: AccessProfileStateFilter | null | undefined;
  /** Id of the type of the profile. Filtered by the Veza API. */
  type?: IdFilter | null | undefined;
  /** Time when the profile was last changed. */
  updatedAt?: DateTimeFilter | null | undefined;
  /** Whether a lifecycle policy uses the profile. A profile of which the Veza API does not say it counts as not used. */
  usedByWorkflow?: boolean | null | undefined;
};

/** Lifecycle state of an access profile. The gateway reports a value that it does not know as UNRECOGNIZED, never as an error. */
export type AccessProfileState =
  /** The profile shows the changes that it would make, and makes none. */
  | 'DRY_RUN'
  /** The profile is new and not active yet. */
  | 'INITIAL'
  /** The profile is stopped. Its configuration is kept. */
  | 'PAUSED'
  /** The profile is not started yet. Most likely it waits for an approval; the Veza API does not document the reason. */
  | 'PENDING'
  /** The profile is active: the entitlements of its published version are provisioned to its members. */
  | 'RUNNING'
  /** The profile has a state that this gateway does not know. */
  | 'UNRECOGNIZED';

/** Conditions on the state of a profile, all of which must hold. */
export type AccessProfileStateFilter = {
  /** State equals this value. */
  eq?: AccessProfileState | null | undefined;
  /** State equals one of these values; an empty list matches nothing. */
  in?: Array<AccessProfileState> | null | undefined;
  /** State differs from this value. */
  ne?: AccessProfileState | null | undefined;
};

/** Conditions on a time, all of which must hold. Compared to the nanosecond and across time zones. */
export type DateTimeFilter = {
  /** Time is later than this value. */
  gt?: string | null | undefined;
  /** Time is this value or later. */
  gte?: string | null | undefined;
  /** Time is earlier than this value. */
  lt?: string | null | undefined;
  /** Time is this value or earlier. */
  lte?: string | null | undefined;
};

/** Reference to an entity in a data source. It stands for all entitlements to this entity. */
export type EntityRefInput = {
  /** Id of the data source that holds the entity. */
  datasourceId: string;
  /** Id of the entity within its data source. */
  entityId: string;
  /** Type of the entity, such as "ActiveDirectoryGroup". Without it, entities of any type with this id match; null is an error. */
  entityType?: string | null | undefined;
};

/** Conditions on an id, all of which must hold. Accepts global ids and ids of the Veza API. A null is an error; an operator that is left out sets no condition. */
export type IdFilter = {
  /** Id equals this value. */
  eq?: string | null | undefined;
  /** Id equals one of these values; an empty list matches nothing. */
  in?: Array<string> | null | undefined;
};

/** Direction in which the inheritance graph is followed from its roots. */
export type InheritanceDirection =
  /** Follows the graph to the ancestors of the roots. */
  | 'ANCESTORS'
  /** Follows the graph to ancestors and to descendants. Profiles that only share a parent with a root are left out. */
  | 'BOTH'
  /** Follows the graph to the descendants of the roots. */
  | 'DESCENDANTS';

/** Kind of a problem or redundancy in the inheritance graph. */
export type InheritanceFindingKind =
  /** Profiles that inherit from each other in a cycle, or one profile that inherits from itself. One finding per elementary cycle, its profiles from child to parent. If connected cycles (a strongly connected component) number more than 100, they are one finding with all their profiles. */
  | 'CYCLE'
  /** Data source, lifecycle policy or profile type that a profile, a type or a policy names and the Veza API does not return to your key. One finding per missing object, with all profiles that name it. If your key cannot list data sources or policies, the field fails if `kinds` names this kind; without `kinds`, references to them are left out. */
  | 'DANGLING_REFERENCE'
  /** Profile that directly grants entitlements in a data source that is disabled. One finding per profile and data source, with those entitlements. If your key cannot list data sources, the field fails if `kinds` names this kind; without `kinds`, this kind is left out. */
  | 'DISABLED_DATASOURCE'
  /** Direct entitlement that the profile also inherits. One finding per entitlement: the profile, then one ancestor that grants it. */
  | 'DUPLICATE_ENTITLEMENT'
  /** Profile without an effective entitlement, in any state. One finding per profile. */
  | 'GRANTS_NOTHING'
  /** Running profile that inherits from a profile whose state is INITIAL, PAUSED, DRY_RUN or PENDING. One finding per edge: the child, then the parent. */
  | 'INACTIVE_PARENT'
  /** Parent that the Veza API does not return to your key. One finding per missing parent, with all profiles that name it. */
  | 'MISSING_PARENT'
  /** Direct parent that is an ancestor through another parent as well, so its edge is redundant. One finding per edge: the child, then the parent. Each edge on a cycle is checked alone: two edges that replace each other are both reported. */
  | 'REDUNDANT_PARENT'
  /** Two or more profiles whose effective entitlements are equal and not empty. One finding per group of such profiles. */
  | 'SAME_EFFECTIVE_ENTITLEMENTS'
  /** Profile whose effective entitlements break a rule of separation of duties. One finding per profile and rule, with the entitlements that break it. With `includePeople` also people who break a rule by all their profiles together: one finding per person and rule, with the profiles that grant those entitlements. */
  | 'SEPARATION_VIOLATION'
  /** Profile that breaks a rule of its type. One finding per profile and rule. `max_entitlements` counts direct and inherited entitlements. */
  | 'TYPE_RULE_VIOLATION'
  /** Profile without members and children that no lifecycle policy uses, in any state. One finding per profile. Returned only if `kinds` names it, since it can require one request per profile without children. Fails if your key cannot list policies or members. */
  | 'UNUSED_PROFILE';

/** Reason why an inheritance graph is incomplete. */
export type InheritanceGraphLimit =
  /** The graph has more cycles than the response lists: at most 1,000, with at least one per group of connected cycles (strongly connected component). */
  | 'CYCLE_LIMIT'
  /** The graph has profiles beyond `maxDepth`. */
  | 'MAX_DEPTH'
  /** The graph has more than 50,000 profiles. */
  | 'NODE_LIMIT';

/** Conditions on a text, all of which must hold. Letter case does not count unless `caseSensitive` is true. A null is an error; an operator that is left out sets no condition. */
export type StringFilter = {
  /** Whether letter case counts in these conditions. Default: false. True lets the Veza API filter, if it supports the condition, so that fewer pages are read. */
  caseSensitive?: boolean | null | undefined;
  /** Text contains this value. */
  contains?: string | null | undefined;
  /** Text ends with this value. */
  endsWith?: string | null | undefined;
  /** Text equals this value. */
  eq?: string | null | undefined;
  /** Text equals one of these values; an empty list matches nothing. */
  in?: Array<string> | null | undefined;
  /** Text differs from this value or is missing. */
  ne?: string | null | undefined;
  /** Text starts with this value. */
  startsWith?: string | null | undefined;
};

/** Conditions on a list of texts, all of which must hold. Whole elements are compared: `has: "prod"` does not match the label "production". */
export type StringListFilter = {
  /** List contains this element. */
  has?: string | null | undefined;
  /** List contains all of these elements. */
  hasAll?: Array<string> | null | undefined;
  /** List contains at least one of these elements. */
  hasAny?: Array<string> | null | undefined;
  /** True matches empty lists, false matches lists with elements. */
  isEmpty?: boolean | null | undefined;
};

export type AroundQueryVariables = Exact<{
  roots?: Array<string> | string | null | undefined;
  filter?: AccessProfileFilter | null | undefined;
  direction?: InheritanceDirection | null | undefined;
  maxDepth?: number | null | undefined;
}>;


export type AroundQuery = { inheritanceGraph: { missingProfileIds: Array<string>, truncated: boolean, nodes: Array<{ profileId: string }>, edges: Array<{ child: { profileId: string }, parent: { profileId: string } }> } | null };

export type GrantingQueryVariables = Exact<{
  entity: EntityRefInput;
  includeInherited?: boolean | null | undefined;
}>;


export type GrantingQuery = { accessProfilesGranting: Array<{ profileId: string }> | null };

export type AskEverythingQueryVariables = Exact<{ [key: string]: never; }>;


export type AskEverythingQuery = { inheritanceGraph: { missingProfileIds: Array<string>, depth: number, truncated: boolean, truncatedBy: Array<InheritanceGraphLimit>, nodes: Array<{ profileId: string }>, edges: Array<{ child: { profileId: string }, parent: { profileId: string } }>, cycles: Array<Array<{ profileId: string }>> } | null, inheritanceFindings: Array<{ kind: InheritanceFindingKind, message: string, profiles: Array<{ profileId: string }> }> | null };

export type AskProfilesQueryVariables = Exact<{ [key: string]: never; }>;


export type AskProfilesQuery = { accessProfiles: { nodes: Array<{ profileId: string, ancestors: Array<{ depth: number, profile: { profileId: string } }> | null, parents: Array<{ depth: number, profile: { profileId: string } }> | null, descendants: Array<{ depth: number, profile: { profileId: string } }> | null, children: Array<{ depth: number, profile: { profileId: string } }> | null, effectiveEntitlements: Array<{ direct: boolean, entitlement: { datasourceId: string, entityType: string, entityId: string, assignedToEntityType: string | null, assignedToEntityId: string | null }, grantedBy: Array<{ profileId: string }>, paths: Array<Array<{ profileId: string }>> }> | null }> } | null };

export type AskPathQueryVariables = Exact<{
  from: string;
  to: string;
}>;


export type AskPathQuery = { accessProfile: { inheritancePath: Array<{ profileId: string }> | null } | null };

export type ListWithParentsQueryVariables = Exact<{ [key: string]: never; }>;


export type ListWithParentsQuery = { accessProfiles: { nodes: Array<{ name: string, type: { name: string } | null, inheritsFrom: Array<{ name: string, type: { name: string } | null }> | null }> } | null };

export type AskPeopleQueryVariables = Exact<{ [key: string]: never; }>;


export type AskPeopleQuery = { accessProfiles: { nodes: Array<{ profileId: string, effectiveMembers: Array<{ identityId: string, provisioned: boolean, paths: Array<Array<{ profileId: string }>> }> | null, people: Array<{ identityId: string, provisioned: boolean, paths: Array<Array<{ profileId: string }>>, identity: { email: string | null } | null }> | null }> } | null };

export type AskEntityPeopleQueryVariables = Exact<{
  ref: EntityRefInput;
}>;


export type AskEntityPeopleQuery = { entity: { reachedBy: Array<{ identityId: string, provisioned: boolean, paths: Array<Array<{ profileId: string }>> }> | null } | null };

export type AskIdentityQueryVariables = Exact<{
  id: string;
}>;


export type AskIdentityQuery = { identity: { accessProfiles: Array<{ profileId: string, accessProfile: { profileId: string } | null }> | null, effectiveEntitlements: Array<{ actual: boolean | null, provisioned: boolean, paths: Array<Array<{ profileId: string }>>, entitlement: { datasourceId: string, entityType: string, entityId: string, assignedToEntityId: string | null } }> | null, actualEntitlements: Array<{ datasourceId: string | null, entityType: string, entityId: string, grantedBy: Array<{ profileId: string }> | null }> | null } | null };

export class TypedDocumentString<TResult, TVariables>
  extends String
  implements DocumentTypeDecoration<TResult, TVariables>
{
  __apiType?: NonNullable<DocumentTypeDecoration<TResult, TVariables>['__apiType']>;
  private value: string;
  public __meta__?: Record<string, any> | undefined;

  constructor(value: string, __meta__?: Record<string, any> | undefined) {
    super(value);
    this.value = value;
    this.__meta__ = __meta__;
  }

  override toString(): string & DocumentTypeDecoration<TResult, TVariables> {
    return this.value;
  }
}

export const AroundDocument = new TypedDocumentString(`
    query Around($roots: [ID!], $filter: AccessProfileFilter, $direction: InheritanceDirection, $maxDepth: Int) {
  inheritanceGraph(
    roots: $roots
    filter: $filter
    direction: $direction
    maxDepth: $maxDepth
  ) {
    nodes {
      profileId
    }
    edges {
      child {
        profileId
      }
      parent {
        profileId
      }
    }
    missingProfileIds
    truncated
  }
}
    `) as unknown as TypedDocumentString<AroundQuery, AroundQueryVariables>;
export const GrantingDocument = new TypedDocumentString(`
    query Granting($entity: EntityRefInput!, $includeInherited: Boolean) {
  accessProfilesGranting(entity: $entity, includeInherited: $includeInherited) {
    profileId
  }
}
    `) as unknown as TypedDocumentString<GrantingQuery, GrantingQueryVariables>;
export const AskEverythingDocument = new TypedDocumentString(`
    query AskEverything {
  inheritanceGraph {
    nodes {
      profileId
    }
    edges {
      child {
        profileId
      }
      parent {
        profileId
      }
    }
    cycles {
      profileId
    }
    missingProfileIds
    depth
    truncated
    truncatedBy
  }
  inheritanceFindings {
    kind
    message
    profiles {
      profileId
    }
  }
}
    `) as unknown as TypedDocumentString<AskEverythingQuery, AskEverythingQueryVariables>;
export const AskProfilesDocument = new TypedDocumentString(`
    query AskProfiles {
  accessProfiles(first: 500) {
    nodes {
      profileId
      ancestors {
        depth
        profile {
          profileId
        }
      }
      parents: ancestors(maxDepth: 1) {
        depth
        profile {
          profileId
        }
      }
      descendants {
        depth
        profile {
          profileId
        }
      }
      children: descendants(maxDepth: 1) {
        depth
        profile {
          profileId
        }
      }
      effectiveEntitlements {
        direct
        entitlement {
          datasourceId
          entityType
          entityId
          assignedToEntityType
          assignedToEntityId
        }
        grantedBy {
          profileId
        }
        paths {
          profileId
        }
      }
    }
  }
}
    `) as unknown as TypedDocumentString<AskProfilesQuery, AskProfilesQueryVariables>;
export const AskPathDocument = new TypedDocumentString(`
    query AskPath($from: ID!, $to: ID!) {
  accessProfile(id: $from) {
    inheritancePath(ancestor: $to) {
      profileId
    }
  }
}
    `) as unknown as TypedDocumentString<AskPathQuery, AskPathQueryVariables>;
export const ListWithParentsDocument = new TypedDocumentString(`
    query ListWithParents {
  accessProfiles(first: 50) {
    nodes {
      name
      type {
        name
      }
      inheritsFrom {
        name
        type {
          name
        }
      }
    }
  }
}
    `) as unknown as TypedDocumentString<ListWithParentsQuery, ListWithParentsQueryVariables>;
export const AskPeopleDocument = new TypedDocumentString(`
    query AskPeople {
  accessProfiles(first: 100) {
    nodes {
      profileId
      effectiveMembers {
        identityId
        provisioned
        paths {
          profileId
        }
      }
      people: effectiveMembers {
        identityId
        provisioned
        paths {
          profileId
        }
        identity {
          email
        }
      }
    }
  }
}
    `) as unknown as TypedDocumentString<AskPeopleQuery, AskPeopleQueryVariables>;
export const AskEntityPeopleDocument = new TypedDocumentString(`
    query AskEntityPeople($ref: EntityRefInput!) {
  entity(ref: $ref) {
    reachedBy {
      identityId
      provisioned
      paths {
        profileId
      }
    }
  }
}
    `) as unknown as TypedDocumentString<AskEntityPeopleQuery, AskEntityPeopleQueryVariables>;
export const AskIdentityDocument = new TypedDocumentString(`
    query AskIdentity($id: ID!) {
  identity(id: $id) {
    accessProfiles {
      profileId
      accessProfile {
        profileId
      }
    }
    effectiveEntitlements {
      actual
      provisioned
      paths {
        profileId
      }
      entitlement {
        datasourceId
        entityType
        entityId
        assignedToEntityId
      }
    }
    actualEntitlements {
      datasourceId
      entityType
      entityId
      grantedBy {
        profileId
      }
    }
  }
}
    `) as unknown as TypedDocumentString<AskIdentityQuery, AskIdentityQueryVariables>;
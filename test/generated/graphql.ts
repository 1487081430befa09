/* eslint-disable */
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { DocumentTypeDecoration } from '@graphql-typed-document-node/core';
/** Conditions on access profiles, all of which must hold. The gateway sends the Access Profile API as SCIM what it can filter and checks the rest: the answer is exact either way. A null anywhere in it is refused. */
export type AccessProfileFilter = {
  /** Filters that must all hold. */
  and?: Array<AccessProfileFilter> | null | undefined;
  /** Time when the profile was created. */
  createdAt?: DateTimeFilter | null | undefined;
  /** Data sources that the profile grants access in. */
  datasourceIds?: StringListFilter | null | undefined;
  /** Description of the profile. */
  description?: StringFilter | null | undefined;
  /** Id of the profile. */
  id?: IdFilter | null | undefined;
  /** Profile that directly inherits from the wanted profiles: its parents match. */
  inheritedBy?: IdFilter | null | undefined;
  /** Profile that the wanted profiles directly inherit from: its children match. */
  inheritsFrom?: IdFilter | null | undefined;
  /** Integrations that the profile grants access in, such as "SALESFORCE". Filtered by the API. */
  integrations?: StringListFilter | null | undefined;
  /** Labels of the profile. Filtered by the API. */
  labels?: StringListFilter | null | undefined;
  /** Name of the profile. */
  name?: StringFilter | null | undefined;
  /** Negates the nested filter. */
  not?: AccessProfileFilter | null | undefined;
  /** Filters of which at least one must hold; an empty list matches nothing. */
  or?: Array<AccessProfileFilter> | null | undefined;
  /** Providers that the profile grants access in. Filtered by the API. */
  providerIds?: StringListFilter | null | undefined;
  /** Lifecycle state of the profile. */
  state?: AccessProfileStateFilter | null | undefined;
  /** Id of the type of the profile. Filtered by the API. */
  type?: IdFilter | null | undefined;
  /** Time when the profile was last changed. */
  updatedAt?: DateTimeFilter | null | undefined;
};

/** What an access profile is doing. A value that this gateway does not know yet is reported as UNRECOGNIZED, never as an error. */
export type AccessProfileState =
  /** Shows what it would do, and does nothing. */
  | 'DRY_RUN'
  /** New and not active yet. */
  | 'INITIAL'
  /** Stopped; its configuration is kept. */
  | 'PAUSED'
  /** Not started yet; the API does not say more. Most likely it waits for an approval. */
  | 'PENDING'
  /** Active: the grants of its published version are provisioned to its members. */
  | 'RUNNING'
  /** A state that this gateway does not know. */
  | 'UNRECOGNIZED';

/** Conditions on the state of a profile, all of which must hold. */
export type AccessProfileStateFilter = {
  /** The id is this one. */
  eq?: AccessProfileState | null | undefined;
  /** Is one of these; an empty list matches nothing. */
  in?: Array<AccessProfileState> | null | undefined;
  /** Is any but this one. */
  ne?: AccessProfileState | null | undefined;
};

/** Conditions on an instant, all of which must hold; compared to the nanosecond and across time zones. */
export type DateTimeFilter = {
  /** Is later than this. */
  gt?: string | null | undefined;
  /** Is this or later. */
  gte?: string | null | undefined;
  /** Is earlier than this. */
  lt?: string | null | undefined;
  /** Is this or earlier. */
  lte?: string | null | undefined;
};

/** Reference to an entity in a data source. It stands for all entitlements to this entity. */
export type EntityRefInput = {
  /** Id of the data source that holds the entity. */
  datasourceId: string;
  /** Id of the entity within its data source. */
  entityId: string;
  /** Kind of the entity, such as "ActiveDirectoryGroup". Left out, it stands for entities of any kind with this id; null is refused. */
  entityType?: string | null | undefined;
};

/** Conditions on an id, all of which must hold. Global ids and ids of the Access Profile API are both understood. A null is refused; an operator that is left out is no condition. */
export type IdFilter = {
  /** The id is this one. */
  eq?: string | null | undefined;
  /** Is one of these; an empty list matches nothing. */
  in?: Array<string> | null | undefined;
};

/** Direction in which a graph is followed from its roots. */
export type InheritanceDirection =
  /** To the profiles that the roots inherit from. */
  | 'ANCESTORS'
  /** In both directions. Profiles that only share a parent with a root are left out. */
  | 'BOTH'
  /** To the profiles that inherit from the roots. */
  | 'DESCENDANTS';

/** What may be wrong with a hierarchy, or wasteful in it. */
export type InheritanceFindingKind =
  /** Profiles inherit from one another in a circle, or one from itself. One for each elementary cycle, its profiles from child to parent; a knot of more than 100 cycles is one finding with all of its profiles. */
  | 'CYCLE'
  /** A grant of the profile itself that it also inherits. One for each such grant: the profile, then one that it inherits the grant from. */
  | 'DUPLICATE_ENTITLEMENT'
  /** An id that is inherited from and that the API does not return to you. One for each id, with all profiles that name it. */
  | 'MISSING_PARENT'
  /** A direct parent that the profile would inherit from without naming it, through others. One for each edge: the child, then the parent. On a cycle each edge is judged alone, so of two that cover each other both are reported. */
  | 'REDUNDANT_PARENT'
  /** Two or more profiles grant exactly the same, direct and inherited together, and not nothing. One for each such group. */
  | 'SAME_EFFECTIVE_ENTITLEMENTS'
  /** The profile as it stands breaks a rule of its type. One for each rule. `max_entitlements` counts direct and inherited grants. */
  | 'TYPE_RULE_VIOLATION';

/** What kept something out of an inheritance graph. */
export type InheritanceGraphLimit =
  /** There are more cycles than are listed: at most 1,000, and at least one of each knot of cycles. */
  | 'CYCLE_LIMIT'
  /** There are profiles beyond `maxDepth`. */
  | 'MAX_DEPTH'
  /** There are more than 50,000 profiles. */
  | 'NODE_LIMIT';

/** Conditions on a text, all of which must hold. Letter case counts. A null is refused; an operator that is left out is no condition. */
export type StringFilter = {
  /** Has this somewhere in it. */
  contains?: string | null | undefined;
  /** Ends with this. */
  endsWith?: string | null | undefined;
  /** Is exactly this. */
  eq?: string | null | undefined;
  /** Is one of these; an empty list matches nothing. */
  in?: Array<string> | null | undefined;
  /** Is not this, or there is no text. */
  ne?: string | null | undefined;
  /** Begins with this. */
  startsWith?: string | null | undefined;
};

/** Conditions on a list of texts, all of which must hold. Whole elements are compared: has "prod" does not match the label "production". */
export type StringListFilter = {
  /** Has this element. */
  has?: string | null | undefined;
  /** Has all of these elements. */
  hasAll?: Array<string> | null | undefined;
  /** Has at least one of these elements. */
  hasAny?: Array<string> | null | undefined;
  /** Has no elements (true) or some (false). */
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
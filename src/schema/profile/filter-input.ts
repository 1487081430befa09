import type { IdFilter } from '../../filter/typed-filter.ts';
import type { DateTimeFilter, StateFilter, StringFilter, StringListFilter } from '../../filter/value-conditions.ts';
import { maxMemberReads } from '../../loaders/matching.ts';
import { builder } from '../builder.ts';
import { AccessProfileFilterRef, EntityRefInputRef } from '../input-refs.ts';
import { AccessProfileStateRef } from './state.ts';

const IdFilterRef = builder.inputRef<IdFilter>('IdFilter').implement({
  description:
    'Conditions on an id, all of which must hold. Accepts global ids and ids of the Veza API. A null is an error; an operator that is left out sets no condition.',
  fields: (t) => ({
    eq: t.id({ description: 'Id equals this value.' }),
    in: t.idList({ description: 'Id equals one of these values; an empty list matches nothing.' }),
  }),
});

const StringFilterRef = builder.inputRef<StringFilter>('StringFilter').implement({
  description:
    'Conditions on a text, all of which must hold. Letter case does not count unless `caseSensitive` is true. A null is an error; an operator that is left out sets no condition.',
  fields: (t) => ({
    eq: t.string({ description: 'Text equals this value.' }),
    ne: t.string({ description: 'Text differs from this value or is missing.' }),
    in: t.stringList({ description: 'Text equals one of these values; an empty list matches nothing.' }),
    contains: t.string({ description: 'Text contains this value.' }),
    startsWith: t.string({ description: 'Text starts with this value.' }),
    endsWith: t.string({ description: 'Text ends with this value.' }),
    caseSensitive: t.boolean({
      defaultValue: false,
      description:
        'Whether letter case counts in these conditions. Default: false. True lets the Veza API filter, if it supports the condition, so that fewer pages are read.',
    }),
  }),
});

const StringListFilterRef = builder.inputRef<StringListFilter>('StringListFilter').implement({
  description:
    'Conditions on a list of texts, all of which must hold. Whole elements are compared: `has: "prod"` does not match the label "production".',
  fields: (t) => ({
    has: t.string({ description: 'List contains this element.' }),
    hasAny: t.stringList({ description: 'List contains at least one of these elements.' }),
    hasAll: t.stringList({ description: 'List contains all of these elements.' }),
    isEmpty: t.boolean({ description: 'True matches empty lists, false matches lists with elements.' }),
  }),
});

const StateFilterRef = builder.inputRef<StateFilter>('AccessProfileStateFilter').implement({
  description: 'Conditions on the state of a profile, all of which must hold.',
  fields: (t) => ({
    eq: t.field({ type: AccessProfileStateRef, description: 'State equals this value.' }),
    ne: t.field({ type: AccessProfileStateRef, description: 'State differs from this value.' }),
    in: t.field({
      type: [AccessProfileStateRef],
      description: 'State equals one of these values; an empty list matches nothing.',
    }),
  }),
});

const DateTimeFilterRef = builder.inputRef<DateTimeFilter>('DateTimeFilter').implement({
  description: 'Conditions on a time, all of which must hold. Compared to the nanosecond and across time zones.',
  fields: (t) => ({
    gt: t.field({ type: 'DateTime', description: 'Time is later than this value.' }),
    gte: t.field({ type: 'DateTime', description: 'Time is this value or later.' }),
    lt: t.field({ type: 'DateTime', description: 'Time is earlier than this value.' }),
    lte: t.field({ type: 'DateTime', description: 'Time is this value or earlier.' }),
  }),
});

const memberCalls = `If the profile list does not include members, this condition costs one request to the Veza API per profile that satisfies the other conditions; more than ${maxMemberReads} such profiles are an error.`;

AccessProfileFilterRef.implement({
  description:
    'Conditions on access profiles, all of which must hold. The gateway sends the conditions that the Veza API supports as a SCIM filter and checks the others itself: the result is exact. A null at any level is an error.',
  fields: (t) => ({
    and: t.field({ type: [AccessProfileFilterRef], description: 'Filters that must all hold.' }),
    or: t.field({
      type: [AccessProfileFilterRef],
      description: 'Filters of which at least one must hold; an empty list matches nothing.',
    }),
    not: t.field({ type: AccessProfileFilterRef, description: 'Negates the nested filter.' }),
    id: t.field({ type: IdFilterRef, description: 'Id of the profile.' }),
    name: t.field({ type: StringFilterRef, description: 'Name of the profile.' }),
    description: t.field({ type: StringFilterRef, description: 'Description of the profile.' }),
    state: t.field({ type: StateFilterRef, description: 'Lifecycle state of the profile.' }),
    type: t.field({ type: IdFilterRef, description: 'Id of the type of the profile. Filtered by the Veza API.' }),
    labels: t.field({ type: StringListFilterRef, description: 'Labels of the profile. Filtered by the Veza API.' }),
    integrations: t.field({
      type: StringListFilterRef,
      description: 'Integrations in which the profile grants access, such as "SALESFORCE". Filtered by the Veza API.',
    }),
    providerIds: t.field({
      type: StringListFilterRef,
      description: 'Ids of the Veza providers in which the profile grants access. Filtered by the Veza API.',
    }),
    datasourceIds: t.field({
      type: StringListFilterRef,
      description: 'Ids of the data sources in which the profile grants access.',
    }),
    createdAt: t.field({ type: DateTimeFilterRef, description: 'Time when the profile was created.' }),
    updatedAt: t.field({ type: DateTimeFilterRef, description: 'Time when the profile was last changed.' }),
    inheritsFrom: t.field({
      type: IdFilterRef,
      description: 'Id of a direct parent: matches the children of this profile.',
    }),
    inheritedBy: t.field({
      type: IdFilterRef,
      description: 'Id of a direct child: matches the parents of this profile.',
    }),
    createdBy: t.field({ type: StringFilterRef, description: 'User who created the profile.' }),
    requestable: t.boolean({
      description:
        'Whether people can request the profile. A profile of which the Veza API does not say it counts as not requestable.',
    }),
    usedByWorkflow: t.boolean({
      description:
        'Whether a lifecycle policy uses the profile. A profile of which the Veza API does not say it counts as not used.',
    }),
    hasDraft: t.boolean({ description: 'Whether the profile has a draft version.' }),
    hasMembers: t.boolean({ description: `Whether the current version of the profile has members. ${memberCalls}` }),
    member: t.id({
      description: `Id of an identity that is a member of the profile itself, not through inheritance. ${memberCalls}`,
    }),
    grants: t.field({
      type: EntityRefInputRef,
      description:
        'Entity that the current version of the profile grants directly. Ids and type are compared exactly. Without a type, entities of any type match.',
    }),
  }),
});

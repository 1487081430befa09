import type {
  DateTimeFilter,
  IdFilter,
  StateFilter,
  StringFilter,
  StringListFilter,
} from '../../filter/typed-filter.ts';
import { builder } from '../builder.ts';
import { AccessProfileFilterRef } from '../input-refs.ts';
import { AccessProfileStateRef } from './state.ts';

const IdFilterRef = builder.inputRef<IdFilter>('IdFilter').implement({
  description:
    'Conditions on an id, all of which must hold. Global ids and ids of the Access Profile API are both understood. A null is refused; an operator that is left out is no condition.',
  fields: (t) => ({
    eq: t.id({ required: false, description: 'The id is this one.' }),
    in: t.idList({ required: false, description: 'Is one of these; an empty list matches nothing.' }),
  }),
});

const StringFilterRef = builder.inputRef<StringFilter>('StringFilter').implement({
  description:
    'Conditions on a text, all of which must hold. Letter case counts. A null is refused; an operator that is left out is no condition.',
  fields: (t) => ({
    eq: t.string({ required: false, description: 'Is exactly this.' }),
    ne: t.string({ required: false, description: 'Is not this, or there is no text.' }),
    in: t.stringList({ required: false, description: 'Is one of these; an empty list matches nothing.' }),
    contains: t.string({ required: false, description: 'Has this somewhere in it.' }),
    startsWith: t.string({ required: false, description: 'Begins with this.' }),
    endsWith: t.string({ required: false, description: 'Ends with this.' }),
  }),
});

const StringListFilterRef = builder.inputRef<StringListFilter>('StringListFilter').implement({
  description:
    'Conditions on a list of texts, all of which must hold. Whole elements are compared: has "prod" does not match the label "production".',
  fields: (t) => ({
    has: t.string({ required: false, description: 'Has this element.' }),
    hasAny: t.stringList({ required: false, description: 'Has at least one of these elements.' }),
    hasAll: t.stringList({ required: false, description: 'Has all of these elements.' }),
    isEmpty: t.boolean({ required: false, description: 'Has no elements (true) or some (false).' }),
  }),
});

const StateFilterRef = builder.inputRef<StateFilter>('AccessProfileStateFilter').implement({
  description: 'Conditions on the state of a profile, all of which must hold.',
  fields: (t) => ({
    eq: t.field({ type: AccessProfileStateRef, required: false, description: 'The id is this one.' }),
    ne: t.field({ type: AccessProfileStateRef, required: false, description: 'Is any but this one.' }),
    in: t.field({
      type: [AccessProfileStateRef],
      required: false,
      description: 'Is one of these; an empty list matches nothing.',
    }),
  }),
});

const DateTimeFilterRef = builder.inputRef<DateTimeFilter>('DateTimeFilter').implement({
  description: 'Conditions on an instant, all of which must hold; compared to the nanosecond and across time zones.',
  fields: (t) => ({
    gt: t.field({ type: 'DateTime', required: false, description: 'Is later than this.' }),
    gte: t.field({ type: 'DateTime', required: false, description: 'Is this or later.' }),
    lt: t.field({ type: 'DateTime', required: false, description: 'Is earlier than this.' }),
    lte: t.field({ type: 'DateTime', required: false, description: 'Is this or earlier.' }),
  }),
});

AccessProfileFilterRef.implement({
  description:
    'Conditions on access profiles, all of which must hold. The gateway sends the Access Profile API as SCIM what it can filter and checks the rest: the answer is exact either way. A null anywhere in it is refused.',
  fields: (t) => ({
    and: t.field({ type: [AccessProfileFilterRef], required: false, description: 'Filters that must all hold.' }),
    or: t.field({
      type: [AccessProfileFilterRef],
      required: false,
      description: 'Filters of which at least one must hold; an empty list matches nothing.',
    }),
    not: t.field({ type: AccessProfileFilterRef, required: false, description: 'Negates the nested filter.' }),
    id: t.field({ type: IdFilterRef, required: false, description: 'Id of the profile.' }),
    name: t.field({ type: StringFilterRef, required: false, description: 'Name of the profile.' }),
    description: t.field({ type: StringFilterRef, required: false, description: 'Description of the profile.' }),
    state: t.field({ type: StateFilterRef, required: false, description: 'Lifecycle state of the profile.' }),
    type: t.field({
      type: IdFilterRef,
      required: false,
      description: 'Id of the type of the profile. Filtered by the API.',
    }),
    labels: t.field({
      type: StringListFilterRef,
      required: false,
      description: 'Labels of the profile. Filtered by the API.',
    }),
    integrations: t.field({
      type: StringListFilterRef,
      required: false,
      description: 'Integrations that the profile grants access in, such as "SALESFORCE". Filtered by the API.',
    }),
    providerIds: t.field({
      type: StringListFilterRef,
      required: false,
      description: 'Providers that the profile grants access in. Filtered by the API.',
    }),
    datasourceIds: t.field({
      type: StringListFilterRef,
      required: false,
      description: 'Data sources that the profile grants access in.',
    }),
    createdAt: t.field({ type: DateTimeFilterRef, required: false, description: 'Time when the profile was created.' }),
    updatedAt: t.field({
      type: DateTimeFilterRef,
      required: false,
      description: 'Time when the profile was last changed.',
    }),
    inheritsFrom: t.field({
      type: IdFilterRef,
      required: false,
      description: 'Profile that the wanted profiles directly inherit from: its children match.',
    }),
    inheritedBy: t.field({
      type: IdFilterRef,
      required: false,
      description: 'Profile that directly inherits from the wanted profiles: its parents match.',
    }),
  }),
});

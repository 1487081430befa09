import { refuseNulls } from '../../filter/given-input.ts';
import type { OrderField, ProfileOrder } from '../../filter/order.ts';
import type { Maybe } from '../../model/change-input.ts';
import { builder } from '../builder.ts';

/** GraphQL's `AccessProfileOrder`. */
export interface ProfileOrderInput {
  readonly field: OrderField;
  readonly direction?: Maybe<'ASC' | 'DESC'>;
}

const OrderDirectionRef = builder.enumType('OrderDirection', {
  description: 'Direction in which a list is sorted.',
  values: {
    ASC: { description: 'Ascending: smallest value first.' },
    DESC: { description: 'Descending: largest value first.' },
  },
});

const AccessProfileOrderFieldRef = builder.enumType('AccessProfileOrderField', {
  description:
    'Value by which a list of profiles is sorted. Profiles without a value come last in both directions. Equal profiles are sorted by id, ascending.',
  values: {
    NAME: {
      description: 'By name: by the Unicode code points of the case-folded name. The same order in each language.',
    },
    STATE: { description: 'By state, in the order of the enum AccessProfileState.' },
    TYPE: {
      description:
        'By the name of the type, compared like NAME. A type that is missing or not visible to your key counts as no value.',
    },
    CREATED_AT: { description: 'By the time when the profile was created, to the nanosecond.' },
    UPDATED_AT: { description: 'By the time when the profile was last changed, to the nanosecond.' },
  } as const,
});

export const AccessProfileOrderRef = builder.inputRef<ProfileOrderInput>('AccessProfileOrder').implement({
  description: 'One criterion by which a list of profiles is sorted.',
  fields: (t) => ({
    field: t.field({ type: AccessProfileOrderFieldRef, required: true, description: 'Value to sort by.' }),
    direction: t.field({
      type: OrderDirectionRef,
      defaultValue: 'ASC',
      description: 'Direction of the sort. Default: ASC.',
    }),
  }),
});

/** The order of a list, each field once: where it is named again, it decides nothing. Throws UserInputError for a null. */
export function orderOf(orderBy: Maybe<readonly ProfileOrderInput[]>): readonly ProfileOrder[] {
  if (orderBy === null || orderBy === undefined) return [];
  refuseNulls(orderBy, 'orderBy');
  const order = new Map<OrderField, ProfileOrder>();
  for (const { field, direction } of orderBy) {
    if (!order.has(field)) order.set(field, { field, isDescending: direction === 'DESC' });
  }
  return [...order.values()];
}

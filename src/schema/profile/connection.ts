import { builder, nullOnlyOnError } from '../builder.ts';
import { addRows } from '../connection.ts';
import { wholeList } from '../field-cost.ts';
import { AccessProfileFilterRef } from '../input-refs.ts';
import { AccessProfileRef } from '../refs.ts';
import { AccessProfileFacetsRef } from './facets.ts';
import type { ProfileConnection } from './list.ts';
import { AccessProfileOrderRef } from './order-input.ts';

/** Arguments of each list of profiles. */
export const listArguments = builder.args((t) => ({
  filter: t.field({ type: AccessProfileFilterRef, description: 'Conditions that the profiles must satisfy.' }),
  search: t.string({
    description:
      'Words, separated by spaces. Each word must occur in the name, description, labels, integrations or catalog title of a profile, also within a longer word. Letter case, accents and width do not count. The gateway checks the words itself, so it may read every page of the list.',
  }),
  orderBy: t.field({
    type: [AccessProfileOrderRef],
    description:
      'Criteria by which the list is sorted, the most important first. Sorting reads every page of the list, or uses a snapshot that the gateway has cached for your key. Default: the order of the Veza API.',
  }),
  first: t.int({ description: 'Maximum number of profiles: 0 to 500, by default 50.' }),
  after: t.string({
    description:
      'Cursor after which the page starts. Filters, search and order must be the same as for the previous page. In a sorted list, pages neither repeat nor skip profiles that stay in place, while others are added or removed.',
  }),
}));

export const AccessProfileConnectionRef = builder.objectRef<ProfileConnection>('AccessProfileConnection').implement({
  description: 'Page of a list of profiles.',
  fields: (t) => ({
    scimFilter: t.exposeString('scimFilter', {
      nullable: true,
      description:
        'SCIM filter that the gateway sent to the Veza API; null if it sent none. It can match more profiles than the arguments: the gateway checks the rest.',
    }),
    totalCount: t.int({
      ...nullOnlyOnError,
      cost: wholeList({ once: 'types' }),
      description:
        'Number of all matching profiles. The Veza API has no count, so selecting this field reads every page of the list: select it only if you need it.',
      resolve: async (connection) => (await connection.all()).length,
    }),
    facets: t.field({
      type: AccessProfileFacetsRef,
      nullable: true,
      cost: wholeList({ once: 'types' }),
      description:
        'Number of matching profiles for each value, for a filter bar. Reads every page of the list, once together with `totalCount`. Null only with an error.',
      resolve: (connection) => connection.all(),
    }),
  }),
});
addRows(AccessProfileConnectionRef, AccessProfileRef, 'profile', 'profiles');

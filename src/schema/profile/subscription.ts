import { UserInputError } from '../../errors.ts';
import { membersFor, satisfies } from '../../filter/condition.ts';
import { differenceOf, type ProfileDifference } from '../../inheritance/analysis/profile-changes.ts';
import { changeWithin, type NoticedChange } from '../../loaders/change-feed.ts';
import { globalId } from '../../model/node-id.ts';
import type { Profile } from '../../model/profile.ts';
import { builder } from '../builder.ts';
import { free, listOf } from '../field-cost.ts';
import { AccessProfileFilterRef } from '../input-refs.ts';
import { AccessProfileRef, EntitlementRef } from '../refs.ts';
import { conditionOf } from './list.ts';

interface ProfileEvent extends NoticedChange {
  readonly kind: 'CREATED' | 'UPDATED' | 'DELETED';
}

const ChangeKindRef = builder.enumType('AccessProfileChangeKind', {
  description: 'What happened to a profile in the list of profiles that the filter matches.',
  values: {
    CREATED: { description: 'The profile is new, or an existing profile begins to match the filter.' },
    UPDATED: { description: 'The profile has changed. It matches the filter as before.' },
    DELETED: {
      description:
        'The profile is gone or is not visible to your key any more, or it does not match the filter any more; then `accessProfile` is not null.',
    },
  } as const,
});

const AccessProfileChangeRef = builder.objectRef<ProfileEvent>('AccessProfileChange').implement({
  description: 'Change of an access profile: the difference between two scans of all profiles.',
  fields: (t) => ({
    kind: t.expose('kind', { type: ChangeKindRef, description: 'What happened to the profile.' }),
    profileId: t.string({
      description: 'Id of the profile in the Veza API.',
      resolve: (event) => profileOf(event).profileId,
    }),
    accessProfile: t.field({
      type: AccessProfileRef,
      nullable: true,
      description: 'Profile as the scan that noticed the change shows it; null if it is gone.',
      resolve: ({ after }) => after,
    }),
    changedFields: t.exposeStringList('changedFields', {
      description:
        'Names of the fields of AccessProfile that differ; empty for a profile that is new or gone. A profile whose children change has not changed itself.',
    }),
    addedEntitlements: t.field({
      type: [EntitlementRef],
      cost: listOf(5),
      description: 'Direct entitlements that the profile has now and did not have before.',
      resolve: (event) => differenceIn(event).addedEntitlements,
    }),
    removedEntitlements: t.field({
      type: [EntitlementRef],
      cost: listOf(5),
      description: 'Direct entitlements that the profile had before and does not have now.',
      resolve: (event) => differenceIn(event).removedEntitlements,
    }),
    addedInheritsFrom: t.idList({
      description: 'Global ids of the direct parents that the profile has now and did not have before.',
      resolve: (event) => differenceIn(event).addedParentIds.map(profileIdOf),
    }),
    removedInheritsFrom: t.idList({
      description: 'Global ids of the direct parents that the profile had before and does not have now.',
      resolve: (event) => differenceIn(event).removedParentIds.map(profileIdOf),
    }),
    at: t.field({
      type: 'DateTime',
      description: 'Time when the gateway noticed the change.',
      resolve: ({ at }) => new Date(at).toISOString(),
    }),
  }),
});

builder.subscriptionField('accessProfileChanges', (t) =>
  t.field({
    type: AccessProfileChangeRef,
    cost: { ...free, once: 'scan' },
    description:
      'Changes of profiles that your key can see, as server-sent events. The gateway compares scans of all profiles, one scan for all subscriptions of a caller every WATCH_INTERVAL_SECONDS, and at once after a change that is made through the gateway. Changes between two scans come as one.',
    args: {
      filter: t.arg({
        type: AccessProfileFilterRef,
        description:
          'Profiles to watch; all if it is left out. Ids in `inheritedBy` are looked up when the subscription starts.',
      }),
    },
    subscribe: async (_root, { filter }, context): Promise<AsyncIterable<ProfileEvent>> => {
      const condition = filter ? await conditionOf(filter, context.loaders, 'filter') : null;
      const field = condition === null ? null : membersFor(condition);
      // They would take a call for each profile and scan.
      if (field !== null) throw new UserInputError(field, `${field}: a subscription can not filter by members.`);
      const matches = (profile: Profile) => condition === null || satisfies(condition, profile) !== false;
      return eventsOf(await context.watchChanges(), matches);
    },
    resolve: (event) => event,
  }),
);

async function* eventsOf(
  changes: AsyncIterable<NoticedChange>,
  matches: (profile: Profile) => boolean,
): AsyncGenerator<ProfileEvent, void, undefined> {
  for await (const change of changes) {
    const kind = changeWithin(change, matches);
    if (kind !== null) yield { ...change, kind };
  }
}

const differences = new WeakMap<ProfileEvent, ProfileDifference>();

/** Worked out once for all fields of an event. */
function differenceIn(event: ProfileEvent): ProfileDifference {
  const known = differences.get(event) ?? differenceOf(event.before, event.after);
  differences.set(event, known);
  return known;
}

function profileOf({ before, after }: NoticedChange): Profile {
  const profile = after ?? before;
  if (profile === null) throw new TypeError('a change is of a profile');
  return profile;
}

function profileIdOf(id: string): string {
  return globalId('AccessProfile', id);
}

import type { FaultEffect } from '../../src/sandbox/faults.ts';
import type { Faults } from './callers.ts';
import {
  edited,
  editing,
  failed,
  failing,
  inputOf,
  keeping,
  otherParents,
  otherResult,
  put,
  shorten,
} from './edits.ts';
import { keptMs } from './judge.ts';
import type { Damage, Reply } from './middleman.ts';

/** A way in which a gateway may be broken, done to a sound one from outside. */
export interface Break {
  /** What the checks have to count. */
  readonly counts: keyof Faults;
  /** Where the damage is done: on the way from the callers, or on that to the API. */
  readonly side: 'callers' | 'api';
  /** What befalls calls, if it is something in particular. */
  readonly effects?: readonly FaultEffect[];
  /** A new one for each run. */
  readonly damage: () => Damage;
}

/** No damage at all. */
export const none: Damage = (request, passOn) => passOn(request);

export const breaks: Readonly<Record<string, Break>> = {
  'identical reads share one answer, whoever asks': {
    counts: 'wrong',
    side: 'api',
    damage: () => {
      const known = new Map<string, Promise<Reply>>();
      return (request, passOn) => {
        if (request.method !== 'GET') {
          known.clear();
          return passOn(request);
        }
        const reply = known.get(request.target) ?? passOn(request);
        known.set(request.target, reply);
        reply.catch(() => known.delete(request.target));
        return reply;
      };
    },
  },
  'an answer goes to whoever asks next': {
    counts: 'leaked',
    side: 'callers',
    damage: () => {
      let before: Reply | null = null;
      return async (request, passOn) => {
        const reply = await passOn(request);
        const other = before ?? reply;
        before = reply;
        return other;
      };
    },
  },
  'a creation that was answered with 503 is sent again, though it happened': {
    counts: 'doubled',
    side: 'api',
    effects: [{ kind: 'status-after', status: 503 }],
    damage: () => async (request, passOn) => {
      const reply = await passOn(request);
      return request.method === 'POST' && reply.status === 503 ? passOn(request) : reply;
    },
  },
  'an entitlement that was revoked comes back': {
    counts: 'undone',
    side: 'api',
    damage: () => {
      const written = new Map<string, readonly unknown[]>();
      return (request, passOn) => {
        const change = request.method === 'PATCH' ? JSON.parse(request.body) : {};
        const { entities_to_create_relationships_to: entities, ...rest } = change.value ?? change;
        if (!Array.isArray(entities)) return passOn(request);
        const stale = written.get(request.target) ?? entities;
        written.set(request.target, stale);
        const content = { ...rest, entities_to_create_relationships_to: stale };
        return passOn({
          ...request,
          body: JSON.stringify('value' in change ? { ...change, value: content } : content),
        });
      };
    },
  },
  'each write is sent twice': {
    counts: 'doubled',
    side: 'api',
    damage: () => async (request, passOn) => {
      if (request.method === 'POST') await passOn(request);
      return passOn(request);
    },
  },
  'a creation is answered and not made': {
    counts: 'lost',
    side: 'callers',
    damage: () => (request, passOn) => {
      const { name } = inputOf(request);
      const data = { change: { __typename: 'CreateAccessProfilePayload', accessProfile: { name } } };
      return name === undefined ? passOn(request) : Promise.resolve({ status: 200, text: JSON.stringify({ data }) });
    },
  },
  'labels are read where they should be changed': {
    counts: 'lost',
    side: 'callers',
    damage: () => (request, passOn) => {
      const { id, labels } = inputOf(request);
      if (labels === undefined) return passOn(request);
      const query = `query Label { change: accessProfile(id: "${id}") { profileId labels } }`;
      return edited(passOn({ ...request, body: JSON.stringify({ query }) }), (answer) => {
        const accessProfile = answer.data?.['change'];
        if (accessProfile) answer.data = { change: { __typename: 'ChangeAccessProfileLabelsPayload', accessProfile } };
      });
    },
  },
  'a message tells the key': {
    counts: 'leaked',
    side: 'callers',
    damage: () => failing(({ authorization }) => authorization),
  },
  "a message repeats the API's words": {
    counts: 'leaked',
    side: 'callers',
    damage: () => failing(() => '<!DOCTYPE html><title>Bad Gateway</title>'),
  },
  'a row lacks a parent': {
    counts: 'wrong',
    side: 'callers',
    damage: () => otherParents((parents) => parents.slice(1)),
  },
  'a row has another parent': {
    counts: 'wrong',
    side: 'callers',
    damage: () => otherParents((parents, row) => [row, ...parents.slice(1)]),
  },
  'an entitlement is missing': {
    counts: 'wrong',
    side: 'callers',
    damage: () => editing(({ data }) => shorten(data, ['accessProfile', 'entitlements'])),
  },
  'an effective entitlement is missing': {
    counts: 'wrong',
    side: 'callers',
    damage: () => editing(({ data }) => shorten(data, ['accessProfile', 'effectiveEntitlements'])),
  },
  'a profile is missing from a list': {
    counts: 'wrong',
    side: 'callers',
    damage: () => editing(({ data }) => shorten(data, ['accessProfiles', 'nodes'])),
  },
  'somebody is missing among those who have an entity': {
    counts: 'wrong',
    side: 'callers',
    damage: () => editing(({ data }) => shorten(data, ['accessProfilesGranting'])),
  },
  'a finding is missing': {
    counts: 'wrong',
    side: 'callers',
    damage: () => editing(({ data }) => shorten(data, ['missing'])),
  },
  'an edge is missing in the graph': {
    counts: 'wrong',
    side: 'callers',
    damage: () => editing(({ data }) => shorten(data, ['inheritanceGraph', 'edges'])),
  },
  'failures are not told': {
    counts: 'wrong',
    side: 'callers',
    damage: () =>
      editing((answer) => {
        delete answer.errors;
      }),
  },
  'failures are empty lists': {
    counts: 'wrong',
    side: 'callers',
    damage: () =>
      editing(({ data, errors = [] }) => {
        for (const { path = [] } of errors) put(data, path, []);
      }),
  },
  'a change that is done is called a conflict': {
    counts: 'wrong',
    side: 'callers',
    damage: () => otherResult(() => ({ data: { change: { __typename: 'ConflictError', message: '' } } })),
  },
  'a change that is done is said to have found no profile': {
    counts: 'wrong',
    side: 'callers',
    damage: () => otherResult(() => ({ data: { change: { __typename: 'NotFoundError', message: '' } } })),
  },
  'a change that is done is said to have failed': {
    counts: 'wrong',
    side: 'callers',
    damage: () => otherResult(() => failed('UPSTREAM_UNAVAILABLE')),
  },
  'a change that is done is said to be uncertain': {
    counts: 'wrong',
    side: 'callers',
    damage: () => otherResult(() => failed('WRITE_OUTCOME_UNKNOWN')),
  },
  'an answer is older than a change that was told as done': {
    counts: 'wrong',
    side: 'callers',
    damage: () => keeping(({ body }) => /query (?:Graph|Findings) /.test(body), keptMs),
  },
  'readings are older than they may be': {
    counts: 'wrong',
    side: 'api',
    damage: () => keeping(({ method, target }) => method === 'GET' && target.includes('access_profiles_types'), 60_000),
  },
};

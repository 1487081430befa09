import type { Faults } from './callers.ts';
import type { Damage, Passing, Reply } from './middleman.ts';

/** A way in which a gateway may be broken, done to a sound one from outside. */
export interface Break {
  /** What the checks have to count. */
  readonly counts: keyof Faults;
  /** Where the damage is done: on the way from the callers, or on that to the API. */
  readonly side: 'callers' | 'api';
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
  'a write that failed is sent again, though it may have happened': {
    counts: 'doubled',
    side: 'api',
    damage: () => async (request, passOn) => {
      const reply = await passOn(request);
      return request.method !== 'GET' && reply.status >= 500 ? passOn(request) : reply;
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
      const data = { createAccessProfile: { accessProfile: { name } } };
      return name === undefined ? passOn(request) : Promise.resolve({ status: 200, text: JSON.stringify({ data }) });
    },
  },
  'labels are read where they should be changed': {
    counts: 'lost',
    side: 'callers',
    damage: () => (request, passOn) => {
      const { id, labels } = inputOf(request);
      if (labels === undefined) return passOn(request);
      const query = `{ change: accessProfile(id: "${id}") { profileId labels } }`;
      return edited(passOn({ ...request, body: JSON.stringify({ query }) }), (answer) => {
        answer.data = { change: { accessProfile: answer.data?.['change'] } };
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
  'failures are not told': {
    counts: 'wrong',
    side: 'callers',
    damage: () => (request, passOn) =>
      edited(passOn(request), (answer) => {
        delete answer.errors;
      }),
  },
};

interface Row {
  readonly profileId: string;
  readonly name: string;
  inheritsFrom?: readonly Pick<Row, 'profileId' | 'name'>[];
}

interface Answer {
  data?: Record<string, unknown>;
  errors?: unknown;
}

function inputOf({ body }: Passing): Readonly<Record<string, unknown>> {
  return JSON.parse(body).variables.input ?? {};
}

async function edited(reply: Promise<Reply>, edit: (answer: Answer) => void): Promise<Reply> {
  const { status, text } = await reply;
  const answer: Answer = JSON.parse(text);
  edit(answer);
  return { status, text: JSON.stringify(answer) };
}

/** Every fifth request fails, and its message is not what it should be. */
function failing(message: (request: Passing) => string): Damage {
  let requests = 0;
  return (request, passOn) => {
    if (++requests % 5 !== 0) return passOn(request);
    const errors = [{ message: `It failed: ${message(request)}`, extensions: { code: 'UPSTREAM_UNAVAILABLE' } }];
    return Promise.resolve({ status: 200, text: JSON.stringify({ errors }) });
  };
}

/** The first row of a list that has parents gets others. */
function otherParents(
  others: (parents: NonNullable<Row['inheritsFrom']>, row: Row) => NonNullable<Row['inheritsFrom']>,
): Damage {
  return (request, passOn) =>
    edited(passOn(request), ({ data }) => {
      const list: unknown = data?.['accessProfiles'];
      const row = isList(list) ? list.nodes.find(({ inheritsFrom = [] }) => inheritsFrom.length > 0) : undefined;
      if (row?.inheritsFrom !== undefined) row.inheritsFrom = others(row.inheritsFrom, row);
    });
}

function isList(value: unknown): value is { readonly nodes: readonly Row[] } {
  return typeof value === 'object' && value !== null && 'nodes' in value;
}

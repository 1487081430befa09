import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import type { Fault } from '../../src/sandbox/faults.ts';
import { currentVersion } from '../../src/sandbox/store.ts';
import { every, runs } from '../support/runs.ts';
import { grantsOf, isWrite, startTrial, type Trial } from './mutation-support.ts';

interface Mutation {
  readonly name: string;
  readonly change: string;
  readonly payload: string;
  /** How often the change is to be found in the store. */
  readonly applied: (trial: Trial) => number;
  /** Whether there is a profile to show where the outcome is unknown. */
  readonly showsProfile?: false;
}

const labels = 'accessProfile { labels }';
const hasLabel = (label: string) => (trial: Trial) => Number(trial.labelsOf('base').includes(label));
const membersOf = ({ sandbox }: Trial) => {
  const profile = sandbox.store.profile('base');
  return (profile && currentVersion(profile)?.members.map((member) => member.identity_id)) ?? [];
};

const mutations: readonly Mutation[] = [
  {
    name: 'createAccessProfileType',
    change: 'createAccessProfileType(input: { name: "New" })',
    payload: 'accessProfileType { name }',
    applied: ({ sandbox }) => [...sandbox.store.types()].filter(({ name }) => name === 'New').length,
    showsProfile: false,
  },
  {
    name: 'createAccessProfile',
    change: 'createAccessProfile(input: { name: "New", state: INITIAL, type: "role" })',
    payload: 'accessProfile { name }',
    applied: ({ sandbox }) => [...sandbox.store.profiles()].filter(({ name }) => name === 'New').length,
    showsProfile: false,
  },
  {
    name: 'updateAccessProfile',
    change: 'updateAccessProfile(input: { id: "base", name: "New" })',
    payload: 'accessProfile { name }',
    applied: ({ sandbox }) => Number(sandbox.store.profile('base')?.name === 'New'),
  },
  {
    name: 'setAccessProfileLabels',
    change: 'setAccessProfileLabels(input: { id: "base", labels: ["new"] })',
    payload: labels,
    applied: hasLabel('new'),
  },
  {
    name: 'addAccessProfileLabels',
    change: 'addAccessProfileLabels(input: { id: "base", labels: ["new"] })',
    payload: labels,
    applied: hasLabel('new'),
  },
  {
    name: 'removeAccessProfileLabels',
    change: 'removeAccessProfileLabels(input: { id: "base", labels: ["a"] })',
    payload: labels,
    applied: (trial) => 1 - hasLabel('a')(trial),
  },
  {
    name: 'updateAccessProfileVersion, whole lists',
    change: 'updateAccessProfileVersion(input: { id: "base", entitlements: [] })',
    payload: 'version { entitlements { entityId } }',
    applied: (trial) => Number(grantsOf(trial, 'base').length === 0),
  },
  {
    name: 'updateAccessProfileVersion, adding',
    change:
      'updateAccessProfileVersion(input: { id: "base", addEntitlements: [{ entityType: "Group", datasourceId: "ds-1", entityId: "new" }] })',
    payload: 'version { entitlements { entityId } }',
    applied: (trial) => Number(grantsOf(trial, 'base').includes('new')),
  },
  {
    name: 'addAccessProfileMembers',
    change: 'addAccessProfileMembers(input: { id: "base", identityIds: ["bob"] })',
    payload: 'accessProfile { members { identityId } }',
    applied: (trial) => Number(membersOf(trial).includes('bob')),
  },
  {
    name: 'removeAccessProfileMembers',
    change: 'removeAccessProfileMembers(input: { id: "base", identityIds: ["ada"] })',
    payload: 'accessProfile { members { identityId } }',
    applied: (trial) => Number(!membersOf(trial).includes('ada')),
  },
];

type Ending = 'payload' | 'WRITE_OUTCOME_UNKNOWN' | 'RATE_LIMITED' | 'InvalidInputError';

interface Trouble {
  readonly name: string;
  readonly fault: Fault;
  readonly writes: number;
  /** Once everything has come to rest. */
  readonly applied: number;
  readonly ending: Ending;
}

const open = { writes: 1, ending: 'WRITE_OUTCOME_UNKNOWN' } as const;

const troubles: readonly Trouble[] = [
  { name: 'the connection is cut before', fault: { kind: 'reset-before' }, ...open, applied: 0 },
  { name: 'the connection is cut after', fault: { kind: 'reset-after' }, ...open, applied: 1 },
  { name: 'the reply is cut', fault: { kind: 'truncate' }, ...open, applied: 1 },
  ...[408, 499, 500, 502, 503, 504, 520].flatMap((status): Trouble[] => [
    { name: `${status} before`, fault: { kind: 'status', status }, ...open, applied: 0 },
    { name: `${status} after`, fault: { kind: 'status-after', status }, ...open, applied: 1 },
  ]),
  {
    name: '503 after, with a time to wait',
    fault: { kind: 'status-after', status: 503, retryAfter: 1 },
    ...open,
    applied: 1,
  },
  { name: 'a page in HTML with 200', fault: { kind: 'html', status: 200 }, ...open, applied: 0 },
  { name: 'no answer in time', fault: { kind: 'hang' }, ...open, applied: 0 },
  { name: 'done after the time was over', fault: { kind: 'delay', delayMs: 2200 }, ...open, applied: 1 },
  { name: '429 once', fault: { kind: 'status', status: 429 }, writes: 2, applied: 1, ending: 'payload' },
  {
    name: '429 twice',
    fault: { kind: 'status', status: 429, times: 2 },
    writes: 3,
    applied: 1,
    ending: 'payload',
  },
  {
    name: '429, and a long time to wait',
    fault: { kind: 'status', status: 429, retryAfter: 600 },
    writes: 1,
    applied: 0,
    ending: 'RATE_LIMITED',
  },
  { name: '400', fault: { kind: 'status', status: 400 }, writes: 1, applied: 0, ending: 'InvalidInputError' },
];

const methods = ['POST', 'PATCH', 'PUT'];

describe.concurrent.each(mutations)('$name', ({ name: mutation, change, payload, applied, showsProfile = true }) => {
  // Each mutation meets every fourth trouble, and each trouble every fourth mutation.
  it.each(
    every(
      4,
      mutations.findIndex(({ name }) => name === mutation),
      troubles,
    ),
  )('where the write meets: $name', async ({ fault, writes, ending, ...trouble }) => {
    const isSlow = fault.kind === 'hang' || fault.kind === 'delay';
    await using trial = await startTrial(isSlow ? { timeoutMs: 1500 } : {});
    for (const method of methods) trial.sandbox.faults.add({ ...fault, match: { method } });
    const { result, errors } = await trial.change(change, payload);
    expect(trial.writes()).toHaveLength(writes);
    if (ending === 'payload') {
      expect(errors).toEqual([]);
      expect(result.__typename).toMatch(/Payload$/);
    } else if (ending === 'InvalidInputError') {
      expect(errors).toEqual([]);
      expect(result.__typename).toBe(ending);
    } else {
      expect(errors.map(({ extensions }) => extensions['code'])).toEqual([ending]);
      expect(errors[0]?.path).toEqual(['result']);
    }
    if (ending === 'WRITE_OUTCOME_UNKNOWN') expect(result).toBeNull();
    if (ending === 'WRITE_OUTCOME_UNKNOWN' && showsProfile) {
      expect(errors[0]?.message).toMatch(/(now shows the change|does not show the change|cannot show)/);
    }
    if (ending === 'WRITE_OUTCOME_UNKNOWN' && !showsProfile) {
      expect(errors[0]?.message).toMatch(/Look for a \w+ named "New"/);
    }
    if (ending === 'RATE_LIMITED') expect(errors[0]?.extensions['retryAfter']).toBe(600);
    // The API may make a write that came late only after the answer.
    await vi.waitFor(() => expect(applied(trial)).toBe(trouble.applied), { timeout: 10_000 });
    expect(trial.writes()).toHaveLength(writes);
  });
});

/** What may happen to any call of a mutation, the reads among them. */
const anyFault: fc.Arbitrary<Fault> = fc
  .tuple(
    fc.constantFrom<Fault>(
      { kind: 'status', status: 429 },
      { kind: 'status', status: 429, retryAfter: 0 },
      { kind: 'status', status: 429, retryAfter: 60 },
      { kind: 'status', status: 503, retryAfter: 0 },
      { kind: 'status-after', status: 500 },
      { kind: 'status-after', status: 503, retryAfter: 1 },
      { kind: 'status-after', status: 408 },
      { kind: 'reset-before' },
      { kind: 'reset-after' },
      { kind: 'truncate' },
      { kind: 'html', status: 200 },
      { kind: 'answer', body: {} },
    ),
    fc.constantFrom(undefined, ...methods),
    fc.nat({ max: 4 }),
  )
  .map(([fault, method, skip]) => ({
    ...fault,
    skip: method === undefined ? skip : 0,
    match: method ? { method } : {},
  }));

describe.each(mutations)('$name, whatever happens to its calls', ({ change, payload, applied }) => {
  it('is applied once at the most, and an answer without an error is true', { timeout: 120_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(anyFault, { maxLength: 4 }), fc.boolean(), async (faults, openFilters) => {
        await using trial = await startTrial({ openFilters });
        trial.sandbox.faults.add(...faults);
        const { result, errors } = await trial.change(change, payload);
        const count = applied(trial);
        expect(count).toBeLessThanOrEqual(1);
        // What was answered with 429 was not begun.
        const begun = trial.sandbox.calls.filter((call) => isWrite(call) && call.status !== 429);
        expect(begun.length).toBeLessThanOrEqual(1);
        const codes = errors.map(({ extensions }) => extensions['code']);
        // Who became a member is for the API's reply to say, and an empty one is a success.
        const isMembers = change.includes('Members');
        if (codes.length === 0 && /Payload$/.test(result.__typename) && !isMembers) expect(count).toBe(1);
        if (count === 1 && result === null) expect(codes).toEqual(['WRITE_OUTCOME_UNKNOWN']);
        if (result !== null && !/Payload$/.test(result.__typename)) expect(count, result.message).toBe(0);
      }),
      { numRuns: runs(25) },
    );
  });
});

describe('what a write whose outcome is unknown says of it', () => {
  it.each<[Fault['kind'], RegExp]>([
    ['reset-after', /may have been made or not.* Profile base now shows the change\.$/],
    ['reset-before', /may have been made or not.* Profile base does not show the change yet\.$/],
  ])('%s', async (kind, message) => {
    await using trial = await startTrial();
    trial.sandbox.faults.add(
      kind === 'reset-after'
        ? { kind, match: { method: 'PATCH' } }
        : { kind: 'reset-before', match: { method: 'PATCH' } },
    );
    const { result, errors } = await trial.change(
      'addAccessProfileLabels(input: { id: "base", labels: ["c"] })',
      labels,
    );
    expect(errors).toMatchObject([
      {
        message: expect.stringMatching(message),
        path: ['result'],
        extensions: { code: 'WRITE_OUTCOME_UNKNOWN' },
      },
    ]);
    expect(result).toBeNull();
    expect(trial.labelsOf('base')).toEqual(kind === 'reset-after' ? ['a', 'b', 'c'] : ['a', 'b']);
  });

  it('an accepted write that can not be read again does not look as if it had not been made', async () => {
    for (const mutation of mutations.filter(({ showsProfile }) => showsProfile ?? true)) {
      await using trial = await startTrial();
      const isBroken = () => trial.writes().length > 0;
      trial.sandbox.faults.add({
        kind: 'run',
        times: 99,
        match: { method: 'GET' },
        run: () => {
          if (isBroken()) throw new Error('the list is down');
        },
      });
      const { result, errors } = await trial.change(mutation.change, mutation.payload);
      expect(result, mutation.name).toBeNull();
      expect(errors, mutation.name).toMatchObject([
        { message: expect.stringContaining('accepted the change'), extensions: { code: 'WRITE_OUTCOME_UNKNOWN' } },
      ]);
      expect(mutation.applied(trial), mutation.name).toBe(1);
    }
  });
});

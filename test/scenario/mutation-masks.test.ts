import { describe, expect, it } from 'vitest';
import { gatewayTo } from '../support/gateway.ts';
import type { ReceivedRequest } from '../support/http-server.ts';
import { every } from '../support/runs.ts';
import { grantsOf, parentsOf, startTrial, type Trial, type TrialOptions } from './mutation-support.ts';

type Deviate = NonNullable<TrialOptions['deviate']>;

const maskOf = ({ target }: ReceivedRequest) => new URL(target, 'http://api').searchParams.get('update_mask');

/** An API that overlooks members of a PATCH body unless a mask names them; `accepts` says which masks it takes. */
function overlooking(
  isOverlooked: (value: unknown) => boolean,
  accepts: (mask: string) => 'taken' | 'refused' | 'overlooked' = () => 'taken',
): Deviate {
  return async (request, next) => {
    const mask = maskOf(request);
    if (request.method !== 'PATCH') return next();
    const verdict = mask === null ? 'overlooked' : accepts(mask);
    if (verdict === 'refused') return { status: 400, text: '{"code":"InvalidArgument","message":"update_mask"}' };
    if (verdict === 'taken') return next();
    const members = Object.entries<unknown>(JSON.parse(request.body)).filter(([, value]) => !isOverlooked(value));
    return next({ ...request, body: JSON.stringify(Object.fromEntries(members)) });
  };
}

const isEmpty = (value: unknown) =>
  value === '' || value === null || (typeof value === 'object' && Object.keys(value).length === 0);
const always = () => true;

const clearings: readonly [change: string, payload: string, isDone: (trial: Trial) => boolean][] = [
  [
    'updateAccessProfileVersion(input: { id: "base", removeEntitlements: [{ datasourceId: "ds-1", entityId: "g1" }] })',
    'version { id }',
    (trial) => grantsOf(trial, 'base').length === 0,
  ],
  [
    'updateAccessProfileVersion(input: { id: "base", entitlements: [] })',
    'version { id }',
    (trial) => grantsOf(trial, 'base').length === 0,
  ],
  [
    'updateAccessProfileVersion(input: { id: "grandchild", removeInheritsFrom: ["child"] })',
    'version { id }',
    (trial) => parentsOf(trial, 'grandchild').length === 0,
  ],
  [
    'setAccessProfileLabels(input: { id: "base", labels: [] })',
    'accessProfile { id }',
    (trial) => trial.labelsOf('base').length === 0,
  ],
  [
    'removeAccessProfileLabels(input: { id: "base", labels: ["a", "b"] })',
    'accessProfile { id }',
    (trial) => trial.labelsOf('base').length === 0,
  ],
  [
    'updateAccessProfile(input: { id: "base", description: null, name: "Other" })',
    'accessProfile { id }',
    ({ sandbox }) =>
      sandbox.store.profile('base')?.description === '' && sandbox.store.profile('base')?.name === 'Other',
  ],
  [
    'updateAccessProfile(input: { id: "base", customProperties: null })',
    'accessProfile { id }',
    ({ sandbox }) => isEmpty(sandbox.store.profile('base')?.custom_properties),
  ],
  [
    'labelAccessProfiles(input: { profiles: { filter: { labels: { has: "a" } } }, remove: ["a", "b"] })',
    'results { error { message } }',
    (trial) => trial.labelsOf('base').length === 0,
  ],
];

async function start(deviate: Deviate): Promise<Trial> {
  const trial = await startTrial({ deviate });
  trial.sandbox.store.editProfile('base', { description: 'Described', custom_properties: { k: 'v' } });
  return trial;
}

const isSuccess = (result: { __typename?: string; results?: { error: unknown }[] }) =>
  result.results?.every(({ error }) => error === null) ?? /Payload$/.test(result.__typename ?? '');

const apis: readonly (readonly [name: string, deviate: Deviate, writes: number])[] = [
  ['needs no mask', (_request, next) => next(), 1],
  ['overlooks what is empty without a mask', overlooking(isEmpty), 2],
  ['overlooks everything without a mask', overlooking(always), 2],
  [
    'takes masks that begin with value. and refuses others',
    overlooking(isEmpty, (mask) => (mask.startsWith('value.') ? 'taken' : 'refused')),
    2,
  ],
  [
    'takes masks that begin with value. and overlooks others',
    overlooking(isEmpty, (mask) => (mask.startsWith('value.') ? 'taken' : 'overlooked')),
    3,
  ],
];

describe.each(clearings.map((clearing, i) => [...clearing, i] as const))('%s', (change, payload, isDone, i) => {
  it.each(every(2, i, apis))('is made by an API that %s', async (_name, deviate, writes) => {
    await using trial = await start(deviate);
    const { result, errors } = await trial.change(change, payload);
    expect(errors).toEqual([]);
    expect(isSuccess(result)).toBe(true);
    expect(isDone(trial)).toBe(true);
    // Those that the API refused did not reach the sandbox.
    expect(trial.writes()).toHaveLength(writes);
  });

  it('ends as a conflict where no mask helps', async () => {
    await using trial = await start(overlooking(isEmpty, () => 'overlooked'));
    const { result, errors } = await trial.change(change, payload);
    expect(errors).toEqual([]);
    expect(isSuccess(result)).toBe(false);
    expect(trial.writes()).toHaveLength(3);
  });
});

/** An API that answers some PATCH requests with this status. */
const refusing =
  (status: number, isRefused: (mask: string | null) => boolean, next: Deviate = (_request, go) => go()): Deviate =>
  async (request, go) =>
    isRefused(maskOf(request)) && request.method === 'PATCH'
      ? { status, text: '{"code":"InvalidArgument","message":"update_mask is wrong or missing"}' }
      : next(request, go);

/** The masks of the PATCH requests of a trial, in their order. */
async function startNoting(deviate: Deviate): Promise<Trial & { readonly masks: readonly (string | null)[] }> {
  const masks: (string | null)[] = [];
  const trial = await start(async (request, next) => {
    if (request.method === 'PATCH') masks.push(maskOf(request));
    return deviate(request, next);
  });
  return { ...trial, masks };
}

const clearLabels = 'setAccessProfileLabels(input: { id: "base", labels: [] })';
const bulk = 'labelAccessProfiles(input: { profiles: { filter: { labels: { has: "a" } } }, remove: ["a", "b"] })';

describe.each([
  [clearLabels, 'accessProfile { id }'],
  [bulk, 'results { error { __typename message } }'],
])('%s', (change, payload) => {
  it.each<[name: string, deviate: Deviate, masks: readonly (string | null)[]]>([
    ['refuses changes without a mask', refusing(400, (mask) => mask === null), [null, 'labels']],
    [
      'refuses changes without a mask that begins with value.',
      refusing(400, (mask) => mask !== 'value.labels'),
      [null, 'labels', 'value.labels'],
    ],
    [
      'has no route for plain masks, and overlooks what is empty without one',
      refusing(404, (mask) => mask === 'labels', overlooking(isEmpty)),
      [null, 'labels', 'value.labels'],
    ],
  ])('is made by an API that %s', async (_name, deviate, masks) => {
    await using trial = await startNoting(deviate);
    const { result, errors } = await trial.change(change, payload);
    expect(errors).toEqual([]);
    expect(isSuccess(result)).toBe(true);
    expect(trial.labelsOf('base')).toEqual([]);
    expect(trial.masks).toEqual(masks);
  });

  it('says what the API says where it refuses all of them', async () => {
    await using trial = await startNoting(refusing(400, () => true));
    const { result } = await trial.change(change, payload);
    const failure = result.results?.[0]?.error ?? result;
    expect(failure.__typename).toBe('InvalidInputError');
    expect(trial.masks).toHaveLength(3);
  });

  it('is a conflict, not a missing profile, where the API ignores it and has no route for masks', async () => {
    await using trial = await start(refusing(404, (mask) => mask !== null, overlooking(isEmpty)));
    const { result } = await trial.change(change, payload);
    const failure = result.results?.[0]?.error ?? result;
    expect(failure.__typename).toBe('ConflictError');
    expect(trial.labelsOf('base')).toEqual(['a', 'b']);
  });

  it('is not retried with a mask where the API does not mention one', async () => {
    const text =
      '{"code":"InvalidArgument","message":"no","details":[{"@type":"type.googleapis.com/google.rpc.BadRequest","field_violations":[{"field":"labels","description":"too few"}]}]}';
    await using trial = await startNoting(async (request, next) =>
      request.method === 'PATCH' ? { status: 400, text } : next(),
    );
    await trial.change(change, payload);
    expect(trial.masks).toEqual([null]);
  });
});

describe('what an API has shown of masks', () => {
  it('is remembered for all changes of the kind, and for all callers of the gateway', async () => {
    await using trial = await start(overlooking(isEmpty));
    const clear = (id: string) =>
      trial.change(`setAccessProfileLabels(input: { id: "${id}", labels: [] })`, 'accessProfile { id }');
    trial.sandbox.store.editProfile('child', { labels: ['x'] });
    await clear('base');
    trial.sandbox.clearCalls();
    expect((await clear('child')).result.accessProfile).toEqual({ id: 'AccessProfile:child' });
    expect(trial.writes()).toHaveLength(1);
    expect(trial.labelsOf('child')).toEqual([]);
    expect(trial.sandbox.calls.map(({ method }) => method)[0]).toBe('PATCH');
  });

  it('is given up where the API refuses it later', async () => {
    let isRefused = false;
    await using trial = await start(
      overlooking(
        () => !isRefused && true,
        () => (isRefused ? 'refused' : 'taken'),
      ),
    );
    const add = (label: string) =>
      trial.change(`addAccessProfileLabels(input: { id: "base", labels: ["${label}"] })`, 'accessProfile { labels }');
    await add('c');
    isRefused = true;
    expect((await add('d')).result.accessProfile.labels).toEqual(['a', 'b', 'c', 'd']);
  });

  it('is not shared with another gateway', async () => {
    await using trial = await start(overlooking(isEmpty));
    await using other = gatewayTo(trial.sandbox.origin);
    await other.ask('mutation { setAccessProfileLabels(input: { id: "base", labels: [] }) { __typename } }');
    expect(
      trial.sandbox.calls.filter(({ method }) => method === 'PATCH').map(({ query }) => query.has('update_mask')),
    ).toEqual([false]);
  });
});

describe('a change that another client undoes is not sent again', () => {
  it.each([
    'setAccessProfileLabels(input: { id: "base", labels: [] })',
    'removeAccessProfileLabels(input: { id: "base", labels: ["a", "b"] })',
  ])('%s', async (change) => {
    // Right after the write, before it is read again.
    let wasWritten = false;
    await using trial = await startTrial({
      before: ({ method }, store) => {
        if (wasWritten) store.editProfile('base', { labels: ['a', 'b'] });
        wasWritten = method === 'PATCH';
      },
    });
    const { result } = await trial.change(change, 'accessProfile { labels }');
    expect(result.__typename).toBe('ConflictError');
    expect(trial.writes()).toHaveLength(1);
    expect(trial.labelsOf('base')).toEqual(['a', 'b']);
  });
});

describe('a change that the API alters, in its reply as well, is not sent again', () => {
  it.each([
    'setAccessProfileLabels(input: { id: "base", labels: ["Prod"] })',
    'addAccessProfileLabels(input: { id: "base", labels: ["Prod"] })',
    'labelAccessProfiles(input: { profiles: { filter: { labels: { has: "a" } } }, add: ["Prod"] })',
  ])('%s', async (change) => {
    const lower: Deviate = async (_request, next) => {
      const { status, text } = await next();
      return { status, text: text.replaceAll('"Prod"', '"prod"') };
    };
    await using trial = await startTrial({ deviate: lower });
    const isBulk = change.startsWith('label');
    const { result } = await trial.change(
      change,
      isBulk ? 'results { error { message } }' : 'accessProfile { labels }',
    );
    expect(isSuccess(result)).toBe(false);
    expect(trial.writes()).toHaveLength(1);
  });
});

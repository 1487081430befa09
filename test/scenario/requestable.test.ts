import { describe, expect, it } from 'vitest';
import { type Json, rewriting, startTrial, type Trial, type TrialOptions } from './mutation-support.ts';

const asked = (trial: Trial) => trial.sandbox.calls.map(({ query }) => query.get('include_requestable'));
const list = '{ accessProfiles { nodes { profileId requestable } } }';
const isAskedFor = ({ target }: { readonly target: string }) => target.includes('include_requestable=true');
const requested = new Set(['base', 'child']);
/** The profile list of some API; `requestable` is what it prints, undefined for nothing. */
const printing = (requestable: (id: string, isAsked: boolean) => boolean | undefined): TrialOptions => ({
  deviate: rewriting('GET', (json, request) => ({
    ...json,
    ...(Array.isArray(json.values) && {
      values: json.values.map((row: Json) => ({ ...row, requestable: requestable(row.id, isAskedFor(request)) })),
    }),
  })),
});
/** A gateway that has asked before, so that what it knows of the API is known. */
async function answers(trial: Trial) {
  const read = async () => {
    const { data, errors }: Json = await trial.ask(list);
    expect(errors).toBeUndefined();
    return new Map<string, boolean | null>(
      data.accessProfiles.nodes.map((row: Json) => [row.profileId, row.requestable]),
    );
  };
  const first = await read();
  expect(await read()).toEqual(first);
  return first;
}

describe('requestable', () => {
  it('is asked for with the parameter where an API fills it in only then: one call more, once', async () => {
    await using trial = await startTrial(printing((id, isAsked) => isAsked && requested.has(id)));
    const found = await answers(trial);
    expect([...found].filter(([, is]) => is === true).map(([id]) => id)).toEqual(['base', 'child']);
    expect(found.get('grandchild')).toBe(false);
    expect(asked(trial).filter((value) => value === 'true')).toHaveLength(2);
    expect(asked(trial)).toHaveLength(3);
  });

  it('is read for what names it in a filter alone, and for nothing else', async () => {
    await using trial = await startTrial(printing((id, isAsked) => isAsked && requested.has(id)));
    await trial.ask('{ accessProfiles { nodes { name } } }');
    expect(asked(trial)).toEqual([null]);
    for (const [document, variables] of [
      ['{ accessProfiles(filter: { not: { requestable: false } }) { nodes { profileId } } }', {}],
      [
        'query ($f: AccessProfileFilter) { accessProfiles(filter: $f) { nodes { profileId } } }',
        { f: { and: [{ requestable: true }] } },
      ],
    ] as const) {
      const { data }: Json = await trial.ask(document, variables);
      expect(data.accessProfiles.nodes).toEqual([{ profileId: 'base' }, { profileId: 'child' }]);
    }
  });

  it('is what an API without the parameter says, which refuses it once', async () => {
    await using trial = await startTrial({
      deviate: async (request, next) => {
        if (isAskedFor(request)) return { status: 400, text: '{"code":"InvalidArgument","message":"unknown field"}' };
        const { status, text } = await next();
        const json = JSON.parse(text);
        return {
          status,
          text: JSON.stringify({
            ...json,
            values: json.values.map((row: Json) => ({ ...row, requestable: requested.has(row.id) })),
          }),
        };
      },
    });
    const found = await answers(trial);
    expect([found.get('base'), found.get('grandchild')]).toEqual([true, false]);
  });

  it.each([
    ['prints false for all', () => false],
    ['prints nothing', () => undefined],
  ])('is null, not false, where an API ignores the parameter and %s', async (_what, requestable) => {
    await using trial = await startTrial(printing(requestable));
    expect(new Set((await answers(trial)).values())).toEqual(new Set([null]));
  });

  it('does not let an API widen the list', async () => {
    const hidden = { id: 'hidden', name: 'Hidden', requestable: true };
    await using trial = await startTrial({
      deviate: rewriting('GET', (json, request) =>
        isAskedFor(request) && Array.isArray(json.values) ? { ...json, values: [...json.values, hidden] } : json,
      ),
    });
    const found = await answers(trial);
    expect(found.has('hidden')).toBe(false);
    expect(found.size).toBe(9);
  });

  it('fails where the list fails, not where the parameter does', async () => {
    await using trial = await startTrial({ deviate: async () => ({ status: 403, text: '{}' }) });
    const { data, errors } = await trial.ask<Json, Json>(list);
    expect(data).toEqual({ accessProfiles: null });
    expect(errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
  });
});

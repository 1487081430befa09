import { describe, expect, it, onTestFinished } from 'vitest';
import { IdentityLoader } from '../../src/loaders/identities.ts';
import { neighbourCall, OfferedCalls } from '../../src/loaders/offered-calls.ts';
import { datasourceSource, ReferenceList } from '../../src/loaders/reference-list.ts';
import { createClient } from '../../src/upstream/client.ts';
import { answer, type Script, scripted } from '../support/http-server.ts';
import { listen } from '../support/notes.ts';

const idOf = (target: string) => decodeURIComponent(target.split('?')[0]?.split('/').at(-1) ?? '');

/** Loaders of one operation after another, to one API. */
async function api(script: Script, { known = null, left = 1000 }: { known?: string | null; left?: number } = {}) {
  const server = await scripted(script);
  const client = createClient({ origin: server.origin, timeoutMs: 5000, notes: listen(), retries: false });
  onTestFinished(() => client.close());
  const offered = new OfferedCalls();
  const call = neighbourCall(
    (endpoint, params) => client.call(endpoint, params, { authorization: 'Bearer x' }),
    offered,
  );
  return {
    server,
    identities: () =>
      new IdentityLoader({
        call,
        offered,
        callsLeft: () => left,
        otherKnownId: async (id) => (id === known ? null : known),
      }),
    datasources: () => new ReferenceList({ source: datasourceSource, call }),
  };
}

const identity: Script = (response, request) =>
  answer(200, { value: { id: idOf(request.target), entity_name: 'A' } })(response, request);
const outcomes = (loader: IdentityLoader, ids: readonly string[]) =>
  Promise.all(
    ids.map((id) =>
      loader.load(id).then(
        (found) => found?.identityId ?? null,
        (error) => error.code,
      ),
    ),
  );
const many = Array.from({ length: 30 }, (_, i) => `i${i}`);

describe('identities', () => {
  it('are read once each, at most eight at a time', async () => {
    let underWay = 0;
    let most = 0;
    const { server, identities } = await api(async (response, request) => {
      most = Math.max(most, ++underWay);
      await new Promise((resolve) => void setTimeout(resolve, 5));
      underWay--;
      await identity(response, request);
    });
    expect(await outcomes(identities(), [...many, ...many])).toEqual([...many, ...many]);
    expect([server.requests.length, most]).toEqual([30, 8]);
  });

  it('are not read where they are too many for the calls that are left', async () => {
    const { server, identities } = await api(identity, { left: 29 });
    expect(new Set(await outcomes(identities(), many))).toEqual(new Set(['COST_LIMIT']));
    expect(server.requests).toHaveLength(0);
  });

  it.each([
    [403, 'FORBIDDEN'],
    [500, 'UPSTREAM_UNAVAILABLE'],
    [405, 'NOT_SUPPORTED'],
    [501, 'NOT_SUPPORTED'],
  ])('that the API answers with %i are asked for once in an operation', async (status, code) => {
    const { server, identities } = await api(answer(status, {}));
    expect(new Set(await outcomes(identities(), many))).toEqual(new Set([code]));
    expect(server.requests).toHaveLength(1);
    // Whether the API has the operation is remembered; whether a key may use it is not.
    await outcomes(identities(), ['i0']);
    expect(server.requests).toHaveLength(code === 'NOT_SUPPORTED' ? 1 : 2);
  });

  it('fail alone where others are answered', async () => {
    const { identities } = await api((response, request) =>
      (idOf(request.target) === 'i7' ? answer(403, {}) : identity)(response, request),
    );
    expect(await outcomes(identities(), many)).toEqual(many.map((id) => (id === 'i7' ? 'FORBIDDEN' : id)));
  });

  it('are missing where the reply names them, or the API has others; else the operation is', async () => {
    const resource = { details: [{ '@type': 'x/errorstatus.v1.ResourceInfo', resource_type: 'identity' }] };
    const told = await api(answer(404, resource));
    expect(await outcomes(told.identities(), ['x'])).toEqual([null]);
    expect(told.server.requests).toHaveLength(1);

    const others: Script = (response, request) =>
      (idOf(request.target) === 'x' ? answer(404, {}) : identity)(response, request);
    expect(await outcomes((await api(others, { known: 'i0' })).identities(), ['x'])).toEqual([null]);
    expect(await outcomes((await api(others)).identities(), ['i0', 'x'])).toEqual(['i0', null]);
    expect(await outcomes((await api(others)).identities(), ['x'])).toEqual(['NOT_FOUND']);

    const none = await api(answer(404, {}), { known: 'i0' });
    expect(await outcomes(none.identities(), ['x', 'y'])).toEqual(['NOT_SUPPORTED', 'NOT_SUPPORTED']);
    expect(none.server.requests).toHaveLength(2);
    expect(await outcomes(none.identities(), ['x'])).toEqual(['NOT_SUPPORTED']);
    expect(none.server.requests).toHaveLength(2);
  });

  it('are not taken from a reply about somebody else', async () => {
    const { identities } = await api(answer(200, { value: { id: 'other' } }));
    expect(await outcomes(identities(), ['i0'])).toEqual(['UPSTREAM_INVALID_RESPONSE']);
  });
});

describe('a list of reference data', () => {
  it('that the API does not have is asked for once, and not for a while', async () => {
    const { server, datasources } = await api(answer(404, {}));
    const list = datasources();
    for (const each of [list.load('a'), list.all(), datasources().all()]) {
      await expect(each).rejects.toMatchObject({ code: 'NOT_SUPPORTED' });
    }
    expect(server.requests.length).toBeLessThanOrEqual(2);
    await expect(datasources().all()).rejects.toMatchObject({ code: 'NOT_SUPPORTED' });
    expect(server.requests.length).toBeLessThanOrEqual(2);
  });
});

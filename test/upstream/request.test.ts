import { describe, expect, it } from 'vitest';
import { endpoints } from '../../src/upstream/endpoints.ts';
import { answer, scripted } from '../support/http-server.ts';
import { caller, clientOf, echo, key, write } from './support.ts';

const base = '/api/private/lifecycle_management';
const emptyPage = answer(200, { values: [], has_more: false });
const everything = { filter: null, pageSize: 100, pageToken: null, extraInfo: false };

describe('what goes over the wire', () => {
  it('has these headers and no others', async () => {
    const server = await scripted(answer(200, {}));
    await clientOf(server.origin).call(echo, null, caller);
    const { host } = new URL(server.origin);
    expect(Object.fromEntries(server.requests[0]?.headers ?? [])).toEqual({
      host,
      connection: 'keep-alive',
      accept: 'application/json',
      'accept-encoding': 'identity',
      authorization: `Bearer ${key}`,
    });
  });

  it('says what a body is, and sends it as JSON', async () => {
    const server = await scripted(answer(200, {}));
    await clientOf(server.origin).call(write, { name: 'Ünï "quoted"' }, caller);
    const [request] = server.requests;
    expect(request?.method).toBe('PATCH');
    expect(request?.body).toBe('{"name":"Ünï \\"quoted\\""}');
    expect(request?.headers).toContainEqual(['content-type', 'application/json']);
  });

  it('writes a filter as the documents do: blanks as +, the rest percent-encoded', async () => {
    const server = await scripted(emptyPage);
    const filter = '(integrations co "SALESFORCE" or labels co "a+b&c=d%") and profile_type eq "x"';
    await clientOf(server.origin).call(endpoints.listProfiles, { ...everything, filter }, caller);
    expect(server.requests[0]?.target).toBe(
      `${base}/access_profiles?filter=%28integrations+co+%22SALESFORCE%22+or+labels+co+%22a%2Bb%26c%3Dd%25%22%29+and+profile_type+eq+%22x%22&page_size=100`,
    );
  });

  it('encodes a page token, which may end in = signs', async () => {
    const server = await scripted(emptyPage);
    const params = { filter: 'labels co "a"', pageSize: 50, pageToken: 'N/a+==', extraInfo: true };
    await clientOf(server.origin).call(endpoints.listProfiles, params, caller);
    expect(server.requests[0]?.target).toBe(
      `${base}/access_profiles?filter=labels+co+%22a%22&page_size=50&page_token=N%2Fa%2B%3D%3D&entity_extra_info=true`,
    );
  });

  it('leaves out what is not set, entity_extra_info=false included', async () => {
    const server = await scripted(emptyPage);
    const client = clientOf(server.origin);
    await client.call(endpoints.listProfiles, everything, caller);
    await client.call(endpoints.listProfileTypes, { pageToken: null }, caller);
    await client.call(endpoints.listProfileTypes, { pageToken: 'x' }, caller);
    expect(server.requests.map(({ target }) => target)).toEqual([
      `${base}/access_profiles?page_size=100`,
      `${base}/access_profiles_types`,
      `${base}/access_profiles_types?page_token=x`,
    ]);
  });

  it('knows the other two reads', async () => {
    const server = await scripted(answer(200, { values: [], integrations: [] }));
    const client = clientOf(server.origin);
    await client.call(endpoints.listIntegrations, null, caller);
    await client.call(endpoints.listMembers, { profileId: 'p', versionNumber: 2, pageToken: null }, caller);
    expect(server.requests.map(({ method, target }) => `${method} ${target}`)).toEqual([
      `GET ${base}/access_profiles:available_integrations`,
      `GET ${base}/access_profiles/p/versions/2/members`,
    ]);
  });
});

describe('an id in a path', () => {
  it.each([
    ['a/b', 'a%2Fb'],
    ['../admin', '..%2Fadmin'],
    ['a?x=1#y', 'a%3Fx%3D1%23y'],
    ['ü', '%C3%BC'],
    ['%2e%2e', '%252e%252e'],
    ['a b: y', 'a%20b%3A%20y'],
  ])('%j is one segment', async (profileId, segment) => {
    const server = await scripted(answer(200, { values: [] }));
    await clientOf(server.origin).call(endpoints.listMembers, { profileId, versionNumber: 1, pageToken: null }, caller);
    expect(server.requests[0]?.target).toBe(`${base}/access_profiles/${segment}/versions/1/members`);
  });

  it.each([['.'], ['..'], [''], [' '], ['a\r\nX: y'], ['\ud800']])(
    '%j is refused, and nothing is sent',
    async (profileId) => {
      const server = await scripted(answer(200, {}));
      const call = clientOf(server.origin).call(
        endpoints.listMembers,
        { profileId, versionNumber: 1, pageToken: null },
        caller,
      );
      await expect(call).rejects.toThrow(RangeError);
      expect(server.requests).toEqual([]);
    },
  );
});

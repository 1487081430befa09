import { describe, expect, it } from 'vitest';
import type { ErrorCode } from '../../src/errors.ts';
import { retryAfterSeconds } from '../../src/upstream/failure.ts';
import { answer, scripted } from '../support/http-server.ts';
import { invalidArgumentBody } from '../wire/documented.ts';
import { caller, clientOf, echo, failureOf } from './support.ts';

async function failureWith(status: number, body: unknown, headers: Record<string, string> = {}) {
  const server = await scripted(answer(status, body, headers));
  const failure = await failureOf(clientOf(server.origin).call(echo, null, caller));
  return { failure, server };
}

describe('an error status', () => {
  it.each<[status: number, code: ErrorCode]>([
    [400, 'BAD_USER_INPUT'],
    [401, 'UNAUTHENTICATED'],
    [403, 'FORBIDDEN'],
    [404, 'NOT_FOUND'],
    [405, 'BAD_USER_INPUT'],
    [408, 'UPSTREAM_TIMEOUT'],
    [409, 'CONFLICT'],
    [410, 'NOT_FOUND'],
    [412, 'CONFLICT'],
    [414, 'BAD_USER_INPUT'],
    [422, 'BAD_USER_INPUT'],
    [429, 'RATE_LIMITED'],
    [431, 'BAD_USER_INPUT'],
    [499, 'BAD_USER_INPUT'],
    [500, 'UPSTREAM_UNAVAILABLE'],
    [501, 'UPSTREAM_UNAVAILABLE'],
    [502, 'UPSTREAM_UNAVAILABLE'],
    [503, 'UPSTREAM_UNAVAILABLE'],
    [504, 'UPSTREAM_TIMEOUT'],
    [599, 'UPSTREAM_UNAVAILABLE'],
  ])('%i is %s', async (status, code) => {
    const { failure } = await failureWith(status, { code: 3, message: 'x' });
    expect(failure).toMatchObject({ code, upstream: { status, code: 'InvalidArgument' } });
  });

  it('carries the code and id of the body', async () => {
    const { failure } = await failureWith(400, invalidArgumentBody);
    expect(failure.upstream).toEqual({
      status: 400,
      code: 'InvalidArgument',
      requestId: '1091d23a67ad44a63723fc050280e5ae',
      violations: [{ field: 'name', description: 'Provider with the same name already exists' }],
      namesMask: false,
      namesResource: false,
      retryAfterSeconds: null,
      wasSent: true,
    });
  });

  it.each([['<html>502</html>'], [''], ['{"code":']])('needs no body to be understood: %j', async (body) => {
    const { failure } = await failureWith(502, body);
    expect(failure.upstream).toMatchObject({ status: 502, code: null, requestId: null, violations: [] });
  });

  it('says what was tried and what to do, without key, host or body', async () => {
    const { failure, server } = await failureWith(401, { code: 'Unauthenticated', message: 'key c2VjcmV0 is bad' });
    expect(failure.message).toBe(
      'The gateway asked the Veza API to do the thing: it does not accept the key; send a valid personal API key as "Authorization: Bearer …".',
    );
    expect(JSON.stringify({ ...failure, stack: failure.stack })).not.toMatch(/c2VjcmV0/);
    expect(failure.message).not.toContain(new URL(server.origin).host);
  });

  it('is not followed as a redirect', async () => {
    const elsewhere = await scripted(answer(200, {}));
    for (const status of [301, 302, 307, 308]) {
      const { failure } = await failureWith(status, '', { location: `${elsewhere.origin}/thing` });
      expect(failure).toMatchObject({ code: 'UPSTREAM_INVALID_RESPONSE', upstream: { status } });
      expect(failure.message).toContain('redirect');
    }
    expect(elsewhere.requests).toEqual([]);
  });
});

describe('Retry-After', () => {
  it('comes with the failure', async () => {
    const { failure } = await failureWith(429, '', { 'retry-after': '7' });
    expect(failure.upstream.retryAfterSeconds).toBe(7);
  });

  const now = Date.parse('2024-07-15T20:00:00Z');

  it.each<[header: string, seconds: number]>([
    ['0', 0],
    ['120', 120],
    ['Mon, 15 Jul 2024 20:00:30 GMT', 30],
    ['Mon, 15 Jul 2024 19:59:00 GMT', 0],
    ['Monday, 15-Jul-24 20:00:30 GMT', 30],
  ])('%j is %i seconds', (header, seconds) => {
    expect(retryAfterSeconds(header, now)).toBe(seconds);
  });

  it('counts a part of a second as a whole one', () => {
    expect(retryAfterSeconds('Mon, 15 Jul 2024 20:00:30 GMT', now + 1)).toBe(30);
  });

  it.each([['soon'], [''], ['-5'], ['1.5'], ['10 seconds'], ['1e3'], ['99999999999'], ['2024-07-15']])(
    '%j makes no sense',
    (header) => {
      expect(retryAfterSeconds(header, now)).toBeNull();
    },
  );

  it('makes no sense twice, or not at all', () => {
    expect(retryAfterSeconds(['1', '2'], now)).toBeNull();
    expect(retryAfterSeconds(undefined, now)).toBeNull();
  });
});

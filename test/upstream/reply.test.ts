import { describe, expect, it } from 'vitest';
import { endpoints } from '../../src/upstream/endpoints.ts';
import { answer, type Script, scripted } from '../support/http-server.ts';
import { listedProfile } from '../wire/documented.ts';
import { caller, clientOf, echo, failureOf, key } from './support.ts';

async function failureWith(script: Script, options: Parameters<typeof clientOf>[1] = {}) {
  const server = await scripted(script);
  return failureOf(clientOf(server.origin, options).call(echo, null, caller));
}

describe('a success that can not be used', () => {
  it.each<[name: string, script: Script, status: number, problem: string]>([
    ['an empty 200', answer(200, ''), 200, 'it is empty'],
    ['a 204', (response) => void response.writeHead(204).end(), 204, 'it is empty'],
    ['a page of HTML', answer(200, '<html>Sign in</html>', { 'content-type': 'text/html' }), 200, 'it is not JSON'],
    ['cut JSON', answer(200, '{"values":['), 200, 'it is not JSON'],
    ['JSON of another shape', answer(200, []), 200, '(root): expected an object, found an array'],
  ])('%s', async (_name, script, status, problem) => {
    const failure = await failureWith(script);
    expect(failure).toMatchObject({ code: 'UPSTREAM_INVALID_RESPONSE', upstream: { status } });
    expect(failure.message).toBe(
      `The gateway asked the Veza API to do the thing and cannot use the reply: ${problem}.`,
    );
  });

  it('is told by its JSON path, never by its contents', async () => {
    const server = await scripted(
      answer(200, { values: [{ ...listedProfile, labels: ['a', { secret: 'hunter2' }] }] }),
    );
    const params = { filter: null, pageSize: 1, pageToken: null, extraInfo: false };
    const { values } = await clientOf(server.origin).call(endpoints.listProfiles, params, caller);
    expect(values[0]?.name).toBe('Salesforce Developer');
    const failure = await failureOf(Promise.resolve().then(() => values[0]?.labels));
    expect(failure).toMatchObject({ code: 'UPSTREAM_INVALID_RESPONSE', upstream: { status: 200 } });
    expect(failure.message).toContain('values[0].labels[1]: expected a string, found an object');
    expect(failure.message).not.toContain('hunter2');
  });
});

describe('the size of a reply', () => {
  const options = { maxReplyBytes: 1000 };

  it('has a limit, whether it is announced or not', async () => {
    const body = JSON.stringify({ text: 'x'.repeat(5000) });
    const announced = await failureWith(answer(200, body), options);
    const chunked = await failureWith((response) => {
      response.writeHead(200);
      for (let i = 0; i < 5; i++) response.write('x'.repeat(1000));
      response.end();
    }, options);
    for (const failure of [announced, chunked]) {
      expect(failure.code).toBe('UPSTREAM_INVALID_RESPONSE');
      expect(failure.message).toContain('it is larger than the 1000 bytes that the gateway reads');
    }
  });

  it('leaves the status of an error to count alone', async () => {
    const failure = await failureWith(answer(401, 'x'.repeat(5000)), options);
    expect(failure).toMatchObject({ code: 'UNAUTHENTICATED', upstream: { status: 401 } });
  });

  it('is no matter below the limit', async () => {
    const server = await scripted(answer(200, { text: 'x'.repeat(900) }));
    await expect(clientOf(server.origin, options).call(echo, null, caller)).resolves.toHaveProperty('text');
  });
});

describe('the text of a reply', () => {
  it('is UTF-8, even where a character is cut by a chunk', async () => {
    const bytes = Buffer.from('{"name":"Zürich €"}');
    const server = await scripted(async (response) => {
      response.writeHead(200);
      for (const byte of bytes) {
        response.write(Buffer.of(byte));
        await new Promise((resolve) => setImmediate(resolve));
      }
      response.end();
    });
    await expect(clientOf(server.origin).call(echo, null, caller)).resolves.toEqual({ name: 'Zürich €' });
  });

  it('pollutes nothing with a __proto__', async () => {
    const server = await scripted(answer(200, '{"__proto__":{"polluted":true}}'));
    await clientOf(server.origin).call(echo, null, caller);
    expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
  });
});

describe('the key', () => {
  it('is in no failure, whatever goes wrong', async () => {
    const scripts: readonly Script[] = [
      answer(500, { code: 13, message: `Bearer ${key}`, request_id: key }),
      answer(200, `Bearer ${key}`),
      (response) => void response.destroy(),
    ];
    for (const script of scripts) {
      const failure = await failureWith(script);
      expect(`${failure.message} ${JSON.stringify(failure.upstream)}`).not.toContain(key);
    }
  });
});

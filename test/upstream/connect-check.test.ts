import { expect, it } from 'vitest';
import { checkConnection } from '../../src/upstream/connect-check.ts';
import { answer, scripted } from '../support/http-server.ts';

it('a check of the connection finds an API that can be reached, and asks it nothing', async () => {
  const server = await scripted(answer(200, {}));
  expect(await checkConnection(server.origin, 5000)).toBeNull();
  await expect.poll(() => server.connections).toBe(0);
  expect(server.requests).toEqual([]);
});

it.each<[name: string, origin: (plain: string) => string, reason: RegExp]>([
  ['nobody listens', () => 'http://127.0.0.1:1', /^ECONNREFUSED 127\.0\.0\.1:1$/],
  ['the name does not exist', () => 'https://veza.invalid', /^(ENOTFOUND|EAI_AGAIN) veza\.invalid$/],
  ['the API speaks no TLS', (plain) => plain.replace('http:', 'https:'), /^(ERR_SSL|EPROTO)\w* 127\.0\.0\.1:\d+$/],
])('a check of the connection says why it failed: %s', async (_name, origin, reason) => {
  const server = await scripted(answer(200, {}));
  expect((await checkConnection(origin(server.origin), 5000))?.message).toMatch(reason);
});

import { Readable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { describe, expect, it } from 'vitest';
import { loadConfig } from '../../src/config.ts';
import { createRandom } from '../../src/sandbox/random.ts';
import { type Sandbox, startSandbox } from '../../src/sandbox/server.ts';
import { createGateway } from '../../src/server/gateway.ts';
import { listen } from '../../src/server/http/http-server.ts';
import { createLog } from '../../src/server/observability/log.ts';
import { type Findings, questionGateway } from './callers.ts';
import { type Break, breaks, none } from './damages.ts';
import { countLeaks } from './gateway-process.ts';
import { startMiddleman } from './middleman.ts';
import { chaosWorld, keysOf, people } from './world.ts';

/** Questions a gateway that a middleman damages. */
async function question(
  { side, damage }: Omit<Break, 'counts'>,
  isOver: (serial: number, soFar: Findings['faults']) => boolean,
): Promise<Findings> {
  const everybody = people(6);
  const random = createRandom(1);
  const sandbox: Sandbox = await startSandbox({
    world: chaosWorld(everybody, 150),
    keys: keysOf(everybody),
    recordCalls: 0,
    before: () => {
      if (random.next() < 0.05) sandbox.faults.add({ kind: 'html', match: { method: 'GET' } });
    },
  });
  // Writes that happened and seem to have failed: what tempts a gateway to send them again.
  sandbox.faults.add({ kind: 'status-after', status: 502, match: { method: 'POST' }, times: 3 });
  const behind = side === 'api' ? await startMiddleman(sandbox.origin, damage()) : null;
  const config = { ...loadConfig([], {}), port: 0, page: false };
  const gateway = createGateway({
    ...config,
    upstreamOrigin: behind?.origin ?? sandbox.origin,
    ambientKey: null,
    log: createLog('silent'),
  });
  const server = await listen({ ...config, gateway });
  const before = side === 'callers' ? await startMiddleman(server.url, damage()) : null;
  const found = await questionGateway({
    url: before?.origin ?? server.url,
    sandbox,
    everybody,
    random: () => random.next(),
    isOver,
  });
  await before?.close();
  await server.close(0);
  await gateway.close();
  await behind?.close();
  await sandbox.close();
  return found;
}

describe('the checks amid chaos', () => {
  it.each(['callers', 'api'] as const)('have nothing to say about a gateway that is sound: %s', async (side) => {
    const { faults, examples, isVacuous } = await question({ side, damage: () => none }, (serial) => serial >= 15);
    expect(examples).toEqual([]);
    expect(faults).toEqual({ wrong: 0, leaked: 0, doubled: 0, lost: 0 });
    expect(isVacuous).toBe(false);
  });

  it.each(Object.entries(breaks))('find out when %s', async (_name, broken) => {
    const isOver = (serial: number, soFar: Findings['faults']) => serial >= 60 || soFar[broken.counts] > 0;
    const { faults, examples } = await question(broken, isOver);
    expect(faults[broken.counts], examples.join('\n')).toBeGreaterThan(0);
  });

  it('find a key in what the process prints, wherever its output is cut', async () => {
    const output = Readable.from(['one line\na line with a sec', 'ret\nand ano', 'ther']);
    const leaks = countLeaks(output, ['secret', 'other']);
    await finished(output);
    expect(leaks()).toBe(2);
  });
});

import { Readable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { describe, expect, it } from 'vitest';
import { loadConfig } from '../../src/config.ts';
import { createRandom } from '../../src/sandbox/random.ts';
import { type Sandbox, startSandbox } from '../../src/sandbox/server.ts';
import { createGateway } from '../../src/server/gateway.ts';
import { listen } from '../../src/server/http/http-server.ts';
import { createLog } from '../../src/server/observability/log.ts';
import { every } from '../support/runs.ts';
import { type Findings, lackOf, questionGateway } from './callers.ts';
import { type Break, breaks, none } from './damages.ts';
import { countLeaks } from './gateway-process.ts';
import { keptMs, upstreamTimeoutMs } from './judge.ts';
import { startMiddleman } from './middleman.ts';
import { Weather } from './weather.ts';
import { chaosWorld, keysOf, people } from './world.ts';

/** Questions a gateway that a middleman damages. */
async function question(
  { side, damage, effects }: Omit<Break, 'counts'>,
  isOver: (serial: number, soFar: Findings) => boolean,
): Promise<Findings> {
  const everybody = people(6);
  const random = createRandom(1);
  const weather = new Weather(everybody, { reads: 0.05, writes: 0.2, hangs: 0, effects, random: () => random.next() });
  const sandbox: Sandbox = await startSandbox({
    // Few enough for one page, so that a list is one state: nobody can miss a row that moves to another page.
    world: chaosWorld(everybody, 90),
    keys: keysOf(everybody),
    recordCalls: 0,
    fault: (request) => weather.strike(request),
  });
  const behind = side === 'api' ? await startMiddleman(sandbox.origin, damage()) : null;
  const kept = String(keptMs / 1000);
  const config = {
    ...loadConfig([], { SNAPSHOT_TTL_SECONDS: kept, TYPES_TTL_SECONDS: kept }),
    upstreamTimeoutMs,
    port: 0,
    page: false,
  };
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
    weather,
    everybody,
    random: () => random.next(),
    thinkMs: 20,
    outsiderMs: 150,
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
    const enough = (_serial: number, { complete }: Findings) => complete >= 150;
    const found = await question({ side, damage: () => none }, enough);
    expect(found.examples).toEqual([]);
    expect(found.faults).toEqual({ wrong: 0, leaked: 0, doubled: 0, lost: 0, undone: 0 });
    expect(lackOf(found, 150)).toBeNull();
  });

  it.each(every(4, 0, Object.entries(breaks)))('find out when %s', async (_name, broken) => {
    const isOver = (serial: number, { faults }: Findings) => serial >= 200 || faults[broken.counts] > 0;
    const { faults, examples } = await question(broken, isOver);
    expect(faults[broken.counts], examples.join('\n')).toBeGreaterThan(0);
  });

  it('say that there was too little to judge by', async () => {
    const found = await question({ side: 'callers', damage: () => none }, (serial) => serial >= 1);
    expect(lackOf(found, 100)).toMatch(/complete answers are fewer than 100/);
  });

  it('find a key in what the process prints, wherever its output is cut', async () => {
    const output = Readable.from(['one line\na line with a sec', 'ret\nand ano', 'ther']);
    const leaks = countLeaks(output, ['secret', 'other']);
    await finished(output);
    expect(leaks()).toBe(2);
  });
});

import { expect, it } from 'vitest';
import { ChangeQueue } from '../../../src/changes/queue.ts';
import { loadConfig } from '../../../src/config.ts';
import { adminKey, startSandbox } from '../../../src/sandbox/server.ts';
import { createGateway } from '../../../src/server/gateway.ts';
import { createLog } from '../../../src/server/log.ts';

it('a worker that may have missed a write keeps nothing, and joins no read that is under way', async () => {
  const sandbox = await startSandbox({ latencyMs: 50 });
  const peers = { isListening: true, announceWrite: async () => undefined };
  const gateway = createGateway({
    ...loadConfig([], {}),
    upstreamOrigin: sandbox.origin,
    ambientKey: { authorization: `Bearer ${adminKey}`, servesHost: () => true, replacesOwn: false },
    log: createLog('silent'),
    siblings: { peers: () => peers, queue: new ChangeQueue(), metricsOfAll: (own) => own },
  });
  const ask = async (query: string) => {
    const url = `http://localhost/graphql?query=${encodeURIComponent(query)}`;
    return (await gateway.graphql.fetch(url)).headers.get('age');
  };
  const whole = '{ inheritanceGraph { nodes { id } } }';
  await ask(whole);
  expect(await ask(whole)).not.toBeNull();
  peers.isListening = false;
  expect(await ask(whole)).toBeNull();

  const counted = sandbox.calls.length;
  // Not the same operation, but the same call.
  const before = ask('query Before { integrations }');
  await expect.poll(() => sandbox.calls.length).toBe(counted + 1);
  await Promise.all([before, ask('query After { integrations }')]);
  expect(sandbox.calls.length).toBe(counted + 2);

  // What was kept is of use again: all writes have been heard of meanwhile.
  peers.isListening = true;
  expect(await ask(whole)).not.toBeNull();
  await gateway.close();
  await sandbox.close();
});

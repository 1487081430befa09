import { adminKey, startSandbox } from '../../../src/sandbox/server.ts';
import { layeredWorld } from './world.ts';

/** The process that the gateway asks: a sandbox of so many profiles, each answer so many milliseconds late. */
const [size = '1000', latencyMs = '0'] = process.argv.slice(2);
const sandbox = await startSandbox({
  world: layeredWorld(Number(size)),
  latencyMs: Number(latencyMs),
  recordCalls: 0,
  keys: [{ key: adminKey, role: 'admin' }],
});
process.on('disconnect', () => process.exit());
process.send?.(sandbox.origin);

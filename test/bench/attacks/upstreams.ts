import { createServer } from 'node:http';
import { adminKey, type SandboxOptions, startSandbox } from '../../../src/sandbox/server.ts';
import type { World } from '../../../src/sandbox/world.ts';
import { layeredWorld } from '../graph/world.ts';

/** An API to attack the gateway with. */
export interface Upstream {
  readonly origin: string;
  calls(): number;
  close(): Promise<void>;
}

const sandboxed = async (options: SandboxOptions): Promise<Upstream> => {
  const sandbox = await startSandbox({
    recordCalls: 1_000_000,
    keys: [{ key: adminKey, role: 'admin' }],
    ...options,
  });
  return { origin: sandbox.origin, calls: () => sandbox.calls.length, close: () => sandbox.close() };
};

/** Each profile inherits from all of the layer beneath it, and so from everything below. */
function denseLayers(size: number, layers: number, entitlements: number): World {
  const width = size / layers;
  const idOf = (layer: number, column: number) =>
    `3a2371b6-0000-4000-8000-${String(layer * width + column).padStart(12, '0')}`;
  return {
    types: [{ id: 'type-0', name: 'Type 0', max_entitlements: null }],
    profiles: Array.from({ length: size }, (_, number) => {
      const layer = Math.floor(number / width);
      return {
        id: idOf(layer, number % width),
        name: `Profile ${number}`,
        profile_type: 'type-0',
        inherits: layer === 0 ? [] : Array.from({ length: width }, (__, column) => idOf(layer - 1, column)),
        entities: Array.from({ length: entitlements }, (__, i) => ({
          entity_type: 'OktaGroup',
          datasource_id: 'd14d85e9-342a-4670-b5ec-000000000000',
          entity_id: `group-${number}-${i}`,
        })),
      };
    }),
  };
}

/** Pages without a row, and always one more. */
async function endless(): Promise<Upstream> {
  let calls = 0;
  const server = createServer((_incoming, outgoing) => {
    calls++;
    outgoing.setHeader('content-type', 'application/json');
    outgoing.end(JSON.stringify({ values: [], next_page_token: String(calls), has_more: true }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  return {
    origin: `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`,
    calls: () => calls,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

export const upstreams = {
  company: () => sandboxed({}),
  'company, open filters': () => sandboxed({ openFilters: true }),
  '500 profiles in 10 layers': () => sandboxed({ world: denseLayers(500, 10, 20) }),
  '10,000 profiles': () => sandboxed({ world: layeredWorld(10_000) }),
  'endless pages': endless,
} as const satisfies Record<string, () => Promise<Upstream>>;

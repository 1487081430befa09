import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { loadConfig } from '../../../src/config.ts';
import type { SandboxOptions } from '../../../src/sandbox/server.ts';
import { adminKey, startSandbox } from '../../../src/sandbox/server.ts';
import { gatewayTo } from '../../support/gateway.ts';
import { runs } from '../../support/runs.ts';
import { anyOperation } from './arbitrary-operation.ts';

/** The same operations in each run, so that a change is judged by itself. FC_SEED chooses others. */
const seed = Number(process.env['FC_SEED'] ?? 1);

const asking = { authorization: `Bearer ${adminKey}`, 'x-gateway-cost': '1' };
const { limits } = loadConfig([], {});

const apis: Readonly<Record<string, SandboxOptions>> = {
  'refuses undocumented filters': {},
  'takes all filters': { openFilters: true },
  'takes all filters, and finds parts of elements': { openFilters: true, arrayContains: 'substring' },
};

function costOf(extensions: Readonly<Record<string, unknown>> | undefined): {
  estimated: number;
  upstreamCalls?: number;
} {
  const cost = extensions?.['cost'];
  if (typeof cost !== 'object' || cost === null || !('estimated' in cost)) throw new Error('no cost was told');
  const { estimated } = cost;
  return {
    estimated: Number(estimated),
    ...('upstreamCalls' in cost && { upstreamCalls: Number(cost.upstreamCalls) }),
  };
}

describe.each(Object.entries(apis))('of an API that %s, an estimate', (_name, options) => {
  it('is never below the calls that a fresh gateway makes', { timeout: 600_000 }, async () => {
    const sandbox = await startSandbox(options);
    const seen = { answered: 0, calls: 0 };
    await fc.assert(
      fc.asyncProperty(anyOperation, async (operation) => {
        await using gateway = gatewayTo(sandbox.origin);
        sandbox.clearCalls();
        const { data, errors, extensions } = await gateway.ask(operation, undefined, asking);
        expect(
          errors?.map(({ message }) => message).filter((message) => /Cannot query|Unknown|Syntax/.test(message)) ?? [],
        ).toEqual([]);
        const made = sandbox.calls.length;
        if (data !== undefined) seen.answered++;
        seen.calls += made;
        const { estimated } = costOf(extensions ?? errors?.[0]?.extensions);
        expect(made, operation).toBeLessThanOrEqual(estimated);
      }),
      { seed, numRuns: runs(120) },
    );
    await sandbox.close();
    expect(seen.answered).toBeGreaterThan(runs(40));
    expect(seen.calls).toBeGreaterThan(runs(50));
  });
});

/** What no estimate foresees: how large a tenant is, pages with fewer rows than asked for, and retries. */
const unforeseen: Readonly<Record<string, SandboxOptions>> = {
  'a large tenant': { profiles: 2000 },
  'a large tenant whose pages are ragged': { profiles: 1200, raggedPages: true },
  'failures now and then': { failureRate: 0.4 },
};
const fewCalls = { ...limits, MAX_COST: 14 };

describe.each(Object.entries(unforeseen))('with %s', (name, options) => {
  it('no query makes more calls than MAX_COST; it ends with COST_LIMIT where it would', {
    timeout: 600_000,
  }, async () => {
    const sandbox = await startSandbox(options);
    let ended = 0;
    const isQuery = (operation: string) => !operation.startsWith('mutation');
    await fc.assert(
      fc.asyncProperty(anyOperation.filter(isQuery), async (operation) => {
        await using gateway = gatewayTo(sandbox.origin, undefined, { limits: fewCalls });
        sandbox.clearCalls();
        const { errors = [] } = await gateway.ask(operation, undefined, asking);
        expect(sandbox.calls.length).toBeLessThanOrEqual(fewCalls.MAX_COST);
        if (sandbox.calls.length > 0 && errors.some(({ extensions }) => extensions['code'] === 'COST_LIMIT')) ended++;
      }),
      { seed, numRuns: runs(50) },
    );
    await sandbox.close();
    if (name.startsWith('a large tenant')) expect(ended).toBeGreaterThan(0);
  });
});

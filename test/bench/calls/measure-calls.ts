import type { World } from '../../../src/sandbox/world.ts';
import { rounds } from '../../support/call-log.ts';
import { startGateway } from '../../support/gateway.ts';
import type { Case } from './cases.ts';
import type { Api, Cost } from './least.ts';

/** What a query costs a gateway that knows nothing of the API, and what it costs the next time. Throws where it fails. */
export async function measureCalls(
  world: World,
  api: Api,
  { name, query }: Pick<Case, 'name' | 'query'>,
): Promise<{ readonly first: Cost; readonly settled: Cost }> {
  await using gateway = await startGateway(
    { world, openFilters: api === 'takes ids', latencyMs: 50 },
    { typesTtlSeconds: 60 },
  );
  const costOf = async (): Promise<Cost> => {
    gateway.sandbox.clearCalls();
    const { errors } = await gateway.ask(query);
    if (errors !== undefined) throw new Error(`${name}: ${errors[0]?.message}`);
    return { calls: gateway.sandbox.calls.length, rounds: rounds(gateway.sandbox.calls) };
  };
  return { first: await costOf(), settled: await costOf() };
}

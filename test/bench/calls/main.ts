import { rounds } from '../../support/call-log.ts';
import { startGateway } from '../../support/gateway.ts';
import type { Api } from '../cell.ts';
import { printTable } from '../table.ts';
import { shuffledWorld } from '../upstream/world.ts';
import { type Case, canonicalCases } from './cases.ts';
import { type Cost, Least } from './least.ts';

/** Prints what canonical queries cost the API, beside the least that they can. Ends with 1 where one costs more. */
const world = shuffledWorld(1000);
const cases = canonicalCases(new Least(world));
const apis: readonly Api[] = ['takes ids', 'refuses ids'];

for (const api of apis) {
  const lines = [];
  for (const each of cases) lines.push(await line(each, api));
  process.stdout.write(`## An API that ${api}\n\nCalls / rounds, with 1,000 profiles.\n\n`);
  process.stdout.write(`${printTable(['query', 'first time', 'then', 'least', 'met', 'why'], lines)}\n`);
}

/** A gateway of its own for each query: what it learns of the API at its first one, it has to be seen to pay for. */
async function line({ name, query, least, because }: Case, api: Api): Promise<readonly string[]> {
  await using gateway = await startGateway({ world, openFilters: api === 'takes ids', latencyMs: 15 });
  const costOf = async (): Promise<Cost> => {
    gateway.sandbox.clearCalls();
    const { errors } = await gateway.ask(query);
    if (errors !== undefined) throw new Error(`${name}: ${errors[0]?.message}`);
    return { calls: gateway.sandbox.calls.length, rounds: rounds(gateway.sandbox.calls) };
  };
  const learning = await costOf();
  const settled = await costOf();
  const fewest = least(api);
  const isLeast = settled.calls <= fewest.calls && settled.rounds <= fewest.rounds;
  if (!isLeast) process.exitCode = 1;
  return [name, print(learning), print(settled), print(fewest), isLeast ? 'yes' : 'no', because];
}

function print({ calls, rounds: inRow }: Cost): string {
  return `${calls} / ${inRow}`;
}

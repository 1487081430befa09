import { printTable } from '../table.ts';
import { shuffledWorld } from '../upstream/world.ts';
import type { Case } from './cases.ts';
import { canonicalCases } from './cases.ts';
import { type Api, type Cost, Least } from './least.ts';
import { measureCalls } from './measure-calls.ts';

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

async function line(each: Case, api: Api): Promise<readonly string[]> {
  const { first, settled } = await measureCalls(world, api, each);
  const fewest = each.least(api);
  const isLeast = settled.calls <= fewest.calls && settled.rounds <= fewest.rounds;
  if (!isLeast) process.exitCode = 1;
  return [each.name, print(first), print(settled), print(fewest), isLeast ? 'yes' : 'no', each.because];
}

function print({ calls, rounds }: Cost): string {
  return `${calls} / ${rounds}`;
}

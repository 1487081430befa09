import { describe, expect, it } from 'vitest';
import { canonicalCases } from '../bench/calls/cases.ts';
import { type Api, Least } from '../bench/calls/least.ts';
import { measureCalls } from '../bench/calls/measure-calls.ts';
import { shuffledWorld } from '../bench/upstream/world.ts';

const world = shuffledWorld(1000);
const cases = canonicalCases(new Least(world));

describe.each<Api>(['takes ids', 'refuses ids'])('an API that %s is asked no more than it has to be', (api) => {
  it.each(cases)('$name', async (each) => {
    const { first, settled } = await measureCalls(world, api, each);
    const { calls, rounds } = each.least(api);
    // Rounds are told by the clock, which may see calls side by side that were not: never fewer calls.
    expect(settled.calls).toBe(calls - (each.cached ?? 0));
    expect(settled.rounds).toBeLessThanOrEqual(rounds);
    // At most one question to learn what its filters take, and one for types. Lists of children are compared once with all profiles.
    const scan = each.name.startsWith('children') ? 10 : 0;
    expect(first.calls).toBeLessThanOrEqual(calls + scan + 2);
  });
});

import { rounds } from '../../support/call-log.ts';
import type { Upstream } from '../upstream/control.ts';
import type { Contender } from './contender.ts';

/** What one request costs the API when nothing else is going on. */
export interface Cost {
  readonly calls: number;
  /** How many calls one had to wait for another in a row. */
  readonly rounds: number;
}

/** A delay that no two calls of one round can miss each other by. */
const apartMs = 20;
const probes = 5;

/** Counts calls and rounds of single requests, one after another; the mean, since they differ. */
export async function probeCost(contender: Contender, upstream: Upstream): Promise<Cost> {
  await upstream.delay(apartMs);
  const cost = { calls: 0, rounds: 0 };
  for (let i = 0; i < probes; i++) {
    await upstream.takeCalls();
    await contender.ask(contender.next('same'));
    const calls = await upstream.takeCalls();
    cost.calls += calls.length / probes;
    cost.rounds += rounds(calls) / probes;
  }
  await upstream.delay(0);
  return cost;
}

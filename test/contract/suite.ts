import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { askedTooOften } from '../support/call-log.ts';
import { type Answer, gatewayTo, type TestGateway } from '../support/gateway.ts';
import { every } from '../support/runs.ts';
import {
  type Case,
  type FilterQuestion,
  fieldCases,
  filterCase,
  filterKinds,
  filterQuestions,
  lookUpCases,
} from './cases.ts';
import { type Deviant, startUpstream, type Upstream } from './upstream.ts';
import { type Walk, walks } from './walks.ts';
import { trickyWorld } from './world.ts';

export interface SuiteOptions {
  readonly filters?: readonly FilterQuestion[];
  readonly lists?: readonly Walk[];
}

/** Runs the cases on every deviant, all with one gateway, so that what it learns of its API must never change an answer. */
export function answersAlike(deviants: readonly Deviant[], options: SuiteOptions = {}): void {
  for (const deviant of deviants) {
    const index = deviants.filter(({ readsFilters }) => readsFilters === deviant.readsFilters).indexOf(deviant);
    describe(deviant.name, () => answersOf(deviant, index, options));
  }
}

/** Each deviant meets all cases of fields; those beside one another share the others. */
function answersOf(deviant: Deviant, index: number, { filters = filterKinds, lists = walks }: SuiteOptions): void {
  let upstream: Upstream;
  let gateway: TestGateway;
  beforeAll(async () => {
    upstream = await startUpstream(trickyWorld, deviant);
    gateway = gatewayTo(upstream.origin);
  });
  afterAll(async () => {
    await gateway[Symbol.asyncDispose]();
    await upstream.close();
  });

  for (const each of [...fieldCases, ...every(3, index, lookUpCases)].filter(({ of = () => true }) => of(deviant))) {
    it(each.name, () => check(each, gateway));
  }

  // Eight in one operation, which share what it reads: asked one by one, they took most of the time of all tests.
  it('filters', async () => {
    const questions = every(6, index, deviant.readsFilters ? filterQuestions : filters);
    for (let i = 0; i < questions.length; i += 8) await check(filterCase(questions.slice(i, i + 8)), gateway);
  });

  if (deviant.readsFilters) {
    it('filters, of a gateway that knows nothing yet', async () => {
      for (const each of every(16, index, filterKinds)) {
        await using newcomer = gatewayTo(upstream.origin);
        await check(filterCase([each]), newcomer);
      }
    });
  }

  for (const walk of every(3, index, lists)) it(walk.name, () => walk.run(gateway));

  async function check(each: Case, asked: TestGateway): Promise<void> {
    upstream.calls.length = 0;
    const answer = await asked.ask(each.query, each.variables);
    expect.soft(errorsOf(answer), each.name).toEqual(each.errors ?? []);
    expect.soft(comparable(answer.data, deviant), each.name).toEqual(comparable(each.data, deviant));
    const targets = upstream.calls.map(({ target }) => target);
    expect.soft(askedTooOften(targets), `${each.name}: asked too often`).toEqual([]);
  }
}

function errorsOf(answer: Answer) {
  return (answer.errors ?? [])
    .map(({ path, extensions }) => ({ code: extensions['code'], path }))
    .sort((a, b) => String(a.path).localeCompare(String(b.path)));
}

/** Without what proto3 JSON can't tell apart once zero values are left out. */
function comparable(data: unknown, { losesZeroValues }: Deviant): unknown {
  if (!losesZeroValues) return data;
  return JSON.parse(JSON.stringify(data), (_key, value: unknown) => (isZero(value) ? null : value));
}

function isZero(value: unknown): boolean {
  if (typeof value === 'object' && value !== null) return Object.keys(value).length === 0;
  return value === '' || value === 0 || value === false;
}

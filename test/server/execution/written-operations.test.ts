import { getOperationAST, type TypeNode } from 'graphql';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { steppingClock } from '../../../src/sandbox/clock.ts';
import { schema } from '../../../src/schema/index.ts';
import { type SandboxedGateway, startGateway } from '../../support/gateway.ts';
import { every } from '../../support/runs.ts';
import { writtenDocuments } from './written-operations.ts';

const documents = writtenDocuments(schema);

/** Two worlds that are the same, and go through the same changes in the same order. */
let prepared: SandboxedGateway;
let reference: SandboxedGateway;
beforeAll(async () => {
  vi.useFakeTimers({ toFake: ['Date', 'performance'], now: new Date('2026-01-01T00:00:00Z') });
  // lru-cache takes an entry from the instant 0 of `performance.now()` for one without a time.
  vi.advanceTimersByTime(1);
  const start = (preparedExecution: boolean) =>
    startGateway({ seed: 1, openFilters: true, clock: steppingClock() }, { preparedExecution });
  [prepared, reference] = [await start(true), await start(false)];
});
afterAll(async () => {
  vi.useRealTimers();
  await Promise.all([prepared[Symbol.asyncDispose](), reference[Symbol.asyncDispose]()]);
});

it('more than 140 documents are compared', () => {
  expect(documents.size).toBeGreaterThan(140);
});

const titled = [...documents.keys()].map((text) => [text.replaceAll(/\s+/g, ' ').slice(0, 90), text] as const);

it.each(every(4, 0, titled))('is answered alike by both executors: %s', async (_, text) => {
  const document = documents.get(text);
  const operation = document === undefined ? null : getOperationAST(document, undefined);
  // Which of several is meant, the text alone does not say; fragments alone are no question.
  if (!operation) return;
  const variables = Object.fromEntries(
    (operation.variableDefinitions ?? [])
      .filter(({ type }) => type.kind === 'NonNullType')
      .map(({ variable, type }) => [variable.name.value, valueFor(type)]),
  );
  const answers = [];
  for (const gateway of [prepared, reference]) {
    gateway.sandbox.clearCalls();
    const answer = await gateway.ask(text, variables);
    answers.push({ answer: JSON.stringify(answer), calls: gateway.sandbox.calls.length });
  }
  expect(answers[0]).toEqual(answers[1]);
});

const values: Readonly<Record<string, unknown>> = { Int: 5, Boolean: true };

/** Some value that a variable of this type takes, or for inputs one that it does not take. */
function valueFor(type: TypeNode): unknown {
  if (type.kind === 'NonNullType') return valueFor(type.type);
  if (type.kind === 'ListType') return [valueFor(type.type)];
  return values[type.name.value] ?? 'a097458b-d605-491a-ab55-338bb28615c9';
}

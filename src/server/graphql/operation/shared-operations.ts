import type { DocumentNode, ExecutionArgs, ExecutionResult } from 'graphql';
import { Coalescer, sameMomentMs } from '../../../upstream/coalesce.ts';
import { withPrintedData } from './print-answer.ts';

/** Everything that the answer to a query may depend on. */
export interface SharedBy {
  /** The value of the Authorization header, as the caller sent it and as the API gets it. */
  readonly authorizations: readonly [sent: string | null, upstream: string];
  /** Grows with each write and each refusal of the key: what began before one is not joined by what comes after it. */
  readonly generation: number;
}

/**
 * Identical queries of one caller that come at about the same time are executed once. What names a request in logs and
 * traces is no part of what makes it identical: it does not change the answer.
 */
export class SharedOperations {
  readonly #underWay = new Coalescer<ExecutionResult>(sameMomentMs);
  /** Documents come out of a cache and are the same object each time. */
  readonly #documents = new WeakMap<DocumentNode, number>();
  #documentCount = 0;

  /** Joins the execution of the same query, or starts it. `start` gets the signal that ends it when nobody waits any more. */
  join(
    { document, operationName, variableValues }: ExecutionArgs,
    { authorizations, generation }: SharedBy,
    signal: AbortSignal,
    start: (signal: AbortSignal) => Promise<ExecutionResult>,
  ): Promise<ExecutionResult> {
    // JSON has no infinite numbers, and would take them for null.
    if (holdsInfinity(variableValues)) return start(signal);
    const key = JSON.stringify([
      generation,
      authorizations,
      this.#numberOf(document),
      operationName ?? null,
      variableValues ?? null,
    ]);
    return this.#underWay.join(key, signal, async (shared) => printedOnce(await start(shared)));
  }

  #numberOf(document: DocumentNode): number {
    const number = this.#documents.get(document) ?? ++this.#documentCount;
    this.#documents.set(document, number);
    return number;
  }
}

function holdsInfinity(value: unknown): boolean {
  if (typeof value === 'number') return !Number.isFinite(value);
  return typeof value === 'object' && value !== null && Object.values(value).some(holdsInfinity);
}

/** An answer whose data is written as JSON once for all who get it. */
function printedOnce(result: ExecutionResult): ExecutionResult {
  // A large one has been printed already.
  if ('stringify' in result) return result;
  let text: string | null = null;
  return withPrintedData(result, () => {
    text ??= JSON.stringify(result.data);
    return text;
  });
}

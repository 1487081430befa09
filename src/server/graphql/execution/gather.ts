import type { AnswerWork } from './answer-work.ts';

type Start<Part> = (part: Part, index: number) => unknown;
/** What becomes of a whole that one part takes along; `values` are those that were started before. */
type OnLost = (error: unknown, values: readonly unknown[]) => Promise<never>;

/** The values of the parts of a whole, which are started one after the other, with pauses where they take long. */
export function gather<Part>(
  parts: readonly Part[],
  start: Start<Part>,
  onLost: OnLost,
  work: AnswerWork,
): unknown[] | Promise<unknown[]> {
  const values: unknown[] = [];
  const startedAt = performance.now();
  let isWaiting = false;
  try {
    for (const part of parts) {
      if (values.length > 0 && work.mustPauseSince(startedAt)) return gatherRest(parts, values, start, onLost, work);
      const value = start(part, values.length);
      isWaiting ||= isPromise(value);
      values.push(value);
    }
  } catch (error) {
    return onLost(error, values);
  }
  return isWaiting ? Promise.all(values) : values;
}

async function gatherRest<Part>(
  parts: readonly Part[],
  values: unknown[],
  start: Start<Part>,
  onLost: OnLost,
  work: AnswerWork,
): Promise<unknown[]> {
  // A resolver may have begun all items: those that are not started here may fail during a pause.
  hush(parts);
  const rest = parts.slice(values.length);
  let hushed = 0;
  let startedAt = 0;
  try {
    for (const part of rest) {
      if (work.mustPauseSince(startedAt)) {
        // Nobody waits for these yet, and a failure must not go unheard meanwhile.
        hush(values.slice(hushed));
        hushed = values.length;
        await work.pause();
        startedAt = performance.now();
      }
      values.push(start(part, values.length));
    }
  } catch (error) {
    return onLost(error, values);
  }
  return Promise.all(values);
}

/** Fields of one object whose values are not there yet. */
export class WaitingFields {
  readonly values: PromiseLike<unknown>[] = [];
  readonly #keys: string[] = [];

  add(key: string, value: PromiseLike<unknown>): void {
    this.#keys.push(key);
    this.values.push(value);
  }

  into(answer: Record<string, unknown>): Promise<Record<string, unknown>> {
    return Promise.all(this.values).then((values) => {
      for (const [i, key] of this.#keys.entries()) answer[key] = values[i];
      return answer;
    });
  }
}

/** What is under way may fail as well, and must not do so unheard. */
export function rethrow(error: unknown, values: readonly unknown[]): Promise<never> {
  const pending = values.filter(isPromise);
  if (pending.length === 0) throw error;
  return Promise.all(pending)
    .catch(() => undefined)
    .then(() => {
      throw error;
    });
}

/** The list is lost, and its items under way must not fail unheard. */
export function abandon(error: unknown, values: readonly unknown[]): never {
  hush(values);
  throw error;
}

/** Has failures of promises that nobody waits for yet, or any more, not end the process. */
function hush(values: readonly unknown[]): void {
  for (const value of values) if (isPromise(value)) value.then(undefined, () => undefined);
}

export function isPromise(value: unknown): value is PromiseLike<unknown> {
  return typeof value === 'object' && value !== null && 'then' in value && typeof value.then === 'function';
}

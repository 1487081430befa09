/**
 * A long computation that can be paused at each `yield`. Whoever runs it decides where it does: to the end (`finish`), or in slices
 * between which others get their time.
 */
export type Steps<T> = Generator<void, T, void>;

/** A long computation asks here whether others wait, and lets them run. */
export interface Pauses {
  readonly mustPause: boolean;
  pause(): Promise<void>;
}

/** Runs a computation to its end, and lets others run between its steps. Rejects as `pause` does. */
export async function finishInSlices<T>(steps: Steps<T>, pauses: Pauses): Promise<T> {
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
    if (pauses.mustPause) await pauses.pause();
  }
}

/** Runs a computation to its end. */
export function finish<T>(steps: Steps<T>): T {
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
  }
}

/** A long computation that several run at the same time: each step is made once, by whoever comes next, and the value is kept. */
export class SharedSteps<T> {
  readonly #steps: Steps<T>;
  #outcome: { readonly value: T } | { readonly error: unknown } | null = null;

  constructor(steps: Steps<T>) {
    this.#steps = steps;
  }

  get isDone(): boolean {
    return this.#outcome !== null;
  }

  *run(): Steps<T> {
    while (this.#outcome === null) {
      try {
        const { done, value } = this.#steps.next();
        if (done) this.#outcome = { value };
        else yield;
      } catch (error) {
        this.#outcome = { error };
      }
    }
    if ('error' in this.#outcome) throw this.#outcome.error;
    return this.#outcome.value;
  }
}

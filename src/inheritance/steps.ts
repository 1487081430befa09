/**
 * A long computation that can be paused at each `yield`. Whoever runs it decides where it does: to the end (`finish`), or in slices
 * between which others get their time.
 */
export type Steps<T> = Generator<void, T, void>;

/** Runs a computation to its end. */
export function finish<T>(steps: Steps<T>): T {
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
  }
}

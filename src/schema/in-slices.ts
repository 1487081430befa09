import type { Steps } from '../inheritance/steps.ts';
import type { Context } from './context.ts';

/** Runs a long computation, giving way to other requests between its steps. Rejects once the operation's time is over. */
export async function inSlices<T>({ resultLimit }: Pick<Context, 'resultLimit'>, steps: Steps<T>): Promise<T> {
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
    if (resultLimit.mustPause) await resultLimit.pause();
  }
}

import type { Snapshot } from '../../loaders/snapshot.ts';
import type { Context } from '../context.ts';

/** Reads types and profiles at the same time; a snapshot that includes the types saves reading them. */
export async function readTyped({ loaders }: Context): Promise<Snapshot> {
  const reading = loaders.inheritance.whole();
  if (!(reading instanceof Promise)) return reading;
  const [ready] = await Promise.all([reading, loaders.types.all()]);
  return ready;
}

import DataLoader from 'dataloader';
import type { Profile } from '../model/profile.ts';
import type { BatchSchedule, MaybePromise } from './call.ts';
import { Snapshot } from './snapshot.ts';

interface Start {
  readonly profile: Profile;
  readonly maxDepth: number;
}

/**
 * Walks in one direction that share what they find: those begun at a time are one walk, and a profile that an earlier walk
 * came by is not walked from again.
 */
export class Walks {
  readonly #loader: DataLoader<Start, Snapshot, string>;
  /** The profiles that all walks without a depth have found: it holds everything that lies further on the way. */
  #closed: Snapshot | null = null;

  constructor(
    walk: (starts: readonly Profile[], maxDepth: number) => Promise<readonly Profile[]>,
    readAt: number,
    scheduleBatch?: BatchSchedule,
  ) {
    const walkFrom = async (starts: readonly Start[], maxDepth: number): Promise<Snapshot> => {
      const profiles = starts.filter((start) => start.maxDepth === maxDepth).map(({ profile }) => profile);
      const found = await walk(profiles, maxDepth);
      if (maxDepth !== Number.POSITIVE_INFINITY) return new Snapshot(found, readAt);
      this.#closed = new Snapshot([...(this.#closed?.hierarchy.profiles ?? []), ...found], readAt);
      return this.#closed;
    };
    this.#loader = new DataLoader(
      (starts) => {
        const readings = new Map<number, Promise<Snapshot>>();
        for (const { maxDepth } of starts) {
          if (!readings.has(maxDepth)) readings.set(maxDepth, walkFrom(starts, maxDepth));
        }
        return Promise.all(starts.map(({ maxDepth }) => readings.get(maxDepth) ?? walkFrom(starts, maxDepth)));
      },
      {
        cacheKeyFn: ({ profile, maxDepth }) => `${maxDepth} ${profile.profileId}`,
        ...(scheduleBatch && { batchScheduleFn: scheduleBatch }),
      },
    );
  }

  from(profile: Profile, maxDepth: number): MaybePromise<Snapshot> {
    return this.#closed?.has(profile.profileId) ? this.#closed : this.#loader.load({ profile, maxDepth });
  }
}

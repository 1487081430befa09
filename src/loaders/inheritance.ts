import { directParentIds, type Profile } from '../model/profile.ts';
import type { ProfileScan } from './profile-scan.ts';
import type { ProfileLoader } from './profiles.ts';

/**
 * Levels that are walked one batch each. A deeper hierarchy is read by one scan: page after page costs no more rounds
 * than level after level, and there can be thousands of levels.
 */
const maxLevels = 10;

/** The parts of the inheritance graph that a question needs, in few calls. */
export class InheritanceReader {
  readonly #profiles: ProfileLoader;
  readonly #scan: ProfileScan;

  constructor(profiles: ProfileLoader, scan: ProfileScan) {
    this.#profiles = profiles;
    this.#scan = scan;
  }

  /** These profiles and all they inherit from, nearest first, each once, without those that the API does not return. */
  upward(ids: readonly string[]): Promise<readonly Profile[]> {
    return this.#walk(ids, async (level) => level.flatMap((profile) => directParentIds(profile)));
  }

  /** These profiles and all that inherit from them, nearest first, each once. */
  downward(ids: readonly string[]): Promise<readonly Profile[]> {
    return this.#walk(ids, async (level) => {
      const children = await Promise.all(level.map((profile) => this.#profiles.childrenOf(profile)));
      return children.flat().map(({ profileId }) => profileId);
    });
  }

  /** Every profile that the caller can see. */
  all(): Promise<readonly Profile[]> {
    return this.#scan.all();
  }

  async #walk(
    ids: readonly string[],
    next: (level: readonly Profile[]) => Promise<readonly string[]>,
  ): Promise<readonly Profile[]> {
    const found: Profile[] = [];
    const seen = new Set(ids);
    let level: readonly string[] = [...seen];
    for (let depth = 0; level.length > 0; depth++) {
      if (depth === maxLevels) await this.#scan.all();
      const profiles = await this.#profiles.loadMany(level);
      found.push(...profiles);
      const following = new Set<string>();
      for (const id of await next(profiles)) {
        if (seen.has(id)) continue;
        seen.add(id);
        following.add(id);
      }
      level = [...following];
    }
    return found;
  }
}

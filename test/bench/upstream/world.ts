import { createRandom } from '../../../src/sandbox/random.ts';
import { generateWorld } from '../../../src/sandbox/seed/generate.ts';
import type { World } from '../../../src/sandbox/world.ts';

/**
 * A generated company in an order without meaning, as a list by random id has: every page holds roles of every layer, and
 * their parents stand anywhere. In the generator's own order the first pages would inherit nothing.
 */
export function shuffledWorld(profileCount: number): World {
  const world = generateWorld(profileCount);
  const random = createRandom(profileCount);
  const profiles = [...world.profiles];
  // Fisher and Yates, from the end.
  for (let last = profiles.length - 1; last > 0; last--) {
    const chosen = random.below(last + 1);
    const [one, other] = [profiles[chosen], profiles[last]];
    if (one === undefined || other === undefined) continue;
    profiles[chosen] = other;
    profiles[last] = one;
  }
  return { ...world, profiles };
}

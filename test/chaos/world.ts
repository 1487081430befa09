import { stableId } from '../../src/sandbox/random.ts';
import { generateWorld } from '../../src/sandbox/seed/generate.ts';
import type { Key } from '../../src/sandbox/server.ts';
import type { World } from '../../src/sandbox/world.ts';

/** One of the people who ask at the same time. Each sees another part of the company, and has a profile of their own. */
export interface Person {
  readonly index: number;
  readonly key: string;
  readonly playground: string;
  readonly sees: (profile: { readonly id: string; readonly name: string }) => boolean;
}

export function people(count: number): readonly Person[] {
  return Array.from({ length: count }, (_, index) => ({
    index,
    key: Buffer.from(`chaos-key-of-person-${index}-${'x'.repeat(8)}`).toString('base64'),
    playground: playgroundId(index),
    sees: ({ id, name }) => {
      const owner = /^(?:playground|created) (\d+)\b/.exec(name)?.[1];
      if (owner !== undefined) return Number(owner) === index;
      return (Number.parseInt(id.slice(0, 6), 16) + index) % 3 !== 0;
    },
  }));
}

export function keysOf(all: readonly Person[]): readonly Key[] {
  return all.map(({ key, index, sees }) => ({ key, role: 'admin', user: `person-${index}`, visibleTo: sees }));
}

/** The type of the callers' own profiles. It allows everything. */
export const playgroundType: string = stableId('type', 'Playground');

/** Profiles of the generated company that everybody who sees them changes at the same time. They hold grants, and have no parents. */
export const hotProfiles: readonly string[] = [0, 1, 2, 3, 4, 5].map((i) => stableId('generated profile', String(i)));

/** A company of so many profiles and one for each person. */
export function chaosWorld(all: readonly Person[], profiles = 400): World {
  const world = generateWorld(profiles);
  return {
    ...world,
    types: [...world.types, { id: playgroundType, name: 'Playground' }],
    profiles: [
      ...world.profiles,
      ...all.map(({ index, playground }) => ({
        id: playground,
        name: `playground ${index}`,
        profile_type: playgroundType,
        labels: ['playground'],
      })),
    ],
  };
}

function playgroundId(index: number): string {
  return `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`;
}

export function isPlayground(id: string): boolean {
  return id.startsWith('00000000-0000-4000-8000-');
}

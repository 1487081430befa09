import { generateWorld } from '../../src/sandbox/seed/generate.ts';
import type { Key, Sandbox } from '../../src/sandbox/server.ts';
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

/** A company of so many profiles and one for each person. */
export function chaosWorld(all: readonly Person[], profiles = 400): World {
  const world = generateWorld(profiles);
  const [type] = world.types;
  if (type === undefined) throw new RangeError('a world has types');
  return {
    ...world,
    profiles: [
      ...world.profiles,
      ...all.map(({ index, playground }) => ({
        id: playground,
        name: `playground ${index}`,
        profile_type: type.id,
        labels: ['playground'],
      })),
    ],
  };
}

function playgroundId(index: number): string {
  return `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`;
}

/** What may befall a call, all that the sandbox knows; writes that happened without a reply among them. */
const faults = [
  { kind: 'status', status: 429, retryAfter: 1 },
  { kind: 'status', status: 429 },
  { kind: 'status', status: 500 },
  { kind: 'status', status: 502 },
  { kind: 'status', status: 503 },
  { kind: 'status', status: 504 },
  { kind: 'status-after', status: 502 },
  { kind: 'reset-before' },
  { kind: 'reset-after' },
  { kind: 'truncate' },
  { kind: 'html' },
  { kind: 'answer', body: { values: 'not a list' } },
  { kind: 'delay', delayMs: 300 },
  { kind: 'hang' },
] as const;

/** What the API says when one of these strikes, in its own words or a proxy's: not meant for callers. */
export const textsOfTheApi = [
  'Bad Gateway',
  'not a list',
  'Too many requests',
  'Internal server error',
  'Service is unavailable',
  'The request took too long',
];

/** Lets a share of all calls fail, each in some way; to be called before each call, for the next one. */
export function faultFeeder(sandbox: () => Sandbox, rate: number, random: () => number): () => void {
  return () => {
    if (random() >= rate) return;
    const fault = faults[Math.floor(random() * faults.length)];
    if (fault !== undefined) sandbox().faults.add(fault);
  };
}

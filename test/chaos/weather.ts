import type { FaultEffect, FaultRequest } from '../../src/sandbox/faults.ts';
import type { Person } from './world.ts';

/** What may befall a call: everything that the sandbox knows. Writes that happened and seem to have failed are among them. */
const allEffects: readonly FaultEffect[] = [
  { kind: 'status', status: 429, retryAfter: 1 },
  { kind: 'status', status: 429 },
  ...[500, 502, 503, 504].map((status) => ({ kind: 'status', status }) as const),
  ...[500, 502, 503, 504].map((status) => ({ kind: 'status-after', status }) as const),
  { kind: 'reset-before' },
  { kind: 'reset-after' },
  { kind: 'truncate' },
  { kind: 'html' },
  { kind: 'answer', body: { values: 'not a list' } },
  { kind: 'delay', delayMs: 300 },
];

/** What the API says when one of these strikes, in its own words or a proxy's: not meant for callers. */
export const textsOfTheApi: readonly string[] = [
  'Bad Gateway',
  'not a list',
  'Too many requests',
  'Internal server error',
  'Service is unavailable',
  'The request took too long',
];

interface Call {
  readonly at: number;
  readonly isWrite: boolean;
  readonly isStruck: boolean;
}

export interface WeatherOptions {
  /** The share of reading calls that fail, at least 0, at most 1. */
  readonly reads: number;
  /** The same of writing calls. */
  readonly writes: number;
  /** The share of those that are never answered. */
  readonly hangs: number;
  /** What befalls the others; all that the sandbox knows unless it says otherwise. */
  readonly effects?: readonly FaultEffect[] | undefined;
  /** At least 0, less than 1. */
  readonly random: () => number;
}

/** Lets a share of all calls fail, each in some way, and knows which. */
export class Weather {
  readonly #options: WeatherOptions;
  readonly #people: ReadonlyMap<string, Person>;
  readonly #calls = new Map<Person, Call[]>();
  readonly #writers = new Map<string, { readonly person: Person; readonly lastReadAt: number }>();

  constructor(people: readonly Person[], options: WeatherOptions) {
    this.#people = new Map(people.map((person) => [`Bearer ${person.key}`, person]));
    this.#options = options;
  }

  /** What befalls a call that has just come. */
  strike({ method, path, authorization }: FaultRequest): FaultEffect | undefined {
    const isWrite = method !== 'GET';
    const effect = this.#choose(isWrite);
    const person = this.#people.get(authorization ?? '');
    if (person === undefined) return effect;
    const calls = this.#calls.get(person) ?? [];
    const [, id] = /access_profiles\/([^/:]+)/.exec(path) ?? [];
    if (isWrite && id !== undefined) {
      const lastRead = calls.findLast((call) => !call.isWrite);
      this.#writers.set(id, { person, lastReadAt: lastRead?.at ?? 0 });
    }
    calls.push({ at: performance.now(), isWrite, isStruck: effect !== undefined && effect.kind !== 'delay' });
    this.#calls.set(person, calls.slice(-100));
    return effect;
  }

  #choose(isWrite: boolean): FaultEffect | undefined {
    const { reads, writes, hangs, effects = allEffects, random } = this.#options;
    if (random() >= (isWrite ? writes : reads)) return undefined;
    return random() < hangs ? { kind: 'hang' } : effects[Math.floor(random() * effects.length)];
  }

  /** Who wrote to a profile last, and when their last call before that came which read something. */
  writerOf(profileId: string): { readonly person: Person; readonly lastReadAt: number } | undefined {
    return this.#writers.get(profileId);
  }

  /**
   * Whether the gateway could not know what became of a person's write since a moment: the write failed, or a reading after
   * it, or none came.
   */
  isOutcomeOpen(person: Person, since: number): boolean {
    const calls = (this.#calls.get(person) ?? []).filter(({ at }) => at >= since);
    const write = calls.findIndex(({ isWrite }) => isWrite);
    if (write < 0) return false;
    const after = calls.slice(write);
    return after.some(({ isStruck }) => isStruck) || after.every(({ isWrite }) => isWrite);
  }
}

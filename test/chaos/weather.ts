import type { FaultEffect, FaultRequest } from '../../src/sandbox/faults.ts';
import type { Person } from './world.ts';

/** What may befall a call: everything that the sandbox knows. Writes that happened and seem to have failed are among them. */
const effects: readonly FaultEffect[] = [
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

/** Lets a share of all calls fail, each in some way, and knows which. */
export class Weather {
  readonly #rate: number;
  readonly #hangs: number;
  readonly #random: () => number;
  readonly #people: ReadonlyMap<string, Person>;
  readonly #calls = new Map<Person, Call[]>();
  readonly #writers = new Map<string, { readonly person: Person; readonly lastReadAt: number }>();

  constructor(
    people: readonly Person[],
    { rate, hangs, random }: { readonly rate: number; readonly hangs: number; readonly random: () => number },
  ) {
    this.#people = new Map(people.map((person) => [`Bearer ${person.key}`, person]));
    this.#rate = rate;
    this.#hangs = hangs;
    this.#random = random;
  }

  /** What befalls a call that has just come. */
  strike({ method, path, authorization }: FaultRequest): FaultEffect | undefined {
    const effect = this.#choose();
    const person = this.#people.get(authorization ?? '');
    if (person === undefined) return effect;
    const isWrite = method !== 'GET';
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

  #choose(): FaultEffect | undefined {
    const chance = this.#random();
    if (chance >= this.#rate) return undefined;
    if (chance < this.#rate * this.#hangs) return { kind: 'hang' };
    return effects[Math.floor(this.#random() * effects.length)];
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

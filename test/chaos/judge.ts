import type { Change } from './changes.ts';
import { type Answer, isObject, problemOf } from './check.ts';
import type { History, State } from './history.ts';
import type { Question } from './questions.ts';
import type { Weather } from './weather.ts';
import { unordered } from './whole-tenant.ts';
import type { Person } from './world.ts';

/** Milliseconds for which the gateway keeps what it has read, by its configuration. */
export const keptMs = 2000;

/** Milliseconds within which the gateway gives up a call. */
export const upstreamTimeoutMs = 5000;

/** What is wrong with an answer, if anything is. `unjudged`: too much changed meanwhile to tell. */
export type Verdict = 'right' | 'unjudged' | { readonly wrong: string } | { readonly lost: string };

/** One request: who asked, when, and what came. */
export interface Asked {
  readonly person: Person;
  /** Milliseconds by `performance.now()`. */
  readonly from: number;
  readonly to: number;
  readonly answer: Answer;
}

/** Holds answers against what was true while they were asked for. */
export class Judge {
  readonly #history: History;
  readonly #weather: Weather;

  constructor(history: History, weather: Weather) {
    this.#history = history;
    this.#weather = weather;
  }

  /** An answer is right where it shows each record as it was at some moment of the request; what may be kept, from before it. */
  question(asked: Asked, { truth, isWhole = false, showsKeptTypes = false }: Question): Verdict {
    const { from } = asked;
    const kept = Math.min(from, Math.max(from - keptMs, this.#history.lastToldBefore(from)));
    return this.#compare(asked, truth, isWhole ? kept : from, isWhole || showsKeptTypes ? kept : from);
  }

  #compare({ person, to, answer }: Asked, truth: (state: State) => unknown, from: number, typesFrom: number): Verdict {
    const states = this.#history.states(person.sees, { from, typesFrom, to });
    const problems = new Set<string>();
    for (let next = states.next(); ; next = states.next()) {
      if (next.done) return next.value ? { wrong: [...problems].slice(0, 4).join('; or ') } : 'unjudged';
      const problem = problemOf(answer, truth(next.value), unordered);
      if (problem === null) return 'right';
      problems.add(problem);
    }
  }

  /** A change is done and there; or it failed, and the answer says so and why. */
  change(request: Asked, change: Change): Verdict {
    const asked = { ...request, answer: withoutSelection(request.answer) };
    const { person, from, to, answer } = asked;
    const { id, versions, madeAt } = this.#made(change, from);
    if (id !== null) this.#history.tell(id, from);
    const outcome = outcomeOf(answer);
    if ('code' in outcome) {
      const verdict = this.#compare(asked, change.truth, from, from);
      if (verdict !== 'right') return verdict;
      if (outcome.code !== 'WRITE_OUTCOME_UNKNOWN') {
        return madeAt === null ? 'right' : { wrong: `code ${outcome.code}, although the change was made` };
      }
      if (this.#weather.isOutcomeOpen(person, from)) return 'right';
      return to - from > upstreamTimeoutMs ? 'unjudged' : { wrong: 'the outcome of the change was known' };
    }
    const isThere = versions.some(({ record }) => record !== null && change.isThere(record));
    const isGone = versions.some(({ record }) => record === null);
    switch (outcome.type) {
      case 'ConflictError': {
        const others = versions.filter(({ at, author }) => at >= from && (author === 'outsider' || at !== madeAt));
        const isShown = versions.some(({ record }, i) => i === versions.length - 1 && record && change.isThere(record));
        return others.length > 0 || !isShown ? 'right' : { wrong: `a conflict with nobody: ${outcome.message}` };
      }
      case 'NotFoundError':
        return isGone ? 'right' : { wrong: `it is there: ${outcome.message}` };
      case 'InvalidInputError': {
        const lacks = change.needs.some((need) =>
          this.#history.versionsOf(need, from, to).some(({ record }) => record === null),
        );
        return lacks ? 'right' : { wrong: `the input is valid: ${outcome.message}` };
      }
      default:
        if (!outcome.type.endsWith('Payload')) return { wrong: `${outcome.type}: ${outcome.message}` };
        if (!isThere) return { lost: `${outcome.type}, and it is not there` };
        return this.#compare(asked, change.truth, madeAt ?? from, from);
    }
  }

  /** The profile that a change was to change, with its versions since, and when it was made; null: it was not. */
  #made({ target, isThere }: Change, from: number) {
    const id = 'id' in target ? target.id : this.#history.idOf(target.name);
    const versions = id === null ? [] : this.#history.versionsOf(id, from);
    const made = versions.find(({ at, author, record }, i) => {
      if (author !== 'gateway' || at < from || record === null || !isThere(record)) return false;
      const before = versions[i - 1]?.record ?? null;
      return before === null || !isThere(before);
    });
    return { id, versions, madeAt: made?.at ?? null };
  }
}

/** The answer to a change of a selection, where it failed for its only profile, as that to a change of this profile. */
function withoutSelection(answer: Answer): Answer {
  const change = changeIn(answer);
  const results: unknown = isObject(change) ? change['results'] : null;
  const [result]: readonly unknown[] = Array.isArray(results) ? results : [];
  const error = isObject(result) ? result['error'] : null;
  if (!isObject(error)) return answer;
  if (!('code' in error)) return { data: { change: error } };
  return { data: { change: null }, errors: [{ path: ['change'], extensions: { code: error['code'] } }] };
}

type Outcome = { readonly code: string } | { readonly type: string; readonly message: string };

function outcomeOf(answer: Answer): Outcome {
  const change = changeIn(answer);
  if (!isObject(change)) return { code: String(answer.errors?.[0]?.extensions?.['code']) };
  return { type: String(change['__typename']), message: String(change['message']) };
}

function changeIn({ data }: Answer): unknown {
  return isObject(data) ? data['change'] : null;
}

import { type Candidate, join } from '../candidate.ts';
import type { Say } from '../setting.ts';
import { type Answers, answersOf, checkAnswers } from './answers.ts';
import { type Contender, startContender } from './contender.ts';

/** The candidates that run, and what became of those that don't. */
export class LineUp {
  readonly #say: Say;
  readonly #started: Contender[] = [];
  readonly #answers = new Map<Contender, Answers>();
  readonly #excluded = new Map<string, string>();

  constructor(say: Say) {
    this.#say = say;
  }

  /** Those that run and have answered right so far. */
  get contenders(): readonly Contender[] {
    return this.#started.filter(({ candidate }) => !this.#excluded.has(candidate.name));
  }

  /** Why a peer is not measured, by its name. */
  get excluded(): ReadonlyMap<string, string> {
    return this.#excluded;
  }

  /** The right answers of a contender, once they have been checked. */
  answersOf(contender: Contender): Answers {
    return this.#answers.get(contender) ?? new Map();
  }

  /** Starts candidates on an API, in their order. */
  async start(candidates: readonly Candidate[], target: Parameters<typeof startContender>[1]): Promise<void> {
    for (const candidate of candidates) {
      await this.attempt(candidate, async () => {
        this.#started.push(await startContender(candidate, target));
      });
    }
  }

  /** Compares everybody's answers with the join's. Throws where one of ours differs. */
  async check(): Promise<void> {
    const reference = this.#started.find(({ candidate }) => candidate.name === join.name);
    if (reference === undefined) throw new Error('nothing to compare with: the join does not run');
    const expected = await answersOf(reference);
    for (const contender of this.contenders) {
      await this.attempt(contender.candidate, async () => {
        const answers = contender === reference ? expected : await answersOf(contender);
        checkAnswers(contender, answers, expected);
        this.#answers.set(contender, answers);
      });
    }
  }

  /** What a peer can't do leaves it out, and gives null; what one of ours can't do is thrown, and ends the run. */
  async attempt<T>({ name, peer }: Candidate, action: () => Promise<T>): Promise<T | null> {
    try {
      return await action();
    } catch (error) {
      if (peer !== true) throw error;
      const reason = error instanceof Error ? error.message : String(error);
      this.#excluded.set(name, reason);
      this.#say(`${name} is left out: ${reason}`);
      return null;
    }
  }

  async stop(): Promise<void> {
    await Promise.all(this.#started.map((contender) => contender.stop()));
  }
}

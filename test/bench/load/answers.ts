import { isDeepStrictEqual } from 'node:util';
import { join } from '../candidate.ts';
import type { Contender } from './contender.ts';
import { identicalQuestion, type Question } from './question.ts';

/** The right answers of one contender, byte for byte, by place. */
export type Answers = ReadonlyMap<number, Buffer>;

/**
 * Has every contender answer every request that will be measured, and compares each answer with the join's as JSON.
 * Throws where one differs, or where two callers get different answers for one place.
 */
export async function checkAnswers(contenders: readonly Contender[]): Promise<ReadonlyMap<Contender, Answers>> {
  const all = new Map<Contender, Answers>();
  for (const contender of contenders) all.set(contender, await answersOf(contender));
  const reference = contenders.find(({ candidate }) => candidate.name === join.name);
  const expected = reference === undefined ? undefined : all.get(reference);
  if (expected === undefined) throw new Error('nothing to compare with: the join does not run');
  for (const [{ candidate }, answers] of all) {
    if (!candidate.answers) continue;
    for (const [place, answer] of answers) {
      if (isDeepStrictEqual(parse(answer), parse(expected.get(place)))) continue;
      const texts = [answer, expected.get(place)].map((each) => String(each).slice(0, 600));
      throw new Error(`${candidate.name} and ${join.name} differ at place ${place}:\n${texts.join('\n')}`);
    }
  }
  return all;
}

async function answersOf(contender: Contender): Promise<Answers> {
  const answers = new Map<number, Buffer>();
  const pending: Question[] = [identicalQuestion, ...contender.questions];
  const worker = async (): Promise<void> => {
    for (let question = pending.pop(); question !== undefined; question = pending.pop()) {
      const answer = await contender.ask(question);
      const before = answers.get(question.place);
      if (before === undefined) answers.set(question.place, answer);
      else if (!before.equals(answer)) {
        throw new Error(`${contender.candidate.name} answers place ${question.place} in two ways`);
      }
    }
  };
  await Promise.all(Array.from({ length: 8 }, worker));
  return answers;
}

function parse(answer: Buffer | undefined): unknown {
  return answer === undefined ? undefined : JSON.parse(answer.toString());
}

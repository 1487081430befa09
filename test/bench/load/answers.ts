import { isDeepStrictEqual } from 'node:util';
import { join } from '../candidate.ts';
import type { Contender } from './contender.ts';
import { identicalQuestion, type Question } from './question.ts';

/** The right answers of one contender, byte for byte, by place. */
export type Answers = ReadonlyMap<number, Buffer>;

/** Has a contender answer every request that will be measured. Throws where two callers get different answers for one place. */
export async function answersOf(contender: Contender): Promise<Answers> {
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

/** Compares answers with the join's as JSON. Throws where one differs. */
export function checkAnswers({ candidate }: Contender, answers: Answers, expected: Answers): void {
  const comparable = (answer: Buffer | undefined) => {
    const value = parse(answer);
    return candidate.ownOrder === true ? withoutOrder(value) : value;
  };
  for (const [place, answer] of answers) {
    if (isDeepStrictEqual(comparable(answer), comparable(expected.get(place)))) continue;
    const texts = [answer, expected.get(place)].map((each) => String(each).slice(0, 600));
    throw new Error(`${candidate.name} and ${join.name} differ at place ${place}:\n${texts.join('\n')}`);
  }
}

/** The same with each profile's parents sorted. The rows of the list keep their order, which is the API's for everybody. */
function withoutOrder(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutOrder);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([name, member]): [string, unknown] => {
    const inner: unknown = withoutOrder(member);
    return [
      name,
      name === 'inheritsFrom' && Array.isArray(inner) ? inner.map((each) => JSON.stringify(each)).sort() : inner,
    ];
  });
  return Object.fromEntries(entries);
}

function parse(answer: Buffer | undefined): unknown {
  return answer === undefined ? undefined : JSON.parse(answer.toString());
}

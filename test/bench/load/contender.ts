import type { ChildProcess } from 'node:child_process';
import { performance } from 'node:perf_hooks';
import { Pool } from 'undici';
import type { Candidate } from '../candidate.ts';
import type { Mix } from '../cell.ts';
import { listeningAt, startProgram } from '../process.ts';
import {
  cursorQuestion,
  distinctQuestions,
  identicalQuestion,
  leastFirst,
  mostFirst,
  type Place,
  pageCount,
  type Question,
} from './question.ts';

/** A candidate that runs, with what it is asked. */
export interface Contender {
  readonly candidate: Candidate;
  readonly process: ChildProcess;
  /** Milliseconds from the start of its process to its first answer. */
  readonly startMs: number;
  ask(question: Question): Promise<Buffer>;
  /** The next request of a mix; the distinct ones come round again after all of them. */
  next(mix: Mix): Question;
  readonly questions: readonly Question[];
  stop(): Promise<void>;
}

/** Times that each place is asked for, each time by another caller. */
const turns = 8;

/** Starts a candidate on the API at `origin` and learns its cursors. */
export async function startContender(
  candidate: Candidate,
  { origin, cpu, connections }: { origin: string; cpu: number | null; connections: number },
): Promise<Contender> {
  const startedAt = performance.now();
  const { program, argv, env } = candidate;
  const child = startProgram(argv(origin), { program, cpu, env: { VEZA_URL: origin, ...env } });
  const url = new URL(await listeningAt(child, candidate.url));
  const pool = new Pool(url.origin, { connections });

  const ask = async ({ authorization, body }: Question): Promise<Buffer> => {
    const response = await pool.request({
      method: 'POST',
      path: url.pathname,
      headers: { 'content-type': 'application/json', accept: 'application/json', authorization },
      body,
    });
    const answer = Buffer.from(await response.body.arrayBuffer());
    if (response.statusCode === 200) return answer;
    throw new Error(`${candidate.name} answered ${response.statusCode}: ${answer.toString().slice(0, 500)}`);
  };

  const stop = async (): Promise<void> => {
    await pool.close();
    // At once: nothing is under way, and some servers would wait for connections that nobody closes.
    child.kill('SIGKILL');
  };

  try {
    await ask(identicalQuestion);
    const startMs = performance.now() - startedAt;
    const questions = distinctQuestions(await learnPlaces(candidate, ask), turns);
    let asked = 0;
    return {
      candidate,
      process: child,
      startMs,
      ask,
      questions,
      next: (mix) =>
        mix === 'identical' ? identicalQuestion : (questions[asked++ % questions.length] ?? identicalQuestion),
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Walks the list in pages of each size. */
async function learnPlaces(candidate: Candidate, ask: Contender['ask']): Promise<readonly Place[]> {
  const places: Place[] = [];
  const cursors = new Map<number, string | null>();
  for (let page = 0; page < pageCount; page++) {
    for (let first = leastFirst; first <= mostFirst; first++) {
      const place = { first, after: cursors.get(first) ?? null };
      places.push(place);
      const answer: unknown = JSON.parse((await ask(cursorQuestion(place))).toString());
      const cursor = candidate.endCursor(answer);
      if (typeof cursor !== 'string')
        throw new Error(`${candidate.name} gave no cursor behind ${JSON.stringify(place)}`);
      cursors.set(first, cursor);
    }
  }
  return places;
}

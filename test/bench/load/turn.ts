import type { Cell } from '../cell.ts';
import { cpuMilliseconds, peakMegabytes } from '../process.ts';
import type { Answers } from './answers.ts';
import type { Contender } from './contender.ts';

/** What one contender did with some requests. */
export interface Turn {
  readonly requests: number;
  readonly elapsedMs: number;
  readonly latenciesMs: readonly number[];
  /** Of the contender's process alone; null where the system does not say. */
  readonly cpuMs: number | null;
  /** The most memory since it was reset; null where the system does not say. */
  readonly peakMb: number | null;
}

export interface Load extends Pick<Cell, 'mix' | 'concurrency'> {
  readonly requests: number;
}

/** Asks so many requests, `concurrency` of them at once. Throws on any answer that is not the known right one. */
export async function measureTurn(
  contender: Contender,
  { mix, concurrency, requests }: Load,
  answers: Answers,
): Promise<Turn> {
  const latenciesMs: number[] = [];
  const cpuBefore = cpuMilliseconds(contender.process.pid);
  const startedAt = performance.now();
  let left = requests;
  const worker = async (): Promise<void> => {
    while (left-- > 0) {
      const question = contender.next(mix);
      const sentAt = performance.now();
      const answer = await contender.ask(question);
      latenciesMs.push(performance.now() - sentAt);
      if (!answers.get(question.place)?.equals(answer)) throw new Error(`${contender.candidate.name}: a wrong answer`);
    }
  };
  await Promise.all(Array.from({ length: concurrency }, worker));
  const elapsedMs = performance.now() - startedAt;
  const cpuAfter = cpuMilliseconds(contender.process.pid);
  return {
    requests: latenciesMs.length,
    elapsedMs,
    latenciesMs,
    cpuMs: cpuBefore === null || cpuAfter === null ? null : cpuAfter - cpuBefore,
    peakMb: peakMegabytes(contender.process.pid),
  };
}

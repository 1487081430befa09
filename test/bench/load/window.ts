import type { Cell } from '../cell.ts';
import { cpuMilliseconds, residentMegabytes } from '../process.ts';
import { sumOfKnown } from '../statistics.ts';
import type { Answers } from './answers.ts';
import type { Contender } from './contender.ts';

/** What one contender did in one stretch of time. */
export interface Window {
  readonly requests: number;
  readonly elapsedMs: number;
  readonly latenciesMs: readonly number[];
  /** Of the contender's process alone; null where the system does not say. */
  readonly cpuMs: number | null;
  /** Of this process and of the upstream, which share the other core. */
  readonly loadCpuMs: number | null;
  readonly residentMb: number | null;
}

/** The processes that share a core with the load. */
export type Bystanders = readonly (number | undefined)[];

/** Keeps `concurrency` requests under way for a while. Throws on any answer that is not the known right one. */
export async function measureWindow(
  contender: Contender,
  { mix, concurrency }: Pick<Cell, 'mix' | 'concurrency'>,
  durationMs: number,
  answers: Answers,
  bystanders: Bystanders,
): Promise<Window> {
  const latenciesMs: number[] = [];
  const cpu = cpuMeter([contender.process.pid]);
  const loadCpu = cpuMeter(bystanders);
  const startedAt = performance.now();
  const worker = async (): Promise<void> => {
    for (let now = startedAt; now - startedAt < durationMs; ) {
      const question = contender.next(mix);
      const sentAt = performance.now();
      const answer = await contender.ask(question);
      now = performance.now();
      latenciesMs.push(now - sentAt);
      // What hands replies through hands their changes through.
      if (mix === 'changing' && !contender.candidate.answers) continue;
      if (!answers.get(question.place)?.equals(answer)) throw new Error(`${contender.candidate.name}: a wrong answer`);
    }
  };
  await Promise.all(Array.from({ length: concurrency }, worker));
  const elapsedMs = performance.now() - startedAt;
  return {
    requests: latenciesMs.length,
    elapsedMs,
    latenciesMs,
    cpuMs: cpu(),
    loadCpuMs: loadCpu(),
    residentMb: residentMegabytes(contender.process.pid),
  };
}

/** Starts to count what processes use; the count ends when it is asked for. */
function cpuMeter(pids: Bystanders): () => number | null {
  const read = () => sumOfKnown(pids.map(cpuMilliseconds));
  const before = read();
  return () => {
    const after = read();
    return before === null || after === null ? null : after - before;
  };
}

import { type Candidate, join } from './candidate.ts';
import type { Api, Cell, Mix } from './cell.ts';
import { type Answers, checkAnswers } from './load/answers.ts';
import { type Contender, startContender } from './load/contender.ts';
import { type Cost, probeCost } from './load/probe.ts';
import { measureWindow, type Window } from './load/window.ts';
import type { Options } from './options.ts';
import type { Upstream } from './upstream/control.ts';

/** One candidate in one cell: its windows, in the order of the rounds. */
export interface Row {
  readonly cell: Cell;
  readonly candidate: Candidate;
  readonly cost: Cost;
  readonly windows: readonly Window[];
}

export interface Measured {
  readonly rows: readonly Row[];
  /** Milliseconds to the first answer, by the candidate's name. */
  readonly startMs: ReadonlyMap<string, number>;
}

/** Compares candidates on one API, cell by cell; within a cell they take turns, so that drift of the machine hits all alike. */
export async function measure(
  api: Api,
  candidates: readonly Candidate[],
  cells: readonly Cell[],
  { upstream, options, cpu, say }: { upstream: Upstream; options: Options; cpu: number | null; say: Say },
): Promise<Measured> {
  await upstream.delay(0);
  const connections = Math.max(8, ...cells.map(({ concurrency }) => concurrency));
  const contenders: Contender[] = [];
  try {
    for (const candidate of candidates) {
      contenders.push(await startContender(candidate, { api, origin: upstream.originOf(api), cpu, connections }));
    }
    say(`${api}: checking answers`);
    const answers = await checkAnswers(contenders);
    const turn = (contender: Contender, cell: Pick<Cell, 'mix' | 'concurrency'>, durationMs: number) =>
      measureWindow(contender, cell, durationMs, answers.get(contender) ?? none, [process.pid, upstream.pid]);
    for (const contender of contenders) {
      await turn(contender, { mix: 'distinct', concurrency: connections }, options.warmUpMs);
    }
    const costs = await probeAll(contenders, cells, upstream);
    const rows: Row[] = [];
    for (const cell of cells) {
      say(describe(cell));
      await upstream.delay(cell.delayMs);
      const windows = await takeTurns(contenders, options, (contender) => turn(contender, cell, options.windowMs));
      await upstream.takeCalls();
      for (const contender of contenders) {
        const cost = costs.get(contender)?.get(cell.mix) ?? { calls: Number.NaN, rounds: Number.NaN };
        rows.push({ cell, candidate: contender.candidate, cost, windows: windows.get(contender) ?? [] });
      }
    }
    return { rows, startMs: new Map(contenders.map(({ candidate, startMs }) => [candidate.name, startMs])) };
  } finally {
    await Promise.all(contenders.map((contender) => contender.stop()));
  }
}

export type Say = (text: string) => void;

const none: Answers = new Map();

/** Calls and rounds depend on what is asked, not on delay or load: once for each mix is enough. */
async function probeAll(
  contenders: readonly Contender[],
  cells: readonly Cell[],
  upstream: Upstream,
): Promise<ReadonlyMap<Contender, ReadonlyMap<Mix, Cost>>> {
  const mixes = new Set(cells.map(({ mix }) => mix));
  const all = new Map<Contender, Map<Mix, Cost>>();
  for (const contender of contenders) {
    const costs = new Map<Mix, Cost>();
    for (const mix of mixes) costs.set(mix, await probeCost(contender, upstream, mix));
    all.set(contender, costs);
  }
  return all;
}

async function takeTurns(
  contenders: readonly Contender[],
  { rounds }: Pick<Options, 'rounds'>,
  turn: (contender: Contender) => Promise<Window>,
): Promise<ReadonlyMap<Contender, readonly Window[]>> {
  const windows = new Map<Contender, Window[]>(contenders.map((contender) => [contender, []]));
  for (let round = 0; round < rounds; round++) {
    // Each is the first once, so that none always follows the same neighbour.
    const order = [...contenders.slice(round % contenders.length), ...contenders.slice(0, round % contenders.length)];
    for (const contender of order) windows.get(contender)?.push(await turn(contender));
  }
  return windows;
}

function describe({ api, mix, delayMs, concurrency }: Cell): string {
  return `${api}, ${mix} requests, ${delayMs} ms, c=${concurrency}`;
}

/** Whether it is what the others are compared with. */
export function isReference(candidate: Candidate): boolean {
  return candidate.name === join.name;
}

import { type Candidate, join } from './candidate.ts';
import type { Api, Cell, Mix } from './cell.ts';
import type { Contender } from './load/contender.ts';
import { LineUp } from './load/line-up.ts';
import { type Cost, probeCost } from './load/probe.ts';
import { measureWindow, type Window } from './load/window.ts';
import type { Options } from './options.ts';
import type { Setting } from './setting.ts';
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
  /** Why a peer was not measured, by its name. */
  readonly excluded: ReadonlyMap<string, string>;
}

/** Compares candidates on one API, cell by cell; within a cell they take turns, so that drift of the machine hits all alike. */
export async function measure(
  api: Api,
  candidates: readonly Candidate[],
  cells: readonly Cell[],
  { upstream, options, cpu, say }: Setting,
): Promise<Measured> {
  await upstream.delay(0);
  const connections = Math.max(8, ...cells.map(({ concurrency }) => concurrency));
  const lineUp = new LineUp(say);
  try {
    await lineUp.start(candidates, { api, origin: upstream.originOf(api), cpu, connections });
    say(`${api}: checking answers`);
    await lineUp.check();
    const turn = (contender: Contender, cell: Pick<Cell, 'mix' | 'concurrency'>, durationMs: number) =>
      lineUp.attempt(contender.candidate, () =>
        measureWindow(contender, cell, durationMs, lineUp.answersOf(contender), [process.pid, upstream.pid]),
      );
    for (const contender of lineUp.contenders) {
      await turn(contender, { mix: 'distinct', concurrency: connections }, options.warmUpMs);
    }
    const costs = await probeAll(lineUp, cells, upstream);
    const rows: Row[] = [];
    for (const cell of cells) {
      say(describe(cell));
      await upstream.delay(cell.delayMs);
      await upstream.change(cell.mix === 'changing');
      const windows = await takeTurns(lineUp, options, (contender) => turn(contender, cell, options.windowMs));
      await upstream.change(false);
      await upstream.takeCalls();
      for (const contender of lineUp.contenders) {
        const cost = costs.get(contender)?.get(cell.mix) ?? { calls: Number.NaN, rounds: Number.NaN };
        rows.push({ cell, candidate: contender.candidate, cost, windows: windows.get(contender) ?? [] });
      }
    }
    const { contenders, excluded } = lineUp;
    return {
      rows: rows.filter(({ candidate }) => !excluded.has(candidate.name)),
      startMs: new Map(contenders.map(({ candidate, startMs }) => [candidate.name, startMs])),
      excluded,
    };
  } finally {
    await lineUp.stop();
  }
}

/** Calls and rounds depend on what is asked, not on delay or load: once for each mix is enough. */
async function probeAll(
  lineUp: LineUp,
  cells: readonly Cell[],
  upstream: Upstream,
): Promise<ReadonlyMap<Contender, ReadonlyMap<Mix, Cost>>> {
  const mixes = new Set(cells.map(({ mix }) => mix));
  const all = new Map<Contender, Map<Mix, Cost>>();
  for (const contender of lineUp.contenders) {
    const costs = new Map<Mix, Cost>();
    for (const mix of mixes) {
      const cost = await lineUp.attempt(contender.candidate, () => probeCost(contender, upstream, mix));
      if (cost !== null) costs.set(mix, cost);
    }
    all.set(contender, costs);
  }
  return all;
}

async function takeTurns(
  lineUp: LineUp,
  { rounds }: Pick<Options, 'rounds'>,
  turn: (contender: Contender) => Promise<Window | null>,
): Promise<ReadonlyMap<Contender, readonly Window[]>> {
  const windows = new Map<Contender, Window[]>();
  for (let round = 0; round < rounds; round++) {
    const { contenders } = lineUp;
    // Each is the first once, so that none always follows the same neighbour.
    const order = [...contenders.slice(round % contenders.length), ...contenders.slice(0, round % contenders.length)];
    for (const contender of order) {
      const window = await turn(contender);
      if (window !== null) windows.set(contender, [...(windows.get(contender) ?? []), window]);
    }
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

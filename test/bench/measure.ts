import type { Candidate } from './candidate.ts';
import type { Cell, RowSize } from './cell.ts';
import type { Contender } from './load/contender.ts';
import { LineUp } from './load/line-up.ts';
import { type Cost, probeCost } from './load/probe.ts';
import { type Load, measureTurn, type Turn } from './load/turn.ts';
import { resetPeakMemory } from './process.ts';
import type { Setting } from './setting.ts';

/** One candidate in one cell: its turns, in the order of the rounds. */
export interface Row {
  readonly cell: Cell;
  readonly candidate: Candidate;
  readonly turns: readonly Turn[];
}

/** What a candidate is, whatever the cell. */
export interface Start {
  readonly candidate: Candidate;
  /** Milliseconds from the start of its process to its first answer. */
  readonly startMs: number;
  readonly cost: Cost | null;
}

export interface Measured {
  readonly rows: readonly Row[];
  readonly starts: readonly Start[];
  /** Why a peer was not measured, by its name. */
  readonly excluded: ReadonlyMap<string, string>;
}

/** Compares candidates cell by cell; within a cell they take turns, so that drift of the machine hits all alike. */
export async function measure(candidates: readonly Candidate[], setting: Setting): Promise<Measured> {
  const parts: Measured[] = [];
  for (const rowSize of new Set(setting.options.cells.map((cell) => cell.rowSize))) {
    const before = new Set(parts.flatMap(({ excluded }) => [...excluded.keys()]));
    parts.push(
      await measureRows(
        rowSize,
        candidates.filter(({ name }) => !before.has(name)),
        setting,
      ),
    );
  }
  return {
    rows: parts.flatMap(({ rows }) => rows),
    starts: parts[0]?.starts ?? [],
    excluded: new Map(parts.flatMap(({ excluded }) => [...excluded])),
  };
}

/** The cells of one row size, with processes of their own, so that none remembers rows of another size. */
async function measureRows(
  rowSize: RowSize,
  candidates: readonly Candidate[],
  { upstream, options, cpu, say }: Setting,
): Promise<Measured> {
  const cells = options.cells.filter((cell) => cell.rowSize === rowSize);
  const connections = Math.max(...cells.map(({ concurrency }) => concurrency));
  const lineUp = new LineUp(say);
  await upstream.delay(0);
  try {
    await lineUp.start(candidates, { origin: upstream.originOf(rowSize), cpu, connections });
    say(`rows of ${rowSize} bytes: checking answers`);
    await lineUp.check();
    const turn = (contender: Contender, load: Load) =>
      lineUp.attempt(contender.candidate, () => measureTurn(contender, load, lineUp.answersOf(contender)));
    const starts: Start[] = [];
    for (const contender of lineUp.contenders) {
      await turn(contender, { mix: 'same', concurrency: connections, requests: options.warmUp });
      const cost = await lineUp.attempt(contender.candidate, () => probeCost(contender, upstream));
      starts.push({ candidate: contender.candidate, startMs: contender.startMs, cost });
    }
    const rows: Row[] = [];
    for (const cell of cells) {
      say(`${rowSize} bytes, ${cell.mix}, ${cell.delayMs} ms, c=${cell.concurrency}`);
      await upstream.delay(cell.delayMs);
      await upstream.change(cell.mix === 'new');
      const { contenders } = lineUp;
      const turns = new Map(contenders.map((contender): [Contender, Turn[]] => [contender, []]));
      // Where the API takes its time, one at a time would take minutes.
      const load = { ...cell, requests: cell.concurrency === 1 ? options.requests / 10 : options.requests };
      for (let round = 0; round <= options.rounds; round++) {
        // Each is the first once, so that none always follows the same neighbour.
        const first = round % contenders.length;
        for (const contender of [...contenders.slice(first), ...contenders.slice(0, first)]) {
          // The first round warms what only this mix needs.
          if (round === 1) resetPeakMemory(contender.process.pid);
          const taken = await turn(contender, load);
          if (taken !== null && round > 0) turns.get(contender)?.push(taken);
        }
      }
      for (const [{ candidate }, taken] of turns) rows.push({ cell, candidate, turns: taken });
    }
    const { excluded } = lineUp;
    return { rows: rows.filter(({ candidate }) => !excluded.has(candidate.name)), starts, excluded };
  } finally {
    await upstream.change(false);
    await lineUp.stop();
  }
}

import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

export interface ProgramOptions {
  /** What is started; Node as this process runs on, unless said otherwise. */
  readonly program?: string | undefined;
  /** The core it may run on; null: any. */
  readonly cpu: number | null;
  readonly env: Readonly<Record<string, string>>;
  /** Whether messages can be sent to it. */
  readonly channel?: boolean;
}

/** Starts a program with these arguments; what it writes to stderr is seen, and it ends with this process. */
export function startProgram(
  argv: readonly string[],
  { program = process.execPath, cpu, env, channel = false }: ProgramOptions,
): ChildProcess {
  const pin = cpu === null ? [] : ['taskset', '-c', String(cpu)];
  const [file = program, ...rest] = [...pin, program, ...argv];
  const child = spawn(file, rest, {
    // Of this process's environment only what a program needs to start: settings of the shell must not tune one candidate.
    env: { PATH: process.env['PATH'], NODE_ENV: 'production', ...env },
    stdio: channel ? ['ignore', 'ignore', 'inherit', 'ipc'] : ['ignore', 'pipe', 'inherit'],
  });
  running.add(child);
  child.once('exit', () => running.delete(child));
  return child;
}

const running = new Set<ChildProcess>();
process.once('exit', () => {
  for (const child of running) child.kill('SIGKILL');
});

/** Waits for a program to listen, at an address that it was told or else prints. Rejects when it ends or stays silent. */
export function listeningAt(child: ChildProcess, told?: string, patienceMs = 15_000): Promise<string> {
  return new Promise((resolve, reject) => {
    const fail = (problem: string) => () => {
      child.kill();
      reject(new Error(`${child.spawnargs.join(' ')}: ${problem}`));
    };
    const timer = setTimeout(fail(`printed no address in ${patienceMs} ms`), patienceMs);
    const onExit = fail('ended before it listened');
    child.once('exit', onExit);
    child.once('error', fail('can not be started'));
    const listens = (url: string) => {
      clearTimeout(timer);
      child.off('exit', onExit);
      resolve(url);
    };
    if (told !== undefined) untilReached(told, child).then(() => listens(told));
    let text = '';
    child.stdout?.on('data', (chunk) => {
      // Read on, so that a program with much to say does not wait for a reader.
      if (told !== undefined) return;
      text += chunk;
      const url = /http:\/\/\S+\/graphql\b/.exec(text)?.[0];
      if (url !== undefined) listens(url);
    });
  });
}

/** Resolves once something takes connections there, or there is nothing left to wait for. */
async function untilReached(url: string, child: ChildProcess): Promise<void> {
  const { hostname, port } = new URL(url);
  const isReached = () =>
    new Promise<boolean>((resolve) => {
      const socket = connect(Number(port), hostname, () => resolve(true));
      socket.once('connect', () => socket.destroy()).once('error', () => resolve(false));
    });
  while (child.exitCode === null && !child.killed && !(await isReached())) await sleep(5);
}

/** One core for what is measured and another for load and upstream; nulls where that can't be had. */
export function separateCores(): { readonly measured: number | null; readonly rest: number | null } {
  const allowed = allowedCores();
  const [measured, rest] = allowed;
  if (measured === undefined || rest === undefined) return { measured: null, rest: null };
  const pinned = spawnSync('taskset', ['-a', '-c', '-p', String(rest), String(process.pid)], { stdio: 'ignore' });
  return pinned.status === 0 ? { measured, rest } : { measured: null, rest: null };
}

/** `0-1,4` in /proc, where there is one. */
function allowedCores(): readonly number[] {
  const list = /^Cpus_allowed_list:\s*(\S+)$/m.exec(readProc('self', 'status') ?? '')?.[1] ?? '';
  return list.split(',').flatMap((range) => {
    const [first = Number.NaN, last = first] = range.split('-').map(Number);
    return Number.isNaN(first) ? [] : Array.from({ length: last - first + 1 }, (_, i) => first + i);
  });
}

const millisecondsPerTick = 10;

/** What a process has used of its core so far, threads of the runtime included; null where the system does not say. */
export function cpuMilliseconds(pid: number | undefined): number | null {
  // The name, in parentheses, may hold spaces; user and system time are the 12th and 13th field behind it.
  const fields = readProc(pid, 'stat')?.split(') ').at(-1)?.split(' ');
  const [user, system] = [fields?.[11], fields?.[12]];
  return user === undefined || system === undefined ? null : (Number(user) + Number(system)) * millisecondsPerTick;
}

/** Has the peak of a process's memory count from now on, where the system can. */
export function resetPeakMemory(pid: number | undefined): void {
  try {
    writeFileSync(`/proc/${pid}/clear_refs`, '5');
  } catch {
    // Then the peak is that since its start.
  }
}

/** The most memory that a process has held, in MB; null where the system does not say. */
export function peakMegabytes(pid: number | undefined): number | null {
  const kilobytes = /^VmHWM:\s+(\d+) kB$/m.exec(readProc(pid, 'status') ?? '')?.[1];
  return kilobytes === undefined ? null : Number(kilobytes) / 1024;
}

function readProc(pid: number | string | undefined, file: string): string | null {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8');
  } catch {
    return null;
  }
}

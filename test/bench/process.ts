import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

export interface NodeOptions {
  /** The core it may run on; null: any. */
  readonly cpu: number | null;
  readonly env: Readonly<Record<string, string>>;
  /** Whether messages can be sent to it. */
  readonly channel?: boolean;
}

/** Starts Node with these arguments; what it writes to stderr is seen, and it ends with this process. */
export function startNode(argv: readonly string[], { cpu, env, channel = false }: NodeOptions): ChildProcess {
  const pin = cpu === null ? [] : ['taskset', '-c', String(cpu)];
  const [file = process.execPath, ...rest] = [...pin, process.execPath, ...argv];
  const child = spawn(file, rest, {
    // Of this process's environment only what a program needs to start: settings of the shell must not tune one candidate.
    env: { PATH: process.env['PATH'], NODE_ENV: 'production', ...env },
    stdio: channel ? ['ignore', 'ignore', 'inherit', 'ipc'] : ['ignore', 'pipe', 'inherit'],
  });
  const kill = () => child.kill('SIGKILL');
  process.once('exit', kill);
  child.once('exit', () => process.off('exit', kill));
  return child;
}

/** The address that a program prints when it listens. Rejects when it ends or stays silent. */
export function listeningAt(child: ChildProcess, patienceMs = 15_000): Promise<string> {
  return new Promise((resolve, reject) => {
    const fail = (problem: string) => () => {
      child.kill();
      reject(new Error(`${child.spawnargs.join(' ')}: ${problem}`));
    };
    const timer = setTimeout(fail(`printed no address in ${patienceMs} ms`), patienceMs);
    child.once('exit', fail('ended before it listened'));
    let text = '';
    child.stdout?.on('data', (chunk) => {
      text += chunk;
      const url = /http:\/\/\S+\/graphql\b/.exec(text)?.[0];
      if (url === undefined) return;
      clearTimeout(timer);
      child.removeAllListeners('exit');
      resolve(url);
    });
  });
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

/** The memory that a process holds now, in MB; null where the system does not say. */
export function residentMegabytes(pid: number | undefined): number | null {
  const kilobytes = /^VmRSS:\s+(\d+) kB$/m.exec(readProc(pid, 'status') ?? '')?.[1];
  return kilobytes === undefined ? null : Number(kilobytes) / 1024;
}

function readProc(pid: number | string | undefined, file: string): string | null {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8');
  } catch {
    return null;
  }
}

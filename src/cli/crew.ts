import cluster, { type Worker } from 'node:cluster';
import { ConfigError } from '../config.ts';
import type { Logger } from '../server/log.ts';
import { AllMetrics } from '../server/workers/all-metrics.ts';
import type { Api, FromWorker, Place, ToWorker, WorkerLink } from '../server/workers/messages.ts';
import { Turns } from '../server/workers/turns.ts';
import { WriteRelay } from '../server/workers/write-relay.ts';

export interface CrewOptions {
  /** How many workers there are to be. */
  readonly size: number;
  /** What all of them ask. */
  readonly api: Api;
  readonly log: Logger;
}

/** Milliseconds before the place of a worker is taken by another, where one that took it did not last long. */
const pauseMs = 1000;
const longMs = 10_000;
/** For what comes after the last request. */
const closingMs = 5000;

interface Member {
  readonly worker: Worker;
  /** Whether it came for another that had ended. */
  readonly isReplacement: boolean;
  readonly startedAt: number;
  isListening: boolean;
  /** Why it could not start. */
  failure: Error | null;
}

/** The workers, as the primary process sees them: started, replaced when one ends, told of one another, and ended. */
export class Crew {
  /** Rejects when no worker is left and none can be started. */
  readonly lost: Promise<never>;
  readonly #options: CrewOptions;
  readonly #members = new Map<number, Member>();
  readonly #pauses = new Set<NodeJS.Timeout>();
  readonly #writes = new WriteRelay();
  readonly #turns = new Turns();
  readonly #metrics = new AllMetrics();
  readonly #allListen: Promise<Place>;
  #onAllListen: (place: Place) => void = () => undefined;
  #onLost: (error: Error) => void = () => undefined;
  #onEmpty: () => void = () => undefined;
  #phase: 'starting' | 'up' | 'ending' = 'starting';

  constructor(options: CrewOptions) {
    this.#options = options;
    this.#allListen = new Promise((resolve) => {
      this.#onAllListen = resolve;
    });
    this.lost = new Promise((_resolve, reject) => {
      this.#onLost = reject;
    });
    // It is looked at once all listen; until then `start` tells of it.
    this.lost.catch(() => undefined);
  }

  /** Resolves once all listen. Rejects as soon as one can't: a ConfigError where a setting is to blame. */
  async start(): Promise<Place> {
    for (let i = 0; i < this.#options.size; i++) this.#add();
    const place = await Promise.race([this.#allListen, this.lost]);
    this.#phase = 'up';
    return place;
  }

  /** Lets the workers finish what runs within that time and end. */
  async end(withinMs: number): Promise<void> {
    this.#phase = 'ending';
    for (const pause of this.#pauses) clearTimeout(pause);
    for (const { worker, isListening } of this.#members.values()) {
      // One that has not begun has nothing to finish, and may not hear yet.
      if (isListening) tell(worker, { kind: 'end' });
      else worker.process.kill('SIGKILL');
    }
    if (this.#members.size === 0) return;
    const afterMs = withinMs + closingMs;
    const isOver = setTimeout(() => {
      this.#options.log.warn({ afterMs }, 'workers that did not end were cut off');
      this.kill();
    }, afterMs);
    await new Promise<void>((resolve) => {
      this.#onEmpty = resolve;
    });
    clearTimeout(isOver);
  }

  /** Ends all workers at once. */
  kill(): void {
    this.#phase = 'ending';
    for (const pause of this.#pauses) clearTimeout(pause);
    for (const { worker } of this.#members.values()) worker.process.kill('SIGKILL');
  }

  #add(): void {
    const worker = cluster.fork();
    const isReplacement = this.#phase === 'up';
    const member: Member = { worker, isReplacement, startedAt: performance.now(), isListening: false, failure: null };
    this.#members.set(worker.id, member);
    const link: WorkerLink = { id: worker.id, send: (message) => tell(worker, message) };
    worker.on('message', (message: FromWorker) => this.#hear(member, link, message));
    worker.on('error', (error) => {
      member.failure = error;
      // Where no process could be made, none ends.
      if (worker.process.pid === undefined) this.#onExit(member, null, null);
    });
    worker.once('exit', (code, signal) => this.#onExit(member, code, signal));
  }

  #hear(member: Member, link: WorkerLink, message: FromWorker): void {
    const { id } = link;
    if (message.kind === 'hello') {
      this.#writes.join(link);
      this.#turns.join(link);
      link.send({ kind: 'start', api: this.#options.api });
    } else if (message.kind === 'listening') {
      member.isListening = true;
      this.#metrics.join(link);
      this.#options.log.info({ worker: id, pid: member.worker.process.pid }, 'worker listens');
      if ([...this.#members.values()].filter(({ isListening }) => isListening).length === this.#options.size) {
        this.#onAllListen(message);
      }
    } else if (message.kind === 'failed') {
      const { variable, problem } = message;
      member.failure = variable === null ? new Error(problem) : new ConfigError(variable, problem);
    } else if (message.kind === 'scrape') {
      const { scrape } = message;
      void this.#metrics.print().then((text) => link.send({ kind: 'metrics', scrape, text }));
    } else {
      this.#writes.hear(id, message);
      this.#turns.hear(id, message);
      this.#metrics.hear(id, message);
    }
  }

  #onExit(
    { worker, isReplacement, startedAt, isListening, failure }: Member,
    code: number | null,
    signal: string | null,
  ): void {
    this.#members.delete(worker.id);
    // In this order: who changes next is to know of what was written.
    this.#writes.leave(worker.id);
    this.#turns.leave(worker.id);
    this.#metrics.leave(worker.id);
    const isLast = this.#members.size === 0;
    if (this.#phase === 'ending') {
      if (isLast) this.#onEmpty();
      return;
    }
    const reason = failure ?? new Error(`a worker ended with ${signal ?? code} before it listened`);
    const isLost = !isListening && isLast && this.#pauses.size === 0;
    if (this.#phase === 'starting' || isLost) {
      this.#onLost(reason);
      return;
    }
    const afterMs = Math.round(performance.now() - startedAt);
    const problem = isListening ? undefined : reason.message;
    this.#options.log.error(
      { worker: worker.id, code, signal, afterMs, problem },
      'worker ended; another takes its place',
    );
    const pause = setTimeout(
      () => {
        this.#pauses.delete(pause);
        this.#add();
      },
      isReplacement && afterMs < longMs ? pauseMs : 0,
    );
    this.#pauses.add(pause);
  }
}

/** Nobody is told who is about to end; that it has ended is heard of. */
function tell(worker: Worker, message: ToWorker): void {
  if (worker.isConnected()) worker.send(message, () => undefined);
}

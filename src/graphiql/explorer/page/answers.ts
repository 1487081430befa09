import { useEffect, useRef, useSyncExternalStore } from 'react';
import { type Ask, AskError } from '../ask/ask.ts';
import { useSession } from './session.tsx';

/** What is known of a question at a time. */
type Answer<Value> =
  | { readonly status: 'idle' | 'reading' | 'stopped'; readonly value?: undefined; readonly error?: undefined }
  | { readonly status: 'done'; readonly value: Value; readonly error?: undefined }
  | { readonly status: 'failed'; readonly value?: undefined; readonly error: AskError };

interface Entry<Value> {
  readonly answer: Answer<Value>;
  readonly controller: AbortController;
}

const idle: Answer<never> = { status: 'idle' };
const mostKept = 40;

/** Answers to questions of one kind, each read once. Old ones are dropped. */
class AnswerCache<Value> {
  readonly #entries = new Map<string, Entry<Value>>();
  readonly #listeners = new Set<() => void>();

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  get(question: string): Answer<Value> {
    return this.#entries.get(question)?.answer ?? idle;
  }

  /** Reads unless it has been read, is being read, was stopped or has failed. */
  start(question: string, load: (signal: AbortSignal) => Promise<Value>): void {
    if (this.#entries.has(question)) return;
    const controller = new AbortController();
    this.#set(question, { answer: { status: 'reading' }, controller });
    // What can't even be asked, because of the headers, has failed like what was refused.
    new Promise<Value>((resolve) => resolve(load(controller.signal))).then(
      (value) => this.#settle(question, controller, { status: 'done', value }),
      (error: unknown) => this.#settle(question, controller, { status: 'failed', error: asAskError(error) }),
    );
  }

  stop(question: string): void {
    const entry = this.#entries.get(question);
    if (entry?.answer.status !== 'reading') return;
    this.#set(question, { ...entry, answer: { status: 'stopped' } });
    entry.controller.abort();
  }

  forget(question: string): void {
    this.#entries.get(question)?.controller.abort();
    this.#entries.delete(question);
    for (const listener of this.#listeners) listener();
  }

  #settle(question: string, controller: AbortController, answer: Answer<Value>): void {
    const entry = this.#entries.get(question);
    if (entry?.controller === controller && entry.answer.status === 'reading')
      this.#set(question, { controller, answer });
  }

  #set(question: string, entry: Entry<Value>): void {
    this.#entries.set(question, entry);
    for (const [old, { answer }] of this.#entries) {
      if (this.#entries.size <= mostKept) break;
      if (old !== question && answer.status !== 'reading') this.#entries.delete(old);
    }
    for (const listener of this.#listeners) listener();
  }
}

function asAskError(error: unknown): AskError {
  return error instanceof AskError ? error : new AskError(error instanceof Error ? error.message : String(error));
}

/** An answer as a view uses it. */
export interface Reading<Value> {
  readonly status: Answer<Value>['status'];
  readonly value: Value | undefined;
  readonly error: AskError | undefined;
  /** The answer, or while it is being read what stood there before. */
  readonly shown: Value | undefined;
  readonly stop: () => void;
  readonly retry: () => void;
}

/** What was asked of the session's caller, by the kind of question. Another caller's session has another key. */
type Caches<Value> = WeakMap<object, AnswerCache<Value>>;

/** Arguments some of which may not be known yet. */
type Partly<Asked extends readonly unknown[]> = { readonly [Place in keyof Asked]: Asked[Place] | undefined };

/** A kind of question, as a hook: it is asked as soon as all of its arguments are there, and each answer is kept. */
export function createQuestion<Asked extends readonly unknown[], Value>(
  load: (ask: Ask, ...asked: Asked) => Promise<Value>,
): (...asked: Partly<Asked>) => Reading<Value> {
  const caches: Caches<Value> = new WeakMap();
  return function useQuestion(...asked) {
    const { caller, epoch, ask } = useSession();
    const cache = caches.get(caller) ?? new AnswerCache<Value>();
    caches.set(caller, cache);
    const question = isWhole<Asked>(asked) ? JSON.stringify([epoch, asked]) : undefined;
    const last = useRef<Value>(undefined);
    const answer = useSyncExternalStore(cache.subscribe, () => (question === undefined ? idle : cache.get(question)));
    const isIdle = answer.status === 'idle';
    const latest = useRef(asked);
    latest.current = asked;
    useEffect(() => {
      if (question === undefined || !isIdle) return;
      const { current } = latest;
      if (isWhole<Asked>(current)) cache.start(question, (signal) => load(ask(signal), ...current));
    }, [cache, question, isIdle, ask]);
    if (answer.status === 'done') last.current = answer.value;
    return {
      // Asked in a moment, as far as a view is concerned.
      status: isIdle && question !== undefined ? 'reading' : answer.status,
      value: answer.value,
      error: answer.error,
      shown: answer.value ?? (answer.status === 'failed' ? undefined : last.current),
      stop: () => question !== undefined && cache.stop(question),
      retry: () => question !== undefined && cache.forget(question),
    };
  };
}

function isWhole<Asked extends readonly unknown[]>(asked: Partly<Asked> | Asked): asked is Asked {
  return !asked.includes(undefined);
}

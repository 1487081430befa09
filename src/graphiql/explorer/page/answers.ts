import { useEffect, useRef, useSyncExternalStore } from 'react';
import { AskError } from '../ask/ask.ts';

/** What is known of a question at a time. */
export type Answer<Value> =
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
export class AnswerCache<Value> {
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

/** Asks as soon as there is a question. */
export function useAnswer<Value>(
  cache: AnswerCache<Value>,
  question: string | undefined,
  load: (signal: AbortSignal) => Promise<Value>,
): Reading<Value> {
  const latest = useRef(load);
  latest.current = load;
  const last = useRef<Value>(undefined);
  const answer = useSyncExternalStore(cache.subscribe, () => (question === undefined ? idle : cache.get(question)));
  const isIdle = answer.status === 'idle';
  useEffect(() => {
    if (question !== undefined && isIdle) cache.start(question, (signal) => latest.current(signal));
  }, [cache, question, isIdle]);
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
}

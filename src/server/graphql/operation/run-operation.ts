import { type ExecutionArgs, type ExecutionResult, getOperationAST } from 'graphql';
import type { Limits } from '../../../config.ts';
import { eventLoop } from '../../../event-loop.ts';
import type { FilterSupport } from '../../../filter/support.ts';
import type { UpstreamCall } from '../../../loaders/call.ts';
import type { CallerMemory } from '../../../loaders/caller-memory.ts';
import type { NoticedChange } from '../../../loaders/change-feed.ts';
import type { ChangeFeeds } from '../../../loaders/change-feeds.ts';
import { createLoaders, type Loaders } from '../../../loaders/index.ts';
import type { OfferedCalls } from '../../../loaders/offered-calls.ts';
import type { SnapshotStore } from '../../../loaders/snapshot-store.ts';
import type { SeparationRule } from '../../../model/separation-rule.ts';
import { type ChangeQueue, confirmLease } from '../../../mutations/queue.ts';
import type { UpdateMasks } from '../../../mutations/update-masks.ts';
import type { Context } from '../../../schema/context.ts';
import { fieldNeedsOf } from '../../../schema/field-needs.ts';
import type { UpstreamClient } from '../../../upstream/client.ts';
import { connectReasonOf } from '../../../upstream/failure.ts';
import type { WriteNews } from '../../redis/write-news.ts';
import { AnswerWork } from '../execution/answer-work.ts';
import type { Executor } from '../execution/prepared.ts';
import { CallMeter } from './call-meter.ts';
import { startDeadline } from './deadline.ts';
import { inPieces } from './print-answer.ts';
import type { PropagatedHeaders } from './propagated-headers.ts';
import { callerReferences, callerSnapshots, nothingCached, type ReferenceCaches, type Reuse } from './shared-reads.ts';

export interface OperationOptions {
  readonly client: UpstreamClient;
  readonly support: FilterSupport;
  readonly snapshots: SnapshotStore;
  readonly references: ReferenceCaches;
  readonly offered: OfferedCalls;
  readonly memory: CallerMemory;
  /** Processes that write to the same API; null: none that could be told or heard. */
  readonly writeNews: WriteNews | null;
  /** Who watches what changes. */
  readonly feeds: ChangeFeeds;
  readonly queue: Pick<ChangeQueue, 'run'>;
  readonly masks: UpdateMasks;
  /** Milliseconds for all reads of one operation together. */
  readonly requestTimeoutMs: number;
  /** Pages of one list after which the API is taken for endless. */
  readonly maxPages: number;
  /** graphql's own, or one that does the same. */
  readonly executor: Executor;
  /** Calls that one operation may make, and values that its answer may hold. */
  readonly limits: Pick<Limits, 'MAX_COST' | 'MAX_ANSWER_VALUES'>;
  readonly separationRules: readonly SeparationRule[];
  /** Hears how many profiles are looked up together. */
  readonly onBatch?: ((size: number) => void) | undefined;
}

/** On whose behalf an operation is executed. */
export interface OperationCaller {
  /** The value of the Authorization header for the API. */
  readonly authorization: string;
  /** Ends the operation's reads when nobody waits for its answer any more. */
  readonly signal: AbortSignal;
  /** Whether data that other operations of the caller read may serve this one. */
  readonly reuse: Reuse;
  readonly propagated: PropagatedHeaders;
  /** Reports each call that is made for the operation. */
  readonly onCall: () => void;
  /** Reports a mutation that answers a failure as its result, by the name of the failure's type. */
  readonly onMutationFailure: (typeName: string) => void;
  /** Hears why a call could not connect to the API: a code and the host, which are for the log alone. */
  readonly onConnectFailure: (reason: string) => void;
  /** Begins to watch, for the start of a subscription. */
  readonly watchChanges?: (extraInfo: boolean) => Promise<AsyncIterable<NoticedChange>>;
}

/** Executes one operation with loaders of its own, bound to its caller. Rejects only with a fault. */
export async function runOperation(
  args: ExecutionArgs,
  {
    authorization,
    signal,
    reuse,
    propagated,
    onCall,
    onMutationFailure,
    onConnectFailure,
    watchChanges,
  }: OperationCaller,
  options: OperationOptions,
): Promise<ExecutionResult> {
  const { client, support, snapshots, references, offered, memory, writeNews, queue, masks, maxPages, onBatch } =
    options;
  const needs = fieldNeedsOf(args);
  const deadline = startDeadline(options.requestTimeoutMs, signal);
  const meter = new CallMeter(options.limits.MAX_COST);
  const work = new AnswerWork(options.limits.MAX_ANSWER_VALUES, deadline.signal);
  const caller = {
    authorization,
    headers: propagated.headers,
    signal: deadline.signal,
    startSpan: propagated.startSpan,
    onCall() {
      meter.noteCall();
      onCall();
    },
    mayRetry: () => meter.mayRetry(),
  };
  const onFailure = (error: unknown): never => {
    const reason = connectReasonOf(error);
    if (reason !== null) onConnectFailure(reason);
    throw error;
  };
  const callUnder =
    (shared: AbortSignal | undefined): UpstreamCall =>
    async (endpoint, params) => {
      meter.charge(endpoint.method);
      return client.call(endpoint, params, { ...caller, ...(shared && { signal: shared }) }).catch(onFailure);
    };
  const call: UpstreamCall = async (endpoint, params) => {
    meter.charge(endpoint.method);
    if (endpoint.method === 'GET') return client.call(endpoint, params, caller).catch(onFailure);
    // Before, for what is read meanwhile may be of either side; and after, for what began meanwhile.
    snapshots.drop();
    // Not waited for: what was read to prepare the write gets older.
    void writeNews?.announce();
    try {
      return await client.call(endpoint, params, { ...caller, beforeSend: confirmLease }).catch(onFailure);
    } finally {
      snapshots.drop();
      options.feeds.noteWrite();
      await writeNews?.announce();
    }
  };
  let oldestReadAt: number | null = null;
  const onReused = ({ readAt }: { readonly readAt: number }) => {
    oldestReadAt = Math.min(oldestReadAt ?? readAt, readAt);
  };
  const shared = callerSnapshots(snapshots, { authorization, reuse, signal: deadline.signal, callUnder, onReused });
  const isQuery = getOperationAST(args.document, args.operationName)?.operation === 'query';
  const callExactly: UpstreamCall = (endpoint, params) => call(endpoint.exactly ?? endpoint, params);
  const load = (isExact = false): Loaders =>
    createLoaders({
      call: isExact ? callExactly : call,
      support,
      snapshots: shared,
      // What a change is checked against is read for it.
      cached: isQuery ? callerReferences(references, { authorization, reuse, onReused }) : nothingCached,
      offered,
      callsLeft: () => meter.left,
      memory: reuse === 'private' ? null : memory.of(authorization),
      countTrust: memory.countTrustOf(authorization),
      maxPages,
      signal: deadline.signal,
      scheduleBatch: (dispatch) => work.scheduleBatch(dispatch),
      onBatch,
      ...needs,
      // After a change its loaders are made anew, so that what is read beside it would be read again.
      datasources: needs.datasources && isQuery,
      policies: needs.policies && isQuery,
    });
  const context: Context = {
    loaders: load(),
    resultLimit: work,
    separationRules: options.separationRules,
    changes: {
      call,
      queue: { run: (keys, change) => queue.run(keys, change, deadline.signal) },
      masks,
      enforcedRules: options.separationRules.filter(({ enforce }) => enforce),
      refresh({ exactly } = {}) {
        context.loaders = load(exactly);
        return context.loaders;
      },
      loaders: () => context.loaders,
    },
    onMutationFailure,
    async watchChanges() {
      if (watchChanges === undefined) throw new Error('only a subscription can begin to watch');
      return watchChanges(needs.extraInfo);
    },
  };
  try {
    // To read and check a large request may have taken a while.
    if (eventLoop.isHeld) await eventLoop.yield(deadline.signal);
    const result = await options.executor({ ...args, contextValue: context }, work);
    return {
      ...(work.values > largeAnswer ? await inPieces(result, deadline.signal) : result),
      ...(oldestReadAt !== null && { extensions: { http: { headers: { age: ageOf(oldestReadAt) } } } }),
    };
  } finally {
    deadline.end();
  }
}

/** Values above which an answer takes long enough to print that others would wait for it. */
const largeAnswer = 50_000;

/** The age of what was kept from another operation, as HTTP puts it: whole seconds. */
function ageOf(readAt: number): string {
  return String(Math.max(0, Math.floor((performance.now() - readAt) / 1000)));
}

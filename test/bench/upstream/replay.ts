import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { request } from 'undici';
import { callerKeys } from './keys.ts';
import { resized } from './resize.ts';

/** One call as the upstream saw it; both ends in `performance.now()`. */
export interface TimedCall {
  readonly startedAt: number;
  readonly endedAt: number;
}

interface Reply {
  readonly status: number;
  readonly body: Buffer;
  /** Where the fractions of its rows' times of change begin. */
  readonly fractions: readonly number[];
}

export interface Replay {
  readonly origin: string;
  /** Added to every answer. */
  delayMs: number;
  /** Whether every row of every reply differs from all that were sent before. */
  changes: boolean;
  /** The calls since the last time. */
  takeCalls(): readonly TimedCall[];
}

const knownCallers = new Set(callerKeys.map((key) => `Bearer ${key}`));

/**
 * Repeats the sandbox's replies, with profiles of one size, from memory: making them anew costs more than reading them, and the
 * candidates would wait for the upstream instead of competing. Each URL is asked of the sandbox once, before anything
 * is measured; a caller that it does not know is refused here as there.
 */
export async function startReplay(sandboxOrigin: string, rowSize: number): Promise<Replay> {
  const replies = new Map<string, Promise<Reply>>();
  let changed = 0;
  let calls: { startedAt: number; endedAt: number }[] = [];

  const answer = async (incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> => {
    const call = { startedAt: performance.now(), endedAt: Number.NaN };
    calls.push(call);
    const { authorization = '' } = incoming.headers;
    const url = incoming.url ?? '/';
    const isKnown = knownCallers.has(authorization) && incoming.method === 'GET';
    let reply = isKnown ? replies.get(url) : undefined;
    if (reply === undefined) {
      reply = forward(`${sandboxOrigin}${url}`, incoming.method ?? 'GET', authorization, rowSize);
      if (isKnown) replies.set(url, reply);
    }
    if (replay.delayMs > 0) await sleep(replay.delayMs);
    const found = await reply;
    const { status } = found;
    const body = replay.changes ? alter(found, changed++) : found.body;
    outgoing.writeHead(status, { 'content-type': 'application/json', 'content-length': body.length });
    // The client may ask on as soon as it has the last byte, so the call is over when that leaves.
    call.endedAt = performance.now();
    outgoing.end(body);
  };

  const server = createServer((incoming, outgoing) => {
    answer(incoming, outgoing).catch(() => outgoing.destroy());
  });
  server.keepAliveTimeout = 60_000;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const replay: Replay = {
    origin: `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`,
    delayMs: 0,
    changes: false,
    takeCalls() {
      const taken = calls;
      calls = [];
      return taken;
    },
  };
  return replay;
}

async function forward(url: string, method: string, authorization: string, rowSize: number): Promise<Reply> {
  if (method !== 'GET') return { status: 405, body: Buffer.from('{}'), fractions: [] };
  const { statusCode, body } = await request(url, { headers: { authorization } });
  const bytes = Buffer.from(resized(await body.text(), rowSize));
  return { status: statusCode, body: bytes, fractions: fractionsOf(bytes) };
}

/** `"updated_at":"2026-01-02T03:04:05.` and then digits. */
function fractionsOf(body: Buffer): readonly number[] {
  const text = body.toString('latin1');
  return [...text.matchAll(/"updated_at":"[\d:T-]{19}\.(?=\d{6})/g)].map(({ 0: found, index }) => index + found.length);
}

/** The same reply with other fractions of seconds: its length stays, and what candidates answer. */
function alter({ body, fractions }: Reply, count: number): Buffer {
  const altered = Buffer.from(body);
  const digits = String(count % 1_000_000).padStart(6, '0');
  for (const start of fractions) altered.write(digits, start, 'latin1');
  return altered;
}

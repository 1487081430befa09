import { createServer, type Socket } from 'node:net';
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { ErrorCode } from '../../src/errors.ts';
import { scripted } from '../support/http-server.ts';
import { caller, clientOf, echo, failureOf } from './support.ts';

/** A server that answers each connection's first bytes as told, whatever they are. */
async function raw(reply: (socket: Socket) => void): Promise<string> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.once('data', () => reply(socket));
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  const address = server.address();
  return `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`;
}

const says = (text: string) => (socket: Socket) => void socket.end(text);

describe('a reply that breaks the rules of HTTP ends in an error', () => {
  it.each<[name: string, reply: (socket: Socket) => void, code: ErrorCode]>([
    ['no HTTP', says('SSH-2.0-OpenSSH_9.6\r\n'), 'UPSTREAM_INVALID_RESPONSE'],
    ['a bad status line', says('HTTP/1.1 abc OK\r\n\r\n'), 'UPSTREAM_INVALID_RESPONSE'],
    [
      'a flood of headers',
      says(`HTTP/1.1 200 OK\r\n${'x-flood: y\r\n'.repeat(20_000)}content-length: 2\r\n\r\n{}`),
      'UPSTREAM_INVALID_RESPONSE',
    ],
    ['a body shorter than announced', says('HTTP/1.1 200 OK\r\ncontent-length: 99\r\n\r\n{}'), 'UPSTREAM_UNAVAILABLE'],
    [
      'a body longer than announced',
      says('HTTP/1.1 200 OK\r\ncontent-length: 1\r\n\r\n{}'),
      'UPSTREAM_INVALID_RESPONSE',
    ],
    [
      'two lengths',
      says('HTTP/1.1 200 OK\r\ncontent-length: 2\r\ncontent-length: 3\r\n\r\n{}'),
      'UPSTREAM_INVALID_RESPONSE',
    ],
    [
      'a chunk of no size',
      says('HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n'),
      'UPSTREAM_INVALID_RESPONSE',
    ],
    [
      'chunks that are cut off',
      says('HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n2\r\n{}\r\n'),
      'UPSTREAM_UNAVAILABLE',
    ],
    [
      'an upgrade that nobody asked for',
      says('HTTP/1.1 101 Switching\r\nupgrade: x\r\nconnection: upgrade\r\n\r\n'),
      'UPSTREAM_UNAVAILABLE',
    ],
    [
      'a reset after the headers',
      (socket) => void socket.write('HTTP/1.1 200 OK\r\ncontent-length: 99\r\n\r\n', () => socket.resetAndDestroy()),
      'UPSTREAM_UNAVAILABLE',
    ],
    ['nothing', (socket) => void socket.end(), 'UPSTREAM_UNAVAILABLE'],
  ])('%s', async (_name, reply, code) => {
    const failure = await failureOf(clientOf(await raw(reply)).call(echo, null, caller));
    expect(failure.code).toBe(code);
    expect(failure.message).toMatch(/^The gateway asked the Veza API to do the thing/);
    expect(failure.message).not.toContain('127.0.0.1');
  });

  it.each<[name: string, reply: string]>([
    ['HTTP/1.0, ended by its connection', 'HTTP/1.0 200 OK\r\n\r\n{"a":1}'],
    ['early hints', 'HTTP/1.1 103 Early Hints\r\nlink: <x>\r\n\r\nHTTP/1.1 200 OK\r\ncontent-length: 7\r\n\r\n{"a":1}'],
    ['no reason phrase', 'HTTP/1.1 200\r\ncontent-length: 7\r\n\r\n{"a":1}'],
  ])('but not %s', async (_name, reply) => {
    expect(await clientOf(await raw(says(reply))).call(echo, null, caller)).toEqual({ a: 1 });
  });

  it('one byte now and then ends when the time of the call is over', async () => {
    const origin = await raw((socket) => {
      socket.write('HTTP/1.1 200 OK\r\ncontent-length: 1000000\r\n\r\n');
      const timer = setInterval(() => socket.write(' '), 20);
      socket.once('close', () => clearInterval(timer));
    });
    const failure = await failureOf(clientOf(origin, { timeoutMs: 200 }).call(echo, null, caller));
    expect(failure.code).toBe('UPSTREAM_TIMEOUT');
  });
});

async function encoded(encoding: string, body: Buffer, options: Parameters<typeof clientOf>[1] = {}, status = 200) {
  const server = await scripted(
    (response) => void response.writeHead(status, { 'content-encoding': encoding }).end(body),
  );
  return clientOf(server.origin, options).call(echo, null, caller);
}

describe('a reply with a Content-Encoding', () => {
  const json = Buffer.from('{"a":1}');

  it.each<[encoding: string, body: Buffer]>([
    ['gzip', gzipSync(json)],
    ['X-GZIP', gzipSync(json)],
    ['deflate', deflateSync(json)],
    ['br', brotliCompressSync(json)],
    ['identity', json],
    ['', json],
  ])('"%s" is decoded', async (encoding, body) => {
    expect(await encoded(encoding, body)).toEqual({ a: 1 });
  });

  it.each<[name: string, encoding: string, body: Buffer, problem: string]>([
    ['unknown', 'zstd', json, 'the gateway does not know its Content-Encoding'],
    ['of two layers', 'gzip, gzip', gzipSync(gzipSync(json)), 'the gateway does not know its Content-Encoding'],
    ['wrong', 'gzip', json, 'it is not gzip as its Content-Encoding says'],
    ['cut off', 'gzip', gzipSync(json).subarray(0, 15), 'it is not gzip as its Content-Encoding says'],
    ['empty', 'br', Buffer.alloc(0), 'it is not br as its Content-Encoding says'],
  ])('that is %s is an error', async (_name, encoding, body, problem) => {
    const failure = await failureOf(encoded(encoding, body));
    expect(failure).toMatchObject({ code: 'UPSTREAM_INVALID_RESPONSE', upstream: { status: 200 } });
    expect(failure.message).toContain(problem);
  });

  it('leaves the status of an error to count, whether its body can be read or not', async () => {
    const told = await failureOf(encoded('gzip', gzipSync('{"code":16,"request_id":"r1"}'), {}, 401));
    expect(told).toMatchObject({ code: 'UNAUTHENTICATED', upstream: { status: 401, requestId: 'r1' } });
    const untold = await failureOf(encoded('zstd', json, {}, 401));
    expect(untold).toMatchObject({ code: 'UNAUTHENTICATED', upstream: { status: 401, requestId: null } });
  });
});

/** The most memory outside of the heap, and how often the event loop turned, while a call is made. */
async function watched(call: () => Promise<unknown>): Promise<{ peak: number; turns: number }> {
  const start = process.memoryUsage().arrayBuffers;
  let peak = 0;
  let turns = 0;
  let isOver = false;
  const turn = () => {
    turns++;
    peak = Math.max(peak, process.memoryUsage().arrayBuffers - start);
    if (!isOver) setImmediate(turn);
  };
  turn();
  await call();
  isOver = true;
  return { peak, turns };
}

const mega = 1024 * 1024;

describe('the memory for a reply is bounded', () => {
  it.each(['gzip', 'br'])('where 10 MB or less would become gigabytes: %s', async (encoding) => {
    // 10 GB of zeros in gzip, as members one after another; 2 GB in brotli, whose streams have one member only.
    const bomb =
      encoding === 'gzip'
        ? Buffer.concat(Array<Buffer>(10_000).fill(gzipSync(Buffer.alloc(mega))))
        : brotliCompressSync(Buffer.alloc(512 * mega), { params: { 1: 1 } });
    const { peak, turns } = await watched(async () => {
      const failure = await failureOf(encoded(encoding, bomb, { timeoutMs: 60_000 }));
      expect(failure.code).toBe('UPSTREAM_INVALID_RESPONSE');
      expect(failure.message).toContain(`it is larger than the ${16 * mega} bytes that the gateway reads`);
    });
    expect(peak).toBeLessThan(150 * mega);
    expect(turns).toBeGreaterThan(50);
  });

  it.each([true, false])('where 100 MB are sent, announced: %s', async (isAnnounced) => {
    let sent = 0;
    const chunk = Buffer.alloc(mega, ' ');
    const server = await scripted(async (response) => {
      response.writeHead(200, isAnnounced ? { 'content-length': 100 * mega } : {});
      response.on('error', () => undefined);
      while (sent < 100 && !response.destroyed) {
        sent++;
        if (!response.write(chunk)) {
          await new Promise((resolve) => {
            response.once('drain', resolve);
            response.once('close', resolve);
          });
        }
      }
      response.end();
    });
    const { peak } = await watched(async () => {
      const failure = await failureOf(clientOf(server.origin, { timeoutMs: 60_000 }).call(echo, null, caller));
      expect(failure.message).toContain(`it is larger than the ${16 * mega} bytes that the gateway reads`);
    });
    expect(sent).toBeLessThan(40);
    expect(peak).toBeLessThan(80 * mega);
  });
});

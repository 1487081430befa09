import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { authenticate, type Caller, type Key } from './caller.ts';
import type { CallLog } from './calls.ts';
import { ApiError, presentError } from './errors.ts';
import { type FaultEffect, type FaultQueue, type FaultRequest, randomFault } from './faults.ts';
import type { Tenant } from './operation.ts';
import type { Random } from './random.ts';
import { conclude, json, type Reply, send } from './reply.ts';
import { matchRoute } from './routes.ts';
import type { Store } from './store.ts';

/** A sandbox without its socket. */
export interface Service {
  readonly tenant: Tenant;
  readonly keys: readonly Key[];
  readonly faults: FaultQueue;
  readonly log: CallLog;
  readonly latencyMs: number;
  readonly failureRate: number;
  readonly fault: (request: FaultRequest) => FaultEffect | undefined;
  readonly before: (request: FaultRequest, store: Store) => void | Promise<void>;
  readonly requestIds: Random;
  readonly auditIds: Random;
  readonly failures: Random;
}

const largestBody = 16 * 1024 * 1024;

/** One request, from its first byte to its last: log, wait, faults, operation. */
export async function serve(service: Service, incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
  const startedAt = performance.now();
  // Not `URL`, which throws on targets like `//`.
  const [, path = '/', query = ''] = /^([^?]*)\??(.*)$/s.exec(incoming.url ?? '/') ?? [];
  try {
    const text = await readBody(incoming);
    const request: FaultRequest = {
      method: incoming.method ?? 'GET',
      path,
      query: new URLSearchParams(query),
      authorization: incoming.headers.authorization,
      body: text === '' ? undefined : (parseJson(text)?.value ?? text),
    };
    const close = service.log.open(request, startedAt);
    outgoing.once('close', () => close(outgoing.writableFinished ? outgoing.statusCode : 0));
    const struck = [...service.faults.take(request)];
    const chance = service.fault(request) ?? randomFault(service.failureRate, service.failures);
    if (chance !== undefined) struck.push(chance);

    if (service.latencyMs > 0) await sleep(service.latencyMs);
    await service.before(request, service.tenant.store);
    for (const fault of struck) {
      if (fault.kind === 'delay') await sleep(fault.delayMs);
      if (fault.kind === 'run') await fault.run(request, service.tenant.store);
    }
    const decisive = struck.find((fault) => fault.kind !== 'delay' && fault.kind !== 'run');
    conclude(outgoing, decisive, {
      operate: () => operate(service, request, text),
      refuse: (error) => refuse(service, error),
    });
  } catch (error) {
    // The client left in the middle of its request, or a test's own hook threw.
    if (!outgoing.headersSent) send(outgoing, refuse(service, error));
  }
}

function operate(service: Service, request: FaultRequest, text: string): Reply {
  const { tenant, keys } = service;
  try {
    const caller = authenticate(request.authorization, keys);
    const route = matchRoute(request.method, request.path, tenant.settings);
    const run = () => {
      if (route.writes && caller.role !== 'admin') throw new ApiError('PermissionDenied');
      const parsed = route.hasBody ? parseJson(text) : { value: undefined };
      if (parsed === undefined) throw new ApiError('InvalidArgument', { message: 'The request body is not JSON.' });
      const { params } = route;
      return json(200, route.operation(tenant, { caller, params, query: request.query, body: parsed.value }));
    };
    return route.writes ? recorded(service, request, caller, route.operation.name, run) : run();
  } catch (error) {
    return refuse(service, error);
  }
}

/** A write, which enters the audit log whether it is done or refused. */
function recorded(service: Service, request: FaultRequest, caller: Caller, operation: string, run: () => Reply): Reply {
  const { tenant, auditIds } = service;
  let grpcCode = 'OK';
  let reply: Reply;
  try {
    reply = run();
  } catch (error) {
    grpcCode = error instanceof ApiError ? error.code : 'Internal';
    reply = refuse(service, error);
  }
  const query = request.query.toString();
  const endedAt = tenant.clock.now();
  tenant.audit.add({
    user: caller.user,
    method: request.method,
    url: query === '' ? request.path : `${request.path}?${query}`,
    operation,
    request_id: auditIds.hex(32),
    request: request.body,
    response: reply.body,
    http_status: reply.status,
    grpc_code: grpcCode,
    started_at: endedAt,
    ended_at: endedAt,
  });
  return reply;
}

function refuse({ tenant, requestIds }: Service, error: unknown): Reply {
  const details = [{ '@type': 'sandbox/bug', text: String(error) }];
  const known = error instanceof ApiError ? error : new ApiError('Internal', { details });
  return json(known.status, presentError(known, requestIds.hex(32), tenant.clock.now()));
}

async function readBody(incoming: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of incoming) {
    size += chunk.length;
    if (size > largestBody) throw new ApiError('InvalidArgument', { message: 'The request body is too large.' });
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** undefined for what is not JSON. */
function parseJson(text: string): { readonly value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) };
  } catch {
    return undefined;
  }
}

import type { AuditLog } from './audit.ts';
import type { Caller } from './caller.ts';
import type { Clock } from './clock.ts';
import { invalidArgument, notFound } from './errors.ts';
import type { Presenter } from './present.ts';
import type { ProfileRecord } from './record.ts';
import type { Settings } from './settings.ts';
import type { Store } from './store.ts';

/** The state that every operation reads and changes. */
export interface Tenant {
  readonly store: Store;
  /** The state that the access graph shows: the store, or the tenant as it was at the start. */
  readonly graph: Store;
  readonly settings: Settings;
  readonly audit: AuditLog;
  readonly clock: Clock;
  readonly present: Presenter;
  newId(): string;
}

export interface OperationRequest {
  readonly caller: Caller;
  /** The `{…}` of the route's path, decoded. */
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  /** The parsed JSON; undefined when the request had none. */
  readonly body: unknown;
}

/** Answers the body of a 200, or throws ApiError. */
export type Operation = (tenant: Tenant, request: OperationRequest) => object;

/** A path parameter; the route names it, so that it is there. */
export function param(request: OperationRequest, name: string): string {
  return request.params[name] ?? '';
}

/** The profile that the path names; 404 for one that does not exist for this caller. */
export function profileOf(tenant: Tenant, request: OperationRequest, name = 'id'): ProfileRecord {
  const id = param(request, name);
  const profile = tenant.store.profile(id);
  if (profile === undefined || !request.caller.canSee(profile)) throw notFound('access_profile', id);
  return profile;
}

/** A boolean query parameter as protojson reads it. */
export function flag(request: OperationRequest, name: string): boolean {
  const text = request.query.get(name) ?? 'false';
  if (text !== 'true' && text !== 'false') throw invalidArgument(name, `"${text}" is not true or false.`);
  return text === 'true';
}

import { UpstreamError } from '../errors.ts';

/** What an API answers to a filter it does not take, to one too long, or to one it has no code for. */
const refusals = new Set([400, 414, 422, 431, 501]);

/** Whether an API broke over the request, as some do over a filter that they do not expect; or it broke for another reason. */
export function isBreakdown(error: unknown): boolean {
  return error instanceof UpstreamError && error.upstream.status === 500;
}

/** Whether an API refused the request itself, rather than its sender or everybody. */
export function isRefusal(error: unknown): boolean {
  return error instanceof UpstreamError && error.upstream.status !== null && refusals.has(error.upstream.status);
}

import type { Endpoint } from '../upstream/endpoint.ts';

/** One call to the API on behalf of the caller whose loaders these are. */
export type UpstreamCall = <Params, Result>(endpoint: Endpoint<Params, Result>, params: Params) => Promise<Result>;

/** A value that is at hand, or will be: known ones are not wrapped, since the executor reads them without a pause. */
export type MaybePromise<T> = T | Promise<T>;

/** Decides when a batch of look-ups is made. */
export type BatchSchedule = (dispatch: () => void) => void;

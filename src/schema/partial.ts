import type { GraphQLResolveInfo } from 'graphql';
import type { MaybePromise } from '../loaders/call.ts';
import type { Context } from './context.ts';

/**
 * A non-null edge that fails would take its profile with it, and that the whole list. Instead the edge answers `otherwise`
 * and the failure stands in `errors` at its path, marked as partial.
 */
export function orPartial<T>(
  context: Context,
  info: GraphQLResolveInfo,
  otherwise: T,
  load: () => MaybePromise<T>,
): MaybePromise<T> {
  const report = (error: unknown): T => {
    context.reportPartial(error, info);
    return otherwise;
  };
  try {
    const value = load();
    return value instanceof Promise ? value.catch(report) : value;
  } catch (error) {
    return report(error);
  }
}

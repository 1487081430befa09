import { type DestinationStream, type Logger, pino } from 'pino';
import type { Config } from '../../config.ts';
import { describeError } from '../graphql/describe-error.ts';

export type { Logger } from 'pino';

/** JSON lines on stdout. What is logged is chosen field by field: never headers, variables or documents. */
export function createLog(level: Config['logLevel'], destination: DestinationStream = pino.destination(1)): Logger {
  const options = { level, base: null, timestamp: pino.stdTimeFunctions.isoTime, serializers: { err: describeError } };
  return pino(options, destination);
}

/** Tells an operator once per value of an enum that this gateway does not know. */
export function unrecognizedNotes(log: Logger): { unrecognized(enumeration: string, value: string | number): void } {
  const told = new Set<string>();
  return {
    unrecognized(enumeration, value) {
      const key = `${enumeration} ${String(value).slice(0, 64)}`;
      // The API is not trusted to have few: a list of all it ever sent would grow with it.
      if (told.has(key) || told.size >= 1000) return;
      told.add(key);
      log.warn(
        { enumeration, value: String(value).slice(0, 64) },
        'the API sent a value that is answered as UNRECOGNIZED',
      );
    },
  };
}

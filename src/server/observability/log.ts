import { type DestinationStream, type Logger, pino } from 'pino';
import type { Config } from '../../config.ts';

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

/** Matches texts that may be a key or a token, wherever a library put them. */
const secrets = /\b(bearer|basic)\s+\S+|\beyJ[\w-]+\.[\w-]+\.[\w-]*/gi;

/** The number of nested causes that are shown. */
const maxCauses = 3;

/**
 * An error as the log shows it: what it is called, what it says, and where it happened. Not its other properties, among
 * which libraries keep requests, replies and headers.
 */
function describeError(error: unknown, causes = 0): object {
  if (!(error instanceof Error)) return { type: typeof error };
  const { name, message, stack, cause } = error;
  return {
    type: name,
    message: redact(message),
    ...('code' in error && typeof error.code === 'string' ? { code: redact(error.code) } : {}),
    ...(stack === undefined || causes > 0 ? {} : { stack: redact(stack) }),
    ...(cause === undefined || causes === maxCauses ? {} : { cause: describeError(cause, causes + 1) }),
  };
}

function redact(text: string): string {
  return text.replaceAll(secrets, '[redacted]');
}

import { sendRequest } from '../../fetcher.ts';
import { isRecord, type JsonObject, records, text } from '../../json.ts';

/** Why a question has no answer, in words for the reader. */
export class AskError extends Error {
  readonly code: string | undefined;

  constructor(message: string, code?: string) {
    super(message);
    this.code = code;
  }
}

/** Data of an answer, with the errors beside it. */
export interface Answered {
  readonly data: JsonObject;
  /** The error at a field's path or inside it, if there is one. */
  errorAt(field: string): AskError | undefined;
}

/** Sends a question to the gateway. Rejects with an AskError if there are no data at all. */
export type Ask = (query: string, variables?: JsonObject) => Promise<Answered>;

export function askWith(headers: Readonly<Record<string, string>>, signal: AbortSignal): Ask {
  return async (query, variables = {}) => {
    const response = await sendRequest({ query, variables }, headers, signal).catch((error: unknown) => {
      if (signal.aborted) throw error;
      throw new AskError(
        'The gateway does not answer. Check that it is running and that this browser can reach it.',
        'UNREACHABLE',
      );
    });
    const errors = records(response['errors']);
    const { data } = response;
    if (!isRecord(data)) throw errorOf(errors[0]);
    return {
      data,
      errorAt: (field) => {
        const found = errors.find(({ path }) => Array.isArray(path) && path.includes(field));
        return found && errorOf(found);
      },
    };
  };
}

/** The object or list that a root field holds; throws the error that stands in its place. */
export function rootField({ data, errorAt }: Answered, field: string): unknown {
  const value = data[field];
  if (value === null || value === undefined) throw errorAt(field) ?? new AskError('The gateway did not answer this.');
  return value;
}

function errorOf(error: JsonObject | undefined): AskError {
  const extensions = error?.['extensions'];
  return new AskError(
    text(error?.['message']) ?? 'The gateway gave no reason.',
    isRecord(extensions) ? text(extensions['code']) : undefined,
  );
}

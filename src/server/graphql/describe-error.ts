/** Matches texts that may be a key or a token, wherever a library put them. */
const secrets = /\b(bearer|basic)\s+\S+|\beyJ[\w-]+\.[\w-]+\.[\w-]*/gi;

/** The number of nested causes that are shown. */
const maxCauses = 3;

/**
 * An error as the log shows it: what it is called, what it says, and where it happened. Not its other properties, among
 * which libraries keep requests, replies and headers.
 */
export function describeError(error: unknown, causes = 0): object {
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

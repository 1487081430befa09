/**
 * A filter that isn't RFC 7644 §3.4.2.2. `column` is where the unexpected text starts: 1-based, in UTF-16 code units
 * (JavaScript string offset + 1), and one past the last character for "end of filter".
 */
export class ScimSyntaxError extends Error {
  override readonly name = 'ScimSyntaxError';
  readonly column: number;

  constructor(message: string, column: number) {
    super(message);
    this.column = column;
  }
}

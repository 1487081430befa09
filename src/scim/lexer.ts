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

interface Span {
  /** Offsets into the filter, in UTF-16 code units; `end` is exclusive. */
  readonly start: number;
  readonly end: number;
}

/** A keyword, operator, attribute path, number, `true`, `false` or `null`: which of them depends on where it stands. */
export interface WordToken extends Span {
  readonly kind: 'word';
  readonly text: string;
}

/** A string literal, decoded. */
export interface StringToken extends Span {
  readonly kind: 'string';
  readonly value: string;
}

export interface PunctuationToken extends Span {
  readonly kind: '(' | ')' | '[' | ']' | 'end';
}

export type Token = WordToken | StringToken | PunctuationToken;

/**
 * The token at or after `offset`. SCIM reserves no words, so the lexer only cuts; blanks (those of JSON) are needed only
 * where two words would run together. Throws ScimSyntaxError on a string that isn't a JSON string (RFC 7159 §7).
 */
export function readToken(text: string, offset: number): Token {
  let start = offset;
  while (isBlank(text[start])) start++;
  const character = text[start];
  if (character === undefined) return { kind: 'end', start, end: start };
  if (isPunctuation(character)) return { kind: character, start, end: start + 1 };
  if (character === '"') return readString(text, start);
  let end = start + 1;
  while (isWordCharacter(text[end])) end++;
  return { kind: 'word', text: text.slice(start, end), start, end };
}

/** Names a token in an error message: quoted, cut to a readable length, safe to print on one line. */
export function describeToken(token: Token): string {
  if (token.kind === 'end') return 'end of filter';
  if (token.kind === 'string') return `the string ${quote(token.value)}`;
  return quote(token.kind === 'word' ? token.text : token.kind);
}

/** A piece of a filter for an error message; characters that can't be seen are escaped (a no-break space is a classic). */
export function quote(text: string): string {
  const short = text.length > 40 ? `${text.slice(0, 39)}…` : text;
  return JSON.stringify(short).replace(
    /(?! )[\p{C}\p{Z}]/gu,
    (hidden) => `\\u{${hidden.codePointAt(0)?.toString(16)}}`,
  );
}

// Scanned by hand: a regular expression for escapes repeats a group, which overflows V8's stack on a long string.
function readString(text: string, start: number): StringToken {
  let end = start + 1;
  for (let character = text[end]; character !== '"'; character = text[end]) {
    if (character === undefined) {
      const opened = `expected a closing double quote for the string at column ${start + 1}`;
      throw new ScimSyntaxError(`${opened}, found end of filter`, end + 1);
    }
    if (character < ' ') {
      throw new ScimSyntaxError(
        `expected control characters in a string to be escaped, found ${quote(character)}`,
        end + 1,
      );
    }
    end += character === '\\' ? escapeLength(text, end) : 1;
  }
  end++;
  const value: unknown = JSON.parse(text.slice(start, end));
  return { kind: 'string', value: String(value), start, end };
}

const shortEscape = /^\\["\\/bfnrt]/;
const unicodeEscape = /^\\u[0-9A-Fa-f]{4}/;

function escapeLength(text: string, start: number): number {
  const candidate = text.slice(start, start + 6);
  if (shortEscape.test(candidate)) return 2;
  if (unicodeEscape.test(candidate)) return 6;
  const found = candidate.startsWith('\\u') ? candidate : candidate.slice(0, 2);
  throw new ScimSyntaxError(
    `expected a JSON escape (\\" \\\\ \\/ \\b \\f \\n \\r \\t or \\u and four hexadecimal digits), found ${quote(found)}`,
    start + 1,
  );
}

function isBlank(character: string | undefined): boolean {
  return character === ' ' || character === '\t' || character === '\n' || character === '\r';
}

function isPunctuation(character: string): character is '(' | ')' | '[' | ']' {
  return character === '(' || character === ')' || character === '[' || character === ']';
}

function isWordCharacter(character: string | undefined): boolean {
  return character !== undefined && character !== '"' && !isBlank(character) && !isPunctuation(character);
}

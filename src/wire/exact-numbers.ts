import { randomUUID } from 'node:crypto';
import { isJsonObject, type JsonObject } from './decode.ts';

/**
 * JavaScript has one kind of number: 12345678901234567890 and 1e400 become others in `JSON.parse`, and 1.10 or -0 are
 * printed in another way. What a read-modify-write does not change must go back as it came, so numbers of that kind travel
 * as a text that no reply can hold: a mark that is made up at the start, and their digits.
 */
const mark = `exact-number:${randomUUID()}:`;

/** Escapes, the ends of strings, and numbers. One pattern for whole strings would overflow the stack on long ones. */
const tokens = /\\.|"|-?\d[\d.eE+-]*/g;

const marked = new RegExp(`"${mark}([^"]*)"`, 'g');

/** Of an object that was parsed: the same object with marks in the place of numbers that JavaScript can't hold. */
const exactForm = Symbol('exact form');

/**
 * `JSON.parse`, and each object in the result knows its exact form where it needs one. The result itself holds numbers as
 * always, so that decoders see no difference. Throws SyntaxError.
 */
export function parseExactly(text: string): unknown {
  const parsed: unknown = JSON.parse(text);
  let isInString = false;
  let isInexact = false;
  const exactText = text.replace(tokens, (token) => {
    if (token === '"') isInString = !isInString;
    const isNumber = !isInString && token !== '"';
    if (!isNumber || String(Number(token)) === token) return token;
    isInexact = true;
    return `"${mark}${token}"`;
  });
  if (isInexact) link(parsed, JSON.parse(exactText));
  return parsed;
}

/** The object as it has to be sent back; the object itself where JavaScript holds all of its numbers. */
export function exactFormOf(object: JsonObject): JsonObject {
  const exact: unknown = Reflect.get(object, exactForm);
  return isJsonObject(exact) ? exact : object;
}

/** `JSON.stringify`, with each exact number as it came. */
export function printExactly(value: unknown): string {
  return JSON.stringify(value).replace(marked, '$1');
}

/** Both have the same form: only numbers differ. */
function link(parsed: unknown, exact: unknown): void {
  if (Array.isArray(parsed) && Array.isArray(exact)) {
    for (const [i, element] of parsed.entries()) link(element, exact[i]);
  } else if (isJsonObject(parsed) && isJsonObject(exact)) {
    Object.defineProperty(parsed, exactForm, { value: exact });
    for (const key of Object.keys(parsed)) link(parsed[key], exact[key]);
  }
}

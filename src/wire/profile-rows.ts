import type { Page } from '../model/page.ts';
import type { Profile } from '../model/profile.ts';
import { type JsonObject, jsonObject, type Place } from './decode.ts';
import { noteStyle, pageOf } from './envelope.ts';
import { decodeProfile } from './profile.ts';
import { splitRows } from './rows.ts';

/** Bytes at the start of a row by which it is looked up; the id is mostly among them. */
const keyBytes = 64;

/**
 * A row that comes again saves about twice what it costs to keep one that doesn't. After so many rows that did not pay,
 * rows are kept of some pages only, to find out when they begin to repeat.
 */
const gainOfKnown = 2;
const patience = 10_000;
const trialEvery = 16;

/**
 * Reads pages of profiles row by row, and does not parse again what it has parsed before, byte for byte. Most replies
 * repeat rows, since profiles change seldom and many ask for them, and parsing is the largest part of what an operation
 * costs.
 *
 * Nothing crosses callers by this: a row is found by the bytes that the API sent to this caller, so that nobody is given
 * anything but what those bytes say.
 */
export class ProfileRows {
  readonly #maxBytes: number;
  /** In the order of their last use. */
  readonly #rows = new Map<string, Row>();
  #bytes = 0;
  #pages = 0;
  #credit = patience;

  /** `maxBytes`: memory for rows and what they were parsed to, about. */
  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  /** The page that a reply's body is; null where it is not put together in a way that can be read by rows. Throws nothing. */
  read(body: Buffer, at: Place): Page<Profile> | null {
    if (this.#maxBytes === 0) return null;
    if (this.#credit === 0 && this.#pages++ % trialEvery !== 0) return null;
    const values: Profile[] = [];
    const valuesAt = at.at('values');
    let firstRow: JsonObject | undefined;
    try {
      const envelope = splitRows(body, {
        known: (start) => {
          const row = this.#known(body, start);
          if (row === null) return null;
          // An error names the place of the row, so it is another row in another place.
          if (row.index !== values.length) {
            row.index = values.length;
            row.profile = decodeProfile(row.json, valuesAt.at(row.index));
          }
          values.push(row.profile);
          this.#credit = Math.min(patience, this.#credit + gainOfKnown);
          return start + row.bytes.length;
        },
        read: (start, end) => {
          const json = jsonObject(JSON.parse(body.toString('utf8', start, end)), valuesAt);
          const index = values.length;
          firstRow ??= json;
          const profile = decodeProfile(json, valuesAt.at(index));
          values.push(profile);
          this.#credit = Math.max(0, this.#credit - 1);
          // Copied, so as not to keep the whole reply.
          this.#keep(keyAt(body, start), { bytes: Buffer.from(body.subarray(start, end)), json, profile, index });
        },
      });
      if (envelope === null) return null;
      noteStyle(at, envelope, firstRow);
      return pageOf(envelope, values, at);
    } catch {
      // Reading the reply as a whole finds the same mistake, and can say where it is.
      return null;
    }
  }

  /** The row that starts here, if it has been parsed before. */
  #known(body: Buffer, start: number): Row | null {
    const key = keyAt(body, start);
    const row = this.#rows.get(key);
    if (row === undefined) return null;
    const end = start + row.bytes.length;
    // A whole JSON object ends where it ends, whatever follows: the same bytes are the same row.
    if (end > body.length || body.compare(row.bytes, 0, row.bytes.length, start, end) !== 0) return null;
    this.#rows.delete(key);
    this.#rows.set(key, row);
    return row;
  }

  #keep(key: string, row: Row): void {
    const before = this.#rows.get(key);
    if (before !== undefined) {
      this.#rows.delete(key);
      this.#bytes -= sizeOf(before);
    }
    this.#rows.set(key, row);
    this.#bytes += sizeOf(row);
    for (const [oldest, kept] of this.#rows) {
      if (this.#bytes <= this.#maxBytes) return;
      this.#rows.delete(oldest);
      this.#bytes -= sizeOf(kept);
    }
  }
}

interface Row {
  readonly bytes: Buffer;
  readonly json: JsonObject;
  profile: Profile;
  /** The position of the profile in its page. */
  index: number;
}

/** The memory of a row: its bytes, about twice as much for the JSON, and the profile. */
function sizeOf({ bytes }: Row): number {
  return 3 * bytes.length + 300;
}

function keyAt(body: Buffer, start: number): string {
  return body.toString('latin1', start, start + keyBytes);
}

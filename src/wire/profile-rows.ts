import type { Page } from '../model/page.ts';
import type { Profile } from '../model/profile.ts';
import type { DecodeNotes } from './decode.ts';
import { pageOf } from './envelope.ts';
import { decodeProfile } from './profile.ts';
import { splitRows } from './rows.ts';
import { Worth } from './worth.ts';

/** Bytes at the start of a row by which it is looked up; the id is mostly among them. */
const keyBytes = 64;

/**
 * Reads pages of profiles row by row, and does not read again what it has read before, byte for byte: a row is parsed
 * and checked when its bytes are new. Most replies repeat rows, since profiles change seldom and many ask for them, and
 * reading their JSON is the largest part of what an operation costs.
 *
 * Nothing crosses callers by this: what is kept is found by the bytes that the API sent to this caller, so that nobody is
 * given anything but what those bytes say. Rows are frozen, since operations share them.
 */
export class ProfileRows {
  readonly #maxBytes: number;
  /** In the order of their last use. */
  readonly #rows = new Map<string, Row>();
  #bytes = 0;
  readonly #worth = new Worth();

  /** `maxBytes`: memory for rows and the profiles they were decoded to, about. */
  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  /** The page that a reply's body is; null where it is not put together in a way that can be read by rows. Throws nothing. */
  read(body: Buffer, notes: DecodeNotes): Page<Profile> | null {
    if (this.#maxBytes === 0 || !this.#worth.isGiven()) return null;
    const rows: Row[] = [];
    let misses = 0;
    try {
      const envelope = splitRows(body, {
        known: (start) => {
          const row = this.#known(body, start);
          if (row !== null) rows.push(row);
          return row === null ? null : start + row.bytes.length;
        },
        read: (start, end) => {
          rows.push(this.#read(body, start, end));
          misses++;
        },
      });
      if (envelope === null) return null;
      const values = rows.map(({ profile }) => profile);
      const page = pageOf(envelope, values, notes);
      for (const row of rows) for (const note of row.unrecognized) notes.unrecognized(...note);
      return page;
    } catch {
      // Whoever reads the whole reply finds the same mistake, and can say where in it.
      return null;
    } finally {
      this.#worth.learn(rows.length - misses, misses);
    }
  }

  /** The row that starts here, if it has been read before. */
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

  #read(body: Buffer, start: number, end: number): Row {
    const unrecognized: Note[] = [];
    const profile = decodeProfile(JSON.parse(body.toString('utf8', start, end)), {
      unrecognized: (...note) => unrecognized.push(note),
    });
    // Copied, so as not to keep the whole reply.
    const row = { bytes: Buffer.from(body.subarray(start, end)), profile: freezeAll(profile), unrecognized };
    this.#keep(keyAt(body, start), row);
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

type Note = Parameters<DecodeNotes['unrecognized']>;

interface Row {
  readonly bytes: Buffer;
  readonly profile: Profile;
  /** What an operator should hear of each time the row comes. */
  readonly unrecognized: readonly Note[];
}

/** A profile of its own takes some 1,500 bytes however short its row is. */
const bytesOfProfile = 1500;

/** What a row takes: its bytes, and as much for the texts in the profile. */
function sizeOf({ bytes }: Row): number {
  return 2 * bytes.length + bytesOfProfile;
}

function keyAt(body: Buffer, start: number): string {
  return body.toString('latin1', start, start + keyBytes);
}

function freezeAll<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const member of Object.values(value)) freezeAll(member);
  }
  return value;
}

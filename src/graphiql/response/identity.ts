import type { Mention, Statements } from './collect.ts';
import { bareId } from './graph.ts';

/** Mentions settled: the key of the profile that each is of, and what to tell the reader about it. */
export interface Identities {
  readonly keys: readonly string[];
  readonly notices: readonly string[];
}

/**
 * Decides which mentions are of the same profile. By id where one was selected (`profileId` and the last part of `id` are the same
 * thing); a mention by name only belongs to the one profile with that name, if there is just one; without either it is a profile of
 * its own.
 */
export function settleIdentities({ mentions, firsts }: Statements): Identities {
  const firstOf = (index: number) => firsts[index] ?? index;
  const idOf = new Map<number, string>();
  const nameOf = new Map<number, string>();
  for (const [index, mention] of mentions.entries()) {
    const id = apiId(mention);
    if (id !== undefined) idOf.set(firstOf(index), id);
    if (mention.name !== undefined) nameOf.set(firstOf(index), mention.name);
  }
  const idsOfName = new Map<string, Set<string>>();
  for (const [first, name] of nameOf) {
    const id = idOf.get(first);
    if (id !== undefined) idsOfName.set(name, (idsOfName.get(name) ?? new Set()).add(id));
  }
  const byName = new Set<string>();
  const ambiguous = new Set<string>();
  const keys = mentions.map((_mention, index) => {
    const first = firstOf(index);
    const id = idOf.get(first);
    if (id !== undefined) return id;
    const name = nameOf.get(first);
    if (name === undefined) return `at:${mentions[first]?.path ?? first}`;
    const [only, ...more] = idsOfName.get(name) ?? [];
    if (only !== undefined && more.length === 0) return only;
    (more.length > 0 ? ambiguous : byName).add(name);
    return `name:${name}`;
  });
  return { keys, notices: [...noticesFor(byName, ambiguous)] };
}

function* noticesFor(byName: ReadonlySet<string>, ambiguous: ReadonlySet<string>) {
  if (byName.size > 0) {
    yield 'Profiles are told apart by name, because the query selects no id for them: two of the same name would be drawn as one.';
  }
  if (ambiguous.size > 0) {
    yield `Several profiles are called ${[...ambiguous].map((name) => `“${name}”`).join(', ')}: select id wherever they occur.`;
  }
}

function apiId({ id, profileId }: Mention): string | undefined {
  return profileId ?? (id && bareId(id));
}

import type { Findings, Mention } from './findings.ts';

/** Mentions settled: the key of the profile that each is of, and what to tell the reader about it. */
export interface Identities {
  readonly keys: readonly string[];
  readonly notices: readonly string[];
}

/**
 * Decides which mentions are of the same profile. By id where one was selected (`profileId` and the last part of `id` are the same
 * thing); a mention by name only belongs to the one profile with that name, if there is just one; without either it is a profile of
 * its own. Near-linear in the number of mentions.
 */
export function settleIdentities({ mentions, sames }: Findings): Identities {
  const groups = new Groups(mentions.length);
  for (const [one, other] of sames) groups.join(one, other);
  joinBy(mentions, groups, apiId);

  const idOfGroup = new Map<number, string>();
  const idsOfName = new Map<string, Set<string>>();
  for (const [index, mention] of mentions.entries()) {
    const id = apiId(mention);
    if (id !== undefined) idOfGroup.set(groups.find(index), id);
  }
  for (const [index, { name }] of mentions.entries()) {
    const id = idOfGroup.get(groups.find(index));
    if (name !== undefined && id !== undefined) idsOfName.set(name, (idsOfName.get(name) ?? new Set()).add(id));
  }

  const nameOfGroup = new Map<number, string>();
  for (const [index, { name }] of mentions.entries()) {
    if (name !== undefined) nameOfGroup.set(groups.find(index), name);
  }
  const byName = new Set<string>();
  const ambiguous = new Set<string>();
  const keys = mentions.map((_mention, index) => {
    const group = groups.find(index);
    const id = idOfGroup.get(group);
    if (id !== undefined) return id;
    const name = nameOfGroup.get(group);
    if (name === undefined) return `at:${mentions[group]?.path ?? group}`;
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

/** The API's own id of a profile; the gateway's global id is that with a type in front. */
export function bareId(id: string): string {
  return id.replace(/^AccessProfile:/, '');
}

function joinBy(mentions: readonly Mention[], groups: Groups, keyOf: (mention: Mention) => string | undefined): void {
  const first = new Map<string, number>();
  for (const [index, mention] of mentions.entries()) {
    const key = keyOf(mention);
    if (key === undefined) continue;
    const known = first.get(key);
    if (known === undefined) first.set(key, index);
    else groups.join(known, index);
  }
}

/** Disjoint sets of numbers, with path halving. A set goes by its lowest member. */
class Groups {
  readonly #parents: number[];

  constructor(size: number) {
    this.#parents = Array.from({ length: size }, (_item, index) => index);
  }

  find(member: number): number {
    let root = member;
    for (let parent = this.#parents[root] ?? root; parent !== root; parent = this.#parents[root] ?? root) {
      const grandparent = this.#parents[parent] ?? parent;
      this.#parents[root] = grandparent;
      root = grandparent;
    }
    return root;
  }

  join(one: number, other: number): void {
    const [a, b] = [this.find(one), this.find(other)];
    this.#parents[Math.max(a, b)] = Math.min(a, b);
  }
}

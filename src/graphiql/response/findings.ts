/** One place in a response that speaks of a profile. */
export interface Mention {
  readonly path: string;
  readonly id?: string | undefined;
  readonly profileId?: string | undefined;
  readonly name?: string | undefined;
  readonly type?: string | undefined;
  readonly state?: string | undefined;
  readonly labels?: readonly string[] | undefined;
  readonly gained?: number | undefined;
  readonly lost?: number | undefined;
  readonly isMissing?: boolean;
}

export interface Relation {
  readonly child: number;
  readonly parent: number;
  readonly steps: number | undefined;
}

/** What responses say, before it is settled which mentions are of the same profile. Mentions go by their number. */
export class Findings {
  readonly mentions: Mention[] = [];
  readonly relations: Relation[] = [];
  readonly sames: (readonly [number, number])[] = [];
  readonly cycles: (readonly number[])[] = [];
  readonly notices = new Set<string>();

  mention(mention: Mention): number {
    return this.mentions.push(mention) - 1;
  }

  inherits(child: number, parent: number): void {
    this.relations.push({ child, parent, steps: 1 });
  }

  /** At some distance: 1 is as good as `inherits`, undefined says that it isn't known. */
  inheritsAcross(child: number, parent: number, steps: number | undefined): void {
    this.relations.push({ child, parent, steps });
  }

  same(one: number, other: number): void {
    this.sames.push([one, other]);
  }

  /** Profiles each of which inherits from the next, and the last from the first. */
  cycle(profiles: readonly number[]): void {
    this.cycles.push(profiles);
  }

  affect(profile: number, gained: number | undefined, lost: number | undefined): void {
    const mention = this.mentions[profile];
    if (mention !== undefined) this.mentions[profile] = { ...mention, gained, lost };
  }

  notice(text: string): void {
    this.notices.add(text);
  }
}

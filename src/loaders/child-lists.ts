import DataLoader from 'dataloader';
import { GatewayError, valueOrError } from '../errors.ts';
import { parentIdsAttribute } from '../filter/attributes.ts';
import { any, test } from '../filter/condition.ts';
import type { FilterSupport } from '../filter/support.ts';
import { directParentIds, type Profile } from '../model/profile.ts';
import { compare } from '../scim/ast.ts';
import type { BatchSchedule } from './call.ts';
import type { ProfileLister } from './profile-list.ts';
import type { ProfilePages } from './profile-pages.ts';

/** Parents in one filter: as many UUIDs fit into a URL, with a probe as long. */
const parentsPerFilter = 25;

/**
 * Children of profiles whose `access_profiles_inherited_by` proves nothing, because it may be short: a filter asks the API for
 * the profiles that inherit from them, and where the API does not take that, all profiles are read. What this shows of the lists
 * decides whether later operations rely on them (docs/adr/0001-what-a-reply-proves.md).
 */
export class ChildLists {
  readonly #lister: ProfileLister;
  readonly #support: FilterSupport;
  readonly #loader: DataLoader<Profile, readonly Profile[]>;

  constructor(lister: ProfileLister, support: FilterSupport, scheduleBatch?: BatchSchedule) {
    this.#lister = lister;
    this.#support = support;
    this.#loader = new DataLoader((parents) => this.#findChildren(parents), {
      ...(scheduleBatch && { batchScheduleFn: scheduleBatch }),
    });
  }

  /** Whether the API has shown that a list of this length has all children. */
  isReliable(length: number): boolean {
    return length <= this.#support.completeChildLists;
  }

  /** The profiles that directly inherit from one whose list is not null, and those that may do so for all that can be read. */
  childrenOf(parent: Profile): Promise<readonly Profile[]> {
    return this.#loader.load(parent);
  }

  async #findChildren(parents: readonly Profile[]): Promise<(readonly Profile[])[]> {
    const children: (readonly Profile[])[] = [];
    for (let start = 0; start < parents.length; start += parentsPerFilter) {
      const asked = parents.slice(start, start + parentsPerFilter);
      const found = await this.#inheritingFrom(asked);
      for (const parent of asked) children.push(this.#childrenAmong(found, parent));
    }
    return children;
  }

  async #inheritingFrom(parents: readonly Profile[]): Promise<readonly Profile[]> {
    const condition = any(
      parents.map(({ profileId }) =>
        test((profile) => mayBeChild(profile, profileId), compare(parentIdsAttribute, 'eq', profileId)),
      ),
    );
    const { rows } = await this.#lister.list({
      condition,
      first: Number.POSITIVE_INFINITY,
      after: null,
      wantsAll: true,
      wantsFullPages: true,
    });
    return rows.map(({ profile }) => profile);
  }

  /** A profile whose parents can't be read may be a child where the list is short; else the list would name it. */
  #childrenAmong(found: readonly Profile[], { profileId, inheritedByIds }: Profile): readonly Profile[] {
    const children = found.filter((profile) => isChild(profile, profileId));
    const listed = new Set(inheritedByIds);
    const isComplete = children.every((child) => listed.has(child.profileId));
    this.#support.noteChildList(listed.size, isComplete);
    return isComplete ? children : found.filter((profile) => mayBeChild(profile, profileId));
  }
}

/** Whether a profile inherits from another, or can't be read so that it may. */
export function mayBeChild(profile: Profile, parentId: string): boolean {
  const parentIds = valueOrError(() => directParentIds(profile));
  return parentIds instanceof GatewayError || parentIds.includes(parentId);
}

function isChild(profile: Profile, parentId: string): boolean {
  const parentIds = valueOrError(() => directParentIds(profile));
  return !(parentIds instanceof GatewayError) && parentIds.includes(parentId);
}

/** The parents that profiles known to an operation name. Grows with what the operation reads. */
export class NamedChildren {
  readonly #pages: ProfilePages;
  readonly #byParent = new Map<string, Profile[]>();
  readonly #unread: Profile[] = [];
  #indexed = 0;

  constructor(pages: ProfilePages) {
    this.#pages = pages;
  }

  /** The known profiles that directly inherit from a profile. */
  of(parentId: string): readonly Profile[] {
    this.#indexKnown();
    return this.#byParent.get(parentId) ?? [];
  }

  /** The known profiles whose parents can't be read. */
  unread(): readonly Profile[] {
    this.#indexKnown();
    return this.#unread;
  }

  #indexKnown(): void {
    const { inOrder } = this.#pages;
    for (; this.#indexed < inOrder.length; this.#indexed++) {
      const profile = inOrder[this.#indexed];
      if (profile === undefined) continue;
      const parentIds = valueOrError(() => directParentIds(profile));
      if (parentIds instanceof GatewayError) {
        this.#unread.push(profile);
        continue;
      }
      for (const id of parentIds) {
        const children = this.#byParent.get(id);
        if (children === undefined) this.#byParent.set(id, [profile]);
        else children.push(profile);
      }
    }
  }
}

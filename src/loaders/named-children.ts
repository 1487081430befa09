import { GatewayError, valueOrError } from '../errors.ts';
import { directParentIds, type Profile } from '../model/profile.ts';
import type { ProfilePages } from './profile-pages.ts';

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

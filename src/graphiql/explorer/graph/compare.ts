import type { EffectiveEntitlement } from '../ask/profile.ts';
import { entitlementKey } from '../text/entitlement-name.ts';

/** An entitlement that both profiles have. */
export interface SharedEntitlement {
  readonly a: EffectiveEntitlement;
  readonly b: EffectiveEntitlement;
}

export interface Comparison {
  readonly onlyA: readonly EffectiveEntitlement[];
  readonly both: readonly SharedEntitlement[];
  readonly onlyB: readonly EffectiveEntitlement[];
}

/** Two profiles' effective entitlements side by side, in the order of the first, then of the second. */
export function compareEntitlements(
  a: readonly EffectiveEntitlement[],
  b: readonly EffectiveEntitlement[],
): Comparison {
  const inA = new Map(a.map((item) => [entitlementKey(item.entitlement), item]));
  const inB = new Map(b.map((item) => [entitlementKey(item.entitlement), item]));
  const both: SharedEntitlement[] = [];
  const onlyA: EffectiveEntitlement[] = [];
  for (const [key, item] of inA) {
    const other = inB.get(key);
    if (other === undefined) onlyA.push(item);
    else both.push({ a: item, b: other });
  }
  return { onlyA, both, onlyB: [...inB].flatMap(([key, item]) => (inA.has(key) ? [] : [item])) };
}

/** Whether two profiles have an entitlement from different profiles. */
export function haveDifferentSources({ a, b }: SharedEntitlement): boolean {
  const sources = (item: EffectiveEntitlement) => JSON.stringify(item.grantedBy.map(({ id }) => id).sort());
  return sources(a) !== sources(b);
}

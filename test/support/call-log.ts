interface TimedCall {
  readonly startedAt: number;
  readonly endedAt: number;
}

/**
 * How many rounds a set of calls took: the longest chain of calls of which each started after the one before had ended.
 * A call that starts while others run belongs to their round.
 */
export function rounds(calls: readonly TimedCall[]): number {
  const inOrder = [...calls].sort((a, b) => a.startedAt - b.startedAt);
  const roundOf: number[] = [];
  for (const [i, call] of inOrder.entries()) {
    const before = inOrder
      .slice(0, i)
      .flatMap((other, j) => (other.endedAt <= call.startedAt ? [roundOf[j] ?? 0] : []));
    roundOf.push(1 + Math.max(0, ...before));
  }
  return Math.max(0, ...roundOf);
}

/** Calls that are made more than once. Only a scan may be made twice: the list may have moved under the first one. */
export function askedTooOften(targets: readonly string[]): readonly string[] {
  return targets.filter((target) => {
    const isScan = target.includes('/access_profiles?') && !target.includes('filter=');
    return targets.filter((other) => other === target).length > (isScan ? 2 : 1);
  });
}

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

/**
 * Calls that are made more than once. Only a scan may be made twice: the list may have moved under the first one. Its first page may
 * have been read once more, before the counts of the scan.
 */
export function askedTooOften(targets: readonly string[]): readonly string[] {
  return targets.filter((target) => {
    const isScan = target.includes('/access_profiles?') && !target.includes('filter=');
    const most = !isScan ? 1 : target.includes('page_token') ? 2 : 3;
    return targets.filter((other) => other === target).length > most;
  });
}

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
 * Calls that are made more than once. The pages of a list may be read twice, to see that it stood still, and the first page of a
 * scan once more, before its counts.
 */
export function askedTooOften(targets: readonly string[]): readonly string[] {
  return targets.filter((target) => {
    const isScan = target.includes('/access_profiles?') && !/filter=|page_token/.test(target);
    const most = isScan ? 3 : isPaged(target, targets) ? 2 : 1;
    return targets.filter((other) => other === target).length > most;
  });
}

/** Whether several pages of its list were asked for. */
function isPaged(target: string, targets: readonly string[]): boolean {
  const list = (of: string) => of.replace(/[?&]page_token=[^&]*/, '');
  return targets.some((other) => other !== target && list(other) === list(target));
}

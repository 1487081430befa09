/** The middle of some figures; NaN of none. */
export function median(values: readonly number[]): number {
  return percentile(values, 50);
}

/** The figure that `percent` of them stay under, between the two nearest where none is just there; NaN of none. */
export function percentile(values: readonly number[], percent: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  const place = ((sorted.length - 1) * percent) / 100;
  const below = sorted[Math.floor(place)] ?? Number.NaN;
  const above = sorted[Math.ceil(place)] ?? Number.NaN;
  return below + (above - below) * (place - Math.floor(place));
}

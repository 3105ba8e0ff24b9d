/** The one statistic a benchmark needs: a median that is one of the items, not a mean of two. */

/**
 * The item in the middle, in the order of `key`; of an even number the later of the two.
 *
 * @throws RangeError when there is none
 */
export function middle<T>(items: readonly T[], key: (item: T) => number): T {
  const sorted = items.toSorted((a, b) => key(a) - key(b));
  const found = sorted[Math.floor(sorted.length / 2)];
  if (found === undefined) throw new RangeError("nothing has no middle");
  return found;
}

/** Not waiting for ever: what has not come in time is told as an error, and never called off. */

/**
 * What `awaited` gives, unless it takes longer.
 *
 * @param late makes the error for when it does
 */
export function within<T>(
  awaited: Promise<T>,
  milliseconds: number,
  late: () => Error,
): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(late()), milliseconds);
    awaited.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}

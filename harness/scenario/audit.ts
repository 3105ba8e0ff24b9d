/**
 * What must stand in an audit log of checks, and what must never (platform-facts XS-05): a platform's
 * entries, read as somebody would who got hold of the file.
 */

/** Runs of letters and digits this long are keys, certificates or tokens, whatever they are called. */
const LONGEST = 64;

/** Every text and number of an entry, however deep, with the names that lead to it. */
function leavesOf(value: unknown, path = ""): { path: string; text: string }[] {
  if (value instanceof Date) return [{ path, text: value.toISOString() }];
  if (value instanceof Uint8Array) {
    return [{ path, text: Buffer.from(value).toString("base64") }];
  }
  if (typeof value === "object" && value !== null) {
    return Object.entries(value).flatMap(([name, inner]) => leavesOf(inner, `${path}.${name}`));
  }
  return value === undefined ? [] : [{ path, text: String(value) }];
}

/**
 * Places in a log that should not be there: a secret as a value, personal data anywhere, and bytes of
 * any kind.
 *
 * @param secrets PINs, numbers and 4情報 of everybody concerned
 * @returns where, never what
 */
export function indiscretions(log: readonly unknown[], secrets: readonly string[]): string[] {
  const short = new Set(secrets);
  // A PIN of four digits is found in many a number by chance; a name is not.
  const long = secrets.filter((secret) => secret.length > 6 || /\P{ASCII}/u.test(secret));
  return leavesOf(log)
    .filter(
      ({ text }) =>
        short.has(text) ||
        long.some((secret) => text.includes(secret)) ||
        new RegExp(`[A-Za-z0-9+/=_-]{${LONGEST + 1}}`).test(text),
    )
    .map(({ path }) => path);
}

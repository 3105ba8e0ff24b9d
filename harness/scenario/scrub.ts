/**
 * The last line of defence for what a failed assertion prints. Traces are redacted where they are
 * made and secrets live in holders that print a mask; but a scenario may still compare a revealed
 * value, and Vitest would print both sides. What is known to be secret in this world is struck out
 * before the error leaves the worker.
 */

const MASK = "‹secret›";

/** Strikes out every one of `secrets` in the texts of an error, and in those of its causes. */
export function scrubError(error: unknown, secrets: Iterable<string>): void {
  const patterns = patternsOf(secrets);
  for (let current = error; current instanceof Error; current = current.cause) {
    const target = current as unknown as Record<string, unknown>;
    for (const field of ["message", "stack"]) {
      if (typeof target[field] === "string") setText(target, field, scrub(target[field], patterns));
    }
    for (const field of ["actual", "expected"]) {
      if (target[field] !== undefined)
        setText(target, field, scrub(print(target[field]), patterns));
    }
  }
}

/** The same for a value that will be written down as JSON: every text in it, names of fields included. */
export function scrubbed(value: unknown, secrets: Iterable<string>): unknown {
  const patterns = patternsOf(secrets);
  const clean = (part: unknown): unknown => {
    if (typeof part === "string") return scrub(part, patterns);
    if (Array.isArray(part)) return part.map(clean);
    if (typeof part !== "object" || part === null) return part;
    const fields = Object.entries(part);
    return Object.fromEntries(fields.map(([name, inner]) => [scrub(name, patterns), clean(inner)]));
  };
  return clean(value);
}

function patternsOf(secrets: Iterable<string>): readonly RegExp[] {
  return [...secrets].filter((secret) => secret.length >= 4).map(patternOf);
}

/** A short secret is struck out only where it stands alone: 1234 is part of many innocent numbers. */
function patternOf(secret: string): RegExp {
  const literal = secret.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  return new RegExp(secret.length < 6 ? `(?<!\\w)${literal}(?!\\w)` : literal, "g");
}

function scrub(text: string, patterns: readonly RegExp[]): string {
  return patterns.reduce((clean, pattern) => clean.replace(pattern, MASK), text);
}

function print(value: unknown): string {
  return typeof value === "string" ? value : (JSON.stringify(value, printable) ?? String(value));
}

/** JSON has no whole numbers of any length, such as the number of a revocation list. */
function printable(_key: string, value: unknown): unknown {
  return typeof value === "bigint" ? `${value}n` : value;
}

function setText(target: Record<string, unknown>, field: string, text: string): void {
  if (target[field] !== text)
    Object.defineProperty(target, field, {
      value: text,
      configurable: true,
      writable: true,
      enumerable: true,
    });
}

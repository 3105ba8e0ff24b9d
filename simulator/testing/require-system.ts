/**
 * Which parts of the system a test of this floor needs and whether this machine has them: what is
 * missing is named in the title of what is skipped; where JPKI_BENCH_REQUIRE_SYSTEM=1 is set (the CI
 * job that installs everything) it is an error instead. The harness has the same rule for its own.
 */
export interface SystemParts {
  readonly missing: readonly string[];
  /** The title, with the names of the missing parts behind it. */
  title(title: string): string;
}

/**
 * @param found whether each part, by its name, is there
 * @throws Error when something is missing and JPKI_BENCH_REQUIRE_SYSTEM=1
 */
export function systemParts(found: Readonly<Record<string, boolean>>): SystemParts {
  const missing = Object.keys(found).filter((part) => found[part] !== true);
  if (missing.length > 0 && process.env.JPKI_BENCH_REQUIRE_SYSTEM === "1") {
    throw new Error(`JPKI_BENCH_REQUIRE_SYSTEM=1, and this machine lacks: ${missing.join(", ")}`);
  }
  const note = missing.length === 0 ? "" : ` (skipped, missing: ${missing.join(", ")})`;
  return { missing, title: (title) => title + note };
}

/** Outcomes for people to read. */
import type { Outcome } from "./judge.ts";

/** One line for an outcome, and one below it for each violation. */
export function lines(outcome: Outcome): string[] {
  const { link, scenario, disaster, at, of, verdict, told, milliseconds, stall } = outcome;
  const { violations, next } = outcome;
  const mark = violations.length === 0 ? "✓" : "✗";
  const cells = [
    mark,
    link.padEnd(9),
    scenario.padEnd(6),
    disaster.padEnd(13),
    `${at}/${of ?? "?"}`.padStart(7),
    (verdict === "passed" ? `passed ${told ?? ""}` : (told ?? "–")).padEnd(22),
    `${milliseconds ?? "–"} ms`.padStart(9),
    `stall ${stall ?? "–"}`.padStart(12),
    `→ ${next?.scenario ?? "–"}`,
  ];
  return [cells.join("  "), ...violations.map((violation) => `    ${violation}`)];
}

/** The figures of many outcomes, a line for each link and disaster. */
export function totals(outcomes: readonly Outcome[]): string[] {
  const groups = new Map<string, Outcome[]>();
  for (const outcome of outcomes) {
    const name = `${outcome.link} ${outcome.disaster}`;
    groups.set(name, [...(groups.get(name) ?? []), outcome]);
  }
  return [...groups].map(([name, group]) => {
    const codes = [...new Set(group.map(({ told }) => told ?? "–"))].join(", ");
    const slowest = Math.max(...group.map(({ milliseconds = 0 }) => milliseconds));
    const stall = Math.max(...group.map(({ stall = 0 }) => stall));
    const wrong = group.filter(({ violations }) => violations.length > 0).length;
    const count = `${group.length - wrong}/${group.length}`;
    return `${name.padEnd(24)} ${count.padStart(9)}  ${codes}; at most ${slowest} ms, stall ${stall} ms`;
  });
}

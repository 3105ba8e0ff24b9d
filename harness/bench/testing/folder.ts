/** A house of a test's own, with benchmark files in it. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { onTestFinished } from "vitest";

/** @param files source by path; gone when the test is over */
export function benchFolder(files: Readonly<Record<string, string>>): string {
  const root = mkdtempSync(join(tmpdir(), "jpki-bench-files-"));
  onTestFinished(() => rmSync(root, { recursive: true }));
  writeFileSync(join(root, "package.json"), '{"type":"module"}');
  for (const [path, source] of Object.entries(files)) {
    mkdirSync(join(root, dirname(path)), { recursive: true });
    writeFileSync(join(root, path), source);
  }
  return root;
}

/**
 * The source of a file with one benchmark that reaches 60 against 100.
 *
 * @param changes of its plain fields
 * @param run source of the function that makes ready what is measured
 */
export function tinySource(
  changes: Readonly<Record<string, unknown>> = {},
  run = "() => ({ figure: async () => 60 })",
): string {
  const text = { ja: "小", en: "tiny" };
  const fields = {
    name: "tiny/one",
    title: text,
    peer: text,
    unit: "things/s",
    target: 0.5,
    ...changes,
  };
  return `export const benchmarks = [{
    ...${JSON.stringify(fields)},
    run: ${run},
    reference: () => ({ figure: async () => 100 }),
  }];`;
}

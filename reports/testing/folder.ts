/** A folder of a test's own. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";

/** A fresh folder that goes when the test that asked for it is over. */
export function testFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "jpki-bench-reports-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

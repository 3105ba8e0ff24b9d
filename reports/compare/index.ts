/** Run against run, reader against reader: the door of this room. */
import { replaceFile } from "../files.ts";
import type { Language } from "../text/language.ts";
import type { Comparison } from "./comparison.ts";
import { comparisonPage } from "./page.ts";

export { type ComparedRun, type Comparison, compareRuns } from "./comparison.ts";
export { comparisonConsole } from "./console.ts";

/**
 * Writes the comparison as one HTML page.
 *
 * @throws ReportError REPORT_WRITE
 */
export async function writeComparison(
  path: string,
  comparison: Comparison,
  lang: Language,
): Promise<void> {
  await replaceFile(path, comparisonPage(comparison, lang));
}

/**
 * The workbook a vendor attaches to the results of connection tests (疎通・連携テスト): a summary, one row a
 * scenario with columns to be filled in by hand, one row a step. Office Open XML (ECMA-376), written
 * by write-excel-file; the same journal gives the same bytes.
 */
import type { BinaryReporter } from "./reporter.ts";
import { overviewSheet } from "./xlsx/overview.ts";
import { resultTable } from "./xlsx/results.ts";
import { stepTable } from "./xlsx/steps.ts";
import { tableSheet } from "./xlsx/table.ts";

export const xlsx: BinaryReporter = {
  file: "report.xlsx",
  async *render(summary, options) {
    // Only who wants a workbook waits for what makes it.
    const { workbook } = await import("./xlsx/workbook.ts");
    yield await workbook([
      overviewSheet(summary, options),
      tableSheet(resultTable(summary, options.lang), options.lang),
      tableSheet(stepTable(summary, options.lang), options.lang),
    ]);
  },
};

/** From sheets to the bytes of a workbook, which are the same for the same sheets. */
import writeExcelFile from "write-excel-file/node";
import type { WorkSheet } from "./cells.ts";
import { filtersAndPaper } from "./paper.ts";
import { forgetDates } from "./zip-dates.ts";

/** Every Japanese Windows has it; elsewhere another font of the reader's takes its place. */
const FONT = { fontFamily: "Yu Gothic", fontSize: 10 };

export async function workbook(sheets: WorkSheet[]): Promise<Uint8Array> {
  const features = [filtersAndPaper(sheets)];
  const bytes = await writeExcelFile(sheets, { ...FONT, features }).toBuffer();
  forgetDates(bytes);
  return bytes;
}

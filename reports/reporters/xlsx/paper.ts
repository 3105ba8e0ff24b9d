/**
 * What write-excel-file leaves to features of one's own (ECMA-376 Part 1, sections 18.2.6 and 18.3.1):
 * the filters of a table, and how sheets are printed. Every sheet fits the width of its paper and has
 * its pages numbered; the headings of a table are repeated on each page.
 */
import type { Feature, Image } from "write-excel-file/node";
import {
  findElement,
  getCellAddress,
  getOpeningTagMarkup,
  getOrderOfSiblings,
  insertElementMarkupAccordingToOrderOfSiblings,
  sanitizeTextContent,
  setMarkupInsideElement,
} from "write-excel-file/utility";
import type { WorkSheet } from "./cells.ts";

const SHEET = "xl/worksheets/sheet{id}.xml";
const WORKBOOK = "xl/workbook.xml";

/** Codes of paper sizes (section 18.3.1.63). */
const A3 = 8;
const A4 = 9;

export function filtersAndPaper(sheets: readonly WorkSheet[]): Feature<Image["content"]> {
  const order = getOrderOfSiblings(SHEET, "worksheet") ?? [];
  return {
    files: {
      transform: {
        [SHEET]: {
          transform: (xml, _, { sheetIndex }) =>
            sheetElements(sheets[sheetIndex]).reduce(
              (whole, element) =>
                insertElementMarkupAccordingToOrderOfSiblings(whole, element, order, "worksheet"),
              xml,
            ),
        },
        [WORKBOOK]: { transform: (xml) => withNames(xml, sheets) },
      },
    },
  };
}

function sheetElements(sheet: WorkSheet | undefined): string[] {
  const range = sheet && tableRange(sheet);
  const paper =
    range === undefined
      ? `paperSize="${A4}" orientation="portrait"`
      : `paperSize="${A3}" orientation="landscape"`;
  return [
    '<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>',
    ...(range === undefined ? [] : [`<autoFilter ref="${range}"/>`]),
    '<pageMargins left="0.5" right="0.5" top="0.6" bottom="0.6" header="0.3" footer="0.3"/>',
    `<pageSetup ${paper} fitToWidth="1" fitToHeight="0"/>`,
    "<headerFooter><oddFooter>&amp;C&amp;A  &amp;P / &amp;N</oddFooter></headerFooter>",
  ];
}

/** `A1:Q159`, of a sheet whose first row stays in sight. */
function tableRange({ data, stickyRowsCount }: WorkSheet): string | undefined {
  if (stickyRowsCount === undefined) return undefined;
  return `A1:${getCellAddress(data.length - 1, (data[0]?.length ?? 1) - 1)}`;
}

/** The names by which Excel itself notes which rows to repeat and what is filtered (18.2.5). */
function withNames(xml: string, sheets: readonly WorkSheet[]): string {
  const place = findElement(xml, "definedNames");
  if (place === undefined) throw new Error("the workbook has no place for names");
  return setMarkupInsideElement(xml, place, sheets.flatMap(namesOf).join(""));
}

function namesOf(sheet: WorkSheet, localSheetId: number): string[] {
  const range = tableRange(sheet);
  if (range === undefined) return [];
  const within = `'${sheet.sheet}'!`;
  const absolute = range.replace(/[A-Z]+|\d+/g, "$$$&");
  return [
    definedName({ name: "_xlnm._FilterDatabase", localSheetId, hidden: 1 }, within + absolute),
    definedName({ name: "_xlnm.Print_Titles", localSheetId }, `${within}$1:$1`),
  ];
}

function definedName(attributes: Record<string, string | number>, range: string): string {
  return `${getOpeningTagMarkup("definedName", attributes)}${sanitizeTextContent(range)}</definedName>`;
}

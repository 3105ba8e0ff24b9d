/**
 * What the trace knows about the card: what is selected on it. Knowing wrongly would show the wrong
 * file, so everything that is not certain is unknown, and stays so until an application is selected
 * by its whole name (card-facts section 2.6, current-EF rules).
 *
 * A reader that is shared can be used by another program between two commands, and the card gives no
 * sign of it. With `share: "exclusive"` that cannot happen.
 */
import type { Bilingual } from "../../../reports/index.ts";
import { CARD_MANAGER, type CatalogueApplication, type CatalogueFile } from "./catalogue.ts";

export interface CardView {
  /** Undefined when it is not known which application is selected. */
  readonly application: CatalogueApplication | undefined;
  /** Identifier of the current EF; undefined when there is none or it is not known. */
  readonly file: number | undefined;
}

export const NOTHING_KNOWN: CardView = { application: undefined, file: undefined };

export const POWERED_ON: CardView = { application: CARD_MANAGER, file: undefined };

const UNKNOWN_FILE: CatalogueFile = {
  name: { ja: "不明なファイル", en: "unknown file" },
  shown: 0,
};

/** Identifiers a My Number card uses; others may be anything and are not printed. */
const FILE_ID_MAX = 0x001e;

/** The file with this identifier in the selected application. */
export function fileIn(view: CardView, id: number | undefined): CatalogueFile {
  if (id === undefined || view.application === undefined) return UNKNOWN_FILE;
  const listed = view.application.files.get(id);
  if (listed !== undefined) return listed;
  return isFileId(id) ? { name: both(`EF ${hex16(id)}`), shown: 0 } : UNKNOWN_FILE;
}

export function isFileId(id: number): boolean {
  return id >= 1 && id <= FILE_ID_MAX;
}

export function both(text: string): Bilingual {
  return { ja: text, en: text };
}

function hex16(value: number): string {
  return value.toString(16).padStart(4, "0").toUpperCase();
}

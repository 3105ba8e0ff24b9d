/** Which file a command is about: the current one, or one named by a short identifier in passing. */
import { SW } from "../../../simulator/iso7816/index.ts";
import type { CatalogueFile } from "./catalogue.ts";
import { type CardView, fileIn, isFileId } from "./view.ts";

export interface Target {
  readonly file: CatalogueFile;
  /** What is known of the card when the command was answered with this status. */
  after(sw: number): CardView;
}

export function currentFile(view: CardView): Target {
  return { file: fileIn(view, view.file), after: () => view };
}

/** A short identifier makes its file the current one (card-facts 2.6), if there is such a file. */
export function shortIdentifier(view: CardView, sfi: number): Target | undefined {
  if (!isFileId(sfi)) return undefined;
  return {
    file: fileIn(view, sfi),
    after: (sw) => ({ ...view, file: wasFound(sw) ? sfi : undefined }),
  };
}

/** P2 of commands about a PIN or key: 80 for the current file, 80 with a short identifier else. */
export function reference(view: CardView, p2: number): Target | undefined {
  if ((p2 & 0xe0) !== 0x80) return undefined;
  const sfi = p2 & 0x1f;
  return sfi === 0 ? currentFile(view) : shortIdentifier(view, sfi);
}

function wasFound(sw: number): boolean {
  return sw === SW.OK || sw === SW.END_OF_FILE || sw >> 8 === 0x63;
}

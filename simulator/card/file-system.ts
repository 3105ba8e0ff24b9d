/**
 * Finding and replacing files (card-facts section 2). Every EF identifier is below 001F, so that its
 * low five bits also are its short identifier; a short identifier of zero means the current EF.
 */
import { SW, toHex } from "../iso7816/index.ts";
import { type CardContext, requireThat } from "./context.ts";
import type { FileImage } from "./files.ts";
import type { ApplicationImage, CardImage } from "./image.ts";

/** The selected application; undefined in the state after power-on. */
export function currentApplication(card: CardContext): ApplicationImage | undefined {
  const { application } = card.session;
  if (application === undefined) return undefined;
  return card.image.applications.find((ap) => nameOf(ap) === application);
}

/** Every command asks for them, and an image's bytes never change in place. */
const names = new WeakMap<Uint8Array, string>();

/** The AID in hexadecimal. */
function nameOf({ aid }: ApplicationImage): string {
  const known = names.get(aid);
  if (known !== undefined) return known;
  const name = toHex(aid);
  names.set(aid, name);
  return name;
}

export function findFile(ap: ApplicationImage | undefined, id: number): FileImage | undefined {
  return ap?.files.find((file) => file.id === id);
}

/**
 * The file a command works on. A file named by its short identifier becomes the current one.
 *
 * @param sfi 1 to 30, or 0 for the current EF
 * @param absent status when there is no file with that short identifier
 */
export function referencedFile(card: CardContext, sfi: number, absent: number): FileImage {
  const ap = currentApplication(card);
  if (sfi !== 0) {
    const named = ap?.files.find((file) => (file.id & 0x1f) === sfi);
    requireThat(named !== undefined, absent);
    card.session.file = named.id;
    return named;
  }
  const current = card.session.file === undefined ? undefined : findFile(ap, card.session.file);
  const none = card.has("noCurrentFileAnswers6985") ? SW.CONDITIONS : SW.NO_CURRENT_EF;
  requireThat(current !== undefined, none);
  return current;
}

/** Reads `80|SFI`, the way P2 names a key or PIN; any other P2 is wrong. */
export function shortIdentifier(p2: number): number {
  requireThat((p2 & 0xe0) === 0x80, SW.WRONG_P1P2);
  return p2 & 0x1f;
}

/** The card with one file of one application put in place of the file with the same identifier. */
export function withFile(image: CardImage, aid: Uint8Array, file: FileImage): CardImage {
  const name = toHex(aid);
  const applications = image.applications.map((ap) =>
    nameOf(ap) === name
      ? { ...ap, files: ap.files.map((old) => (old.id === file.id ? file : old)) }
      : ap,
  );
  return { ...image, applications };
}

/** Saves `file` into the selected application. */
export function saveFile(card: CardContext, file: FileImage): void {
  const ap = currentApplication(card);
  if (ap !== undefined) card.commit(withFile(card.image, ap.aid, file));
}

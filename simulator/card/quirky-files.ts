/**
 * Quirks that lie in the files of a card: who may read one, how long it is, how often a PIN may be
 * tried. The files are written anew from the card itself, so a quirk can be given to a card that was
 * handed over long ago, and taken away again. All other quirks are asked for by the command they
 * change; `otherSexIsThree` alone is under the municipality's signature and waits for the next time
 * the 券面 applications are written.
 */
import { concat, uint16 } from "../iso7816/index.ts";
import { COMMON, COMMON_TRIES } from "./applets/common.ts";
import { availability, JPKI } from "./applets/jpki.ts";
import { ANY_SECRET, TEXT } from "./applets/text.ts";
import { VISUAL } from "./applets/visual.ts";
import { CODE_TRIES } from "./codes.ts";
import { type Access, type FileImage, transparentFile } from "./files.ts";
import type { ApplicationImage, ApplicationName, CardImage } from "./image.ts";
import type { QuirkName, Quirks } from "./quirks.ts";
import { filler } from "./tlv-records.ts";

const THREE = 3;
const FIVE = 5;
const FILLED_SIZE = 2048;

/** The file as a card has it whose quirk is on, or off. */
type Shape = (file: FileImage, on: boolean, ap: ApplicationImage) => FileImage;

const RULES: readonly (readonly [QuirkName, ApplicationName, number, Shape])[] = [
  ["signCertificateFree", "jpki", JPKI.signCertificate, readBy([JPKI.signPin], "free")],
  ["caCertificatesFollowTheirKeys", "jpki", JPKI.signCaCertificate, readBy("free", [JPKI.signPin])],
  ["caCertificatesFollowTheirKeys", "jpki", JPKI.authCaCertificate, readBy("free", [JPKI.authPin])],
  ["certificateFiller", "jpki", JPKI.signCertificate, certificate],
  ["certificateFiller", "jpki", JPKI.signCaCertificate, certificate],
  ["certificateFiller", "jpki", JPKI.authCertificate, certificate],
  ["certificateFiller", "jpki", JPKI.authCaCertificate, certificate],
  ["availabilityClaimsSign", "jpki", JPKI.availability, claims],
  ["file0005Free", "jpki", JPKI.unknown0005, contents],
  ["file0009IsInternal", "jpki", JPKI.unknown0009, internal],
  [
    "integrityRecordRefusesCodeB",
    "text",
    TEXT.integrityRecord,
    readBy(ANY_SECRET, [TEXT.pin, TEXT.codeA]),
  ],
  ["textFile0008Free", "text", TEXT.unknown0008, readBy(ANY_SECRET, "free")],
  ["codesHaveThreeTries", "text", TEXT.codeA, tries(CODE_TRIES, THREE)],
  ["codesHaveThreeTries", "text", TEXT.codeB, tries(CODE_TRIES, THREE)],
  ["codesHaveThreeTries", "visual", VISUAL.codeA, tries(CODE_TRIES, THREE)],
  ["codesHaveThreeTries", "visual", VISUAL.codeB, tries(CODE_TRIES, THREE)],
  ["birthKeyHasThreeTries", "visual", VISUAL.birthKey, tries(CODE_TRIES, THREE)],
  ["commonPinHasFiveTries", "common", COMMON.pin, tries(COMMON_TRIES, FIVE)],
];

/** The same card with these quirks and no others. PINs keep their values. */
export function withQuirks(image: CardImage, quirks: Quirks): CardImage {
  const applications = image.applications.map((ap) => withQuirkyFiles(ap, quirks));
  return { ...image, quirks, applications };
}

/** One application of a card with these quirks. */
export function withQuirkyFiles(ap: ApplicationImage, quirks: Quirks): ApplicationImage {
  return { ...ap, files: ap.files.map((file) => shaped(file, ap, quirks)) };
}

function shaped(file: FileImage, ap: ApplicationImage, quirks: Quirks): FileImage {
  const rules = RULES.filter(([, name, id]) => name === ap.name && id === file.id);
  return rules.reduce((now, [quirk, , , shape]) => shape(now, quirks[quirk] === true, ap), file);
}

function readBy(usual: Access, quirky: Access): Shape {
  return (file, on) =>
    file.kind === "transparent" ? { ...file, read: on ? quirky : usual } : file;
}

/** A full count stays full; one that was spent in part is never made larger. */
function tries(usual: number, quirky: number): Shape {
  return (file, on) => {
    if (file.kind !== "pin") return file;
    const count = on ? quirky : usual;
    const full = file.triesLeft === file.tries;
    return { ...file, tries: count, triesLeft: full ? count : Math.min(file.triesLeft, count) };
  };
}

/** A certificate alone, or with filler up to a whole block. */
function certificate(file: FileImage, on: boolean): FileImage {
  if (file.kind !== "transparent") return file;
  const alone = file.content.slice(0, certificateLength(file.content));
  const padding = on ? FILLED_SIZE - (alone.length % FILLED_SIZE) : 0;
  return { ...file, content: concat(alone, filler(padding)) };
}

/** Of `30 82 LL LL …`; without a certificate there are four bytes of filler. */
function certificateLength(content: Uint8Array): number {
  return content[0] === 0x30 ? uint16(content, 2) + 4 : 4;
}

function claims(file: FileImage, on: boolean, { files }: ApplicationImage): FileImage {
  const present = files.some(({ id }) => id === JPKI.signKey);
  return file.kind === "transparent" ? { ...file, content: availability(present || on) } : file;
}

function contents({ id }: FileImage, on: boolean): FileImage {
  return on ? transparentFile(id, "free", filler(16)) : transparentFile(id, "never", filler(0));
}

function internal({ id }: FileImage, on: boolean): FileImage {
  return on ? { kind: "unknown", id } : transparentFile(id, "never", filler(0));
}

/**
 * A simulated card that answers as a recorded one did, as far as a recording can know: answer to
 * reset, contents that were shown, lengths, tries left. Keys, PINs, certificates and everything about
 * the holder were never in the recording; a simulated resident's stand in for them, and are named.
 */
import type { ApplicationImage, CardImage, FileImage } from "../../simulator/card/index.ts";
import { toHex } from "../../simulator/iso7816/index.ts";
import { type CardKnowledge, knowledgeOf } from "./knowledge.ts";
import type { Recording } from "./recording.ts";

export interface RecordedCard {
  readonly image: CardImage;
  /** Places the recording filled: `atr`, `jpki/0006`, `jpki/0018 tries left`, `object 0066`. */
  readonly taken: readonly string[];
  /** Places whose content is the stand-in's, in whole or from some byte on. */
  readonly standIns: readonly string[];
  /** What the recording knows of places the simulated card does not have. */
  readonly homeless: readonly string[];
}

/** Behind an object in a file of fixed size (card-facts 4.2). */
const FILLER = 0xff;

/** @param base a personalised card, whose resident stands in for the holder */
export function recordedCard(recording: Recording, base: CardImage): RecordedCard {
  const known = knowledgeOf(recording);
  const atr = known.atr ?? base.atr;
  const applications = base.applications.map((ap) => ({
    ...ap,
    files: ap.files.map((file) => rewritten(ap, file, known)),
  }));
  const objects = base.objects.map((object) => ({
    ...object,
    value: known.objects.findLast(({ tag }) => tag === object.tag)?.value ?? object.value,
  }));
  const taken = takenPlaces(known, base);
  return {
    image: { ...base, atr, applications, objects },
    taken,
    standIns: standIns(known, base),
    homeless: homelessPlaces(known, base),
  };
}

function rewritten(ap: ApplicationImage, file: FileImage, known: CardKnowledge): FileImage {
  const here = isAbout(ap, file);
  if (file.kind === "transparent") {
    const contents = known.contents.filter(here);
    return { ...file, content: contents.reduce(overlaid, file.content) };
  }
  const tries = file.kind === "pin" ? known.tries.find(here) : undefined;
  if (file.kind !== "pin" || tries === undefined) return file;
  return { ...file, tries: Math.max(file.tries, tries.left), triesLeft: tries.left };
}

function overlaid(
  content: Uint8Array,
  { offset, bytes, hidden }: CardKnowledge["contents"][number],
): Uint8Array {
  const length = Math.max(content.length, offset + bytes.length + hidden);
  const longer = new Uint8Array(length).fill(FILLER);
  longer.set(content);
  longer.set(bytes, offset);
  return longer;
}

function takenPlaces(known: CardKnowledge, base: CardImage): string[] {
  const shown = known.contents.filter(({ bytes }) => bytes.length > 0);
  const places = new Set<string>(known.atr === undefined ? [] : ["atr"]);
  for (const { ap, file } of filesOf(base)) {
    const here = isAbout(ap, file);
    const place = placeOf(ap, file);
    if (file.kind === "transparent" && shown.some(here)) places.add(place);
    if (file.kind === "pin" && known.tries.some(here)) places.add(`${place} tries left`);
  }
  for (const { tag } of base.objects) {
    if (known.objects.some((object) => object.tag === tag)) places.add(`object ${hex16(tag)}`);
  }
  return [...places];
}

/** Everything but what was shown to its last byte. */
function standIns(known: CardKnowledge, base: CardImage): string[] {
  const files = filesOf(base)
    .filter(({ ap, file }) => file.kind !== "unknown" && !wholeIn(known, ap, file))
    .map(({ ap, file }) => placeOf(ap, file));
  const objects = base.objects.filter(({ tag }) => !known.objects.some((one) => one.tag === tag));
  return [...files, ...objects.map(({ tag }) => `object ${hex16(tag)}`)];
}

function wholeIn(known: CardKnowledge, ap: ApplicationImage, file: FileImage): boolean {
  if (file.kind !== "transparent") return false;
  let end = 0;
  const parts = known.contents.filter(isAbout(ap, file));
  for (const { offset, bytes, hidden } of parts.toSorted((a, b) => a.offset - b.offset)) {
    if (offset > end || hidden > 0) return false;
    end = Math.max(end, offset + bytes.length);
  }
  return end >= file.content.length;
}

function homelessPlaces(known: CardKnowledge, base: CardImage): string[] {
  const homes = filesOf(base).map(({ ap, file }) => isAbout(ap, file));
  const files = [...known.contents, ...known.tries].filter(
    (fact) => !homes.some((here) => here(fact)),
  );
  const objects = known.objects.filter(({ tag }) => !base.objects.some((one) => one.tag === tag));
  return [
    ...new Set(files.map(({ aid, id }) => `${aid}/${hex16(id)}`)),
    ...new Set(objects.map(({ tag }) => `object ${hex16(tag)}`)),
  ];
}

function filesOf({ applications }: CardImage) {
  return applications.flatMap((ap) => ap.files.map((file) => ({ ap, file })));
}

function isAbout(ap: ApplicationImage, file: FileImage) {
  const aid = toHex(ap.aid);
  return (fact: { aid: string; id: number }) => fact.aid === aid && fact.id === file.id;
}

function placeOf(ap: ApplicationImage, file: FileImage): string {
  return `${ap.name}/${hex16(file.id)}`;
}

function hex16(value: number): string {
  return value.toString(16).padStart(4, "0").toUpperCase();
}

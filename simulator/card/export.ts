/**
 * A card as text for people: what is on it and what has changed, with secrets and personal data shown
 * as digests only.
 *
 * A digest is keyed by a value that stays on the card: a bare hash of four digits would be the four
 * digits to anyone who cares to count to ten thousand.
 */
import { createHmac } from "node:crypto";
import { SimulatorError } from "../errors.ts";
import { toHex } from "../iso7816/index.ts";
import type { FileImage } from "./files.ts";
import type { CardImage } from "./image.ts";

/** One difference; `before` or `after` is absent where a line is only in one of the cards. */
export interface CardDifference {
  /** `jpki/0018/triesLeft` */
  readonly place: string;
  readonly before?: string;
  readonly after?: string;
}

const DIGEST_HEX = 32;

/** One line for each fact, `place = value`, in the order of the card. */
export function exportCard(image: CardImage): string {
  return [...facts(image)].map(([place, value]) => `${place} = ${value}\n`).join("");
}

/** What differs between two states of a card, in the order in which the places come. */
export function diffCards(before: CardImage, after: CardImage): CardDifference[] {
  return diffFacts(facts(before), facts(after));
}

/**
 * The same for two cards as `exportCard` wrote them. Digests of two cards differ even where they
 * stand for the same secret.
 *
 * @throws SimulatorError CARD_IMAGE_INVALID naming the first line that is not of an exported card
 */
export function diffExports(before: string, after: string): CardDifference[] {
  return diffFacts(readFacts(before), readFacts(after));
}

function readFacts(text: string): Map<string, string> {
  const lines = text.split("\n").filter((line) => line !== "");
  return new Map(
    lines.map((line, i) => {
      const [whole, place = "", value = ""] = /^(\S+) = (.*)$/.exec(line) ?? [];
      if (whole !== undefined) return [place, value];
      throw new SimulatorError("CARD_IMAGE_INVALID", `line ${i + 1} is not of an exported card`);
    }),
  );
}

function diffFacts(
  old: ReadonlyMap<string, string>,
  fresh: ReadonlyMap<string, string>,
): CardDifference[] {
  const places = [...new Set([...old.keys(), ...fresh.keys()])];
  return places
    .filter((place) => old.get(place) !== fresh.get(place))
    .map((place) => ({
      place,
      ...part("before", old.get(place)),
      ...part("after", fresh.get(place)),
    }));
}

function part(name: "before" | "after", value: string | undefined): Partial<CardDifference> {
  return value === undefined ? {} : { [name]: value };
}

function facts(image: CardImage): Map<string, string> {
  const digest = (bytes: Uint8Array) => digestOf(image.digestKey, bytes);
  const lines = new Map<string, string>([
    ["profile", image.profile],
    ["atr", toHex(image.atr)],
  ]);
  for (const [quirk, on] of Object.entries(image.quirks)) lines.set(`quirk/${quirk}`, String(on));
  for (const { tag, value } of image.objects) lines.set(`object/${id(tag)}`, digest(value));
  for (const ap of image.applications) {
    const name = ap.name === "card-ap" ? `card-ap/${toHex(ap.aid)}` : ap.name;
    lines.set(`${name}/aid`, toHex(ap.aid));
    lines.set(`${name}/locked`, String(ap.locked));
    if (ap.area !== undefined) lines.set(`${name}/area`, ap.area);
    for (const file of ap.files) {
      for (const [fact, value] of Object.entries(fileFacts(file, digest))) {
        lines.set(`${name}/${id(file.id)}/${fact}`, value);
      }
    }
  }
  return lines;
}

function fileFacts(
  file: FileImage,
  digest: (bytes: Uint8Array) => string,
): Readonly<Record<string, string>> {
  switch (file.kind) {
    case "transparent":
      return {
        kind: file.kind,
        read: String(file.read),
        bytes: String(file.content.length),
        content: digest(file.content),
      };
    case "record":
      return {
        kind: file.kind,
        read: String(file.read),
        ...Object.fromEntries(file.records.map((record, i) => [`record/${i + 1}`, digest(record)])),
      };
    case "pin":
      return {
        kind: file.kind,
        tries: String(file.tries),
        triesLeft: String(file.triesLeft),
        value: digest(file.value),
      };
    case "key":
      return {
        kind: `${file.kind} ${file.purpose}`,
        use: String(file.use),
        key: digest(file.privateKey),
      };
    case "public-key":
      return { kind: `${file.kind} ${file.purpose}`, key: digest(file.publicKey) };
    case "unknown":
      return { kind: file.kind };
  }
}

function id(value: number): string {
  return value.toString(16).toUpperCase().padStart(4, "0");
}

function digestOf(key: Uint8Array, bytes: Uint8Array): string {
  const digest = createHmac("sha256", key).update(bytes).digest("hex");
  return `#${digest.slice(0, DIGEST_HEX)}`;
}

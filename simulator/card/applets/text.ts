/** 券面事項入力補助AP: 個人番号 and 4情報 as text. Files: card-facts 2.2, formats: 5.1 to 5.3. */
import { concat, encodeTlv, fromHex } from "../../iso7816/index.ts";
import { codeA, codeAIssue, codeB, codeBIssue } from "../codes.ts";
import type { FileImage } from "../files.ts";
import { keyIdentifier } from "../key-identifier.ts";
import { FOUR_DIGITS, issuedPin, type PinIssue } from "../pin-rules.ts";
import { sha256 } from "../rsa.ts";
import type { CardSpec } from "../spec.ts";
import { filler, textBytes, transparentFile, withPlaces } from "../tlv-records.ts";
import type { Applet } from "./applet.ts";

export const TEXT_AID = fromHex("D3921000310001010408");

/** EF identifiers. */
export const TEXT = {
  myNumber: 0x0001,
  attributes: 0x0002,
  basicInformation: 0x0005,
  pin: 0x0011,
  /** A key nobody knows that ships blocked. */
  lockedPin: 0x0012,
  codeA: 0x0014,
  codeB: 0x0015,
} as const;

const PIN: PinIssue = { id: TEXT.pin, rule: FOUR_DIGITS, tries: 3, changeable: true };
const LOCKED: PinIssue = { id: TEXT.lockedPin, rule: FOUR_DIGITS, tries: 3, changeable: false };
/** UNVERIFIED: the size of EF 0002; only that filler follows the object is known. */
const ATTRIBUTES_BLOCK = 256;

export const text: Applet = {
  name: "text",
  pinChange: "change-reference-data",
  personalise: (spec) => [
    { name: "text", aid: TEXT_AID, files: [...data(spec), ...pins(spec), ...UNKNOWN_FILES] },
  ],
};

function data(spec: CardSpec): FileImage[] {
  return [
    transparentFile(TEXT.myNumber, [TEXT.pin, TEXT.codeA], myNumberFile(spec)),
    transparentFile(TEXT.attributes, [TEXT.pin, TEXT.codeB], attributesFile(spec)),
    transparentFile(TEXT.basicInformation, "free", basicInformation(spec)),
  ];
}

/** `FF 10 0C` and twelve digits, with two bytes of filler (5.1). */
function myNumberFile({ holder }: CardSpec): Uint8Array {
  return concat(encodeTlv(0xff10, textBytes(holder.myNumber)), filler(2));
}

/** 基本4情報: name, address, birth date and sex behind a table of their places (5.2). */
function attributesFile({ holder, quirks }: CardSpec): Uint8Array {
  const sex = holder.sex === "9" && quirks?.otherSexIsThree ? "3" : holder.sex;
  const record = withPlaces(0xff20, 0xdf21, [
    encodeTlv(0xdf22, textBytes(holder.name)),
    encodeTlv(0xdf23, textBytes(holder.address)),
    encodeTlv(0xdf24, textBytes(holder.birthDate)),
    encodeTlv(0xdf25, textBytes(sex)),
  ]);
  return concat(record, filler(ATTRIBUTES_BLOCK - (record.length % ATTRIBUTES_BLOCK)));
}

/** AP基本情報 (5.3): version, extended-APDU flag, vendor, option; key id; 128 bytes nobody explains. */
function basicInformation({ tokenSerial }: CardSpec): Uint8Array {
  return encodeTlv(
    0xff40,
    encodeTlv(0xdf41, Uint8Array.of(0x01, 0x03, 0x0e, 0x01)),
    encodeTlv(0xdf42, keyIdentifier("6000034", "001")),
    encodeTlv(0xdf43, sha256(textBytes(tokenSerial)), filler(96)),
  );
}

function pins(spec: CardSpec): FileImage[] {
  return [
    issuedPin(PIN, spec.pinless ? undefined : spec.pins.text),
    issuedPin(LOCKED, undefined),
    issuedPin(codeAIssue(TEXT.codeA, spec), codeA(spec)),
    issuedPin(codeBIssue(TEXT.codeB, spec), codeB(spec)),
  ];
}

const UNKNOWN_FILES: readonly FileImage[] = [
  // UNVERIFIED: who may read EF 0008; that it holds sixteen FF was measured.
  transparentFile(0x0008, [TEXT.pin, TEXT.codeA, TEXT.codeB], filler(16)),
  { kind: "unknown", id: 0x0010 },
  { kind: "unknown", id: 0x001c },
  { kind: "unknown", id: 0x001e },
];

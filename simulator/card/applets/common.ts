/** 共通カードAP: the card's number and its INTERNAL AUTHENTICATE key (card-facts 2.5, 5.7). */
import { concat, fromHex } from "../../iso7816/index.ts";
import { type FileImage, privateKeyFile, recordFile } from "../files.ts";
import { keyIdentifier } from "../key-identifier.ts";
import { FOUR_DIGITS, issuedPin, type PinIssue } from "../pin-rules.ts";
import type { CardSpec } from "../spec.ts";
import { textBytes } from "../tlv-records.ts";
import type { Applet } from "./applet.ts";

export const COMMON_AID = fromHex("D3921000310001010100");

/** EF identifiers. */
export const COMMON = {
  cardNumber: 0x0001,
  keyReference: 0x0002,
  authenticationKey: 0x0019,
  pin: 0x001c,
} as const;

/** UNVERIFIED: how many tries this PIN has. */
export const COMMON_TRIES = 3;

const PIN: PinIssue = { id: COMMON.pin, rule: FOUR_DIGITS, tries: COMMON_TRIES, changeable: true };

export const common: Applet = {
  name: "common",
  pinChange: "change-key",
  personalise: (spec) => [
    { name: "common", aid: COMMON_AID, locked: false, files: commonFiles(spec) },
  ],
};

function commonFiles(spec: CardSpec): FileImage[] {
  const { commonKey, pinless, pins } = spec;
  const key = (privateKey: Uint8Array) =>
    privateKeyFile(COMMON.authenticationKey, "internal-authentication", "free", privateKey);
  return [
    recordFile(COMMON.cardNumber, cardNumber(spec)),
    keyReferenceFile(COMMON.keyReference),
    ...(commonKey === undefined ? [] : [key(commonKey)]),
    // UNVERIFIED: that it is issued with the value of the 住民基本台帳用 PIN.
    issuedPin(PIN, pinless ? undefined : pins.juki),
    { kind: "unknown", id: 0x001e },
  ];
}

/** Simple-TLV: serial of fifteen digits, municipality, last day of validity (5.7). */
function cardNumber({ tokenSerial, municipalityCode, expiry }: CardSpec): Uint8Array {
  return simpleTlv(0x01, textBytes(tokenSerial.slice(1) + municipalityCode + expiry));
}

/**
 * The same sixteen bytes in this application and in the 住基AP. UNVERIFIED: the frame around them,
 * and which key they name.
 */
export function keyReferenceFile(id: number): FileImage {
  return recordFile(id, simpleTlv(0x01, keyIdentifier("6000025", "001")));
}

function simpleTlv(tag: number, value: Uint8Array): Uint8Array {
  return concat(Uint8Array.of(tag, value.length), value);
}

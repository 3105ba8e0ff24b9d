/** 券面事項入力補助AP: 個人番号 and 4情報 as text. Files: card-facts 2.2. */
import { fromHex } from "../../iso7816/index.ts";
import { codeA, codeAIssue, codeB, codeBIssue } from "../codes.ts";
import { type Access, type FileImage, privateKeyFile, transparentFile } from "../files.ts";
import { municipalityCertificate } from "../issuer-keys.ts";
import { FOUR_DIGITS, issuedPin, type PinIssue } from "../pin-rules.ts";
import type { CardSpec } from "../spec.ts";
import {
  attributesFile,
  basicInformation,
  integrityRecord,
  myNumberFile,
  sessionPublicKey,
  signedApplicationKey,
} from "../text-records.ts";
import { filler } from "../tlv-records.ts";
import type { Applet } from "./applet.ts";

export const TEXT_AID = fromHex("D3921000310001010408");

/** EF identifiers. */
export const TEXT = {
  myNumber: 0x0001,
  attributes: 0x0002,
  integrityRecord: 0x0003,
  certificate: 0x0004,
  basicInformation: 0x0005,
  sessionKey: 0x0006,
  applicationKey: 0x0007,
  unknown0008: 0x0008,
  /** UNVERIFIED: which internal file holds the private half; this one is known to be there. */
  sessionPrivateKey: 0x0010,
  pin: 0x0011,
  /** A key nobody knows that ships blocked. */
  lockedPin: 0x0012,
  signingKey: 0x0013,
  codeA: 0x0014,
  codeB: 0x0015,
} as const;

const PIN: PinIssue = { id: TEXT.pin, rule: FOUR_DIGITS, tries: 3, changeable: true };
const LOCKED: PinIssue = { id: TEXT.lockedPin, rule: FOUR_DIGITS, tries: 3, changeable: false };
export const ANY_SECRET: Access = [TEXT.pin, TEXT.codeA, TEXT.codeB];

export const text: Applet = {
  name: "text",
  pinChange: "change-reference-data",
  defaultKey: TEXT.signingKey,
  personalise: (spec) => [
    {
      name: "text",
      aid: TEXT_AID,
      locked: false,
      files: [...data(spec), ...signedRecords(spec), ...keys(spec), ...pins(spec), ...UNKNOWN],
    },
  ],
};

function data(spec: CardSpec): FileImage[] {
  return [
    transparentFile(TEXT.myNumber, [TEXT.pin, TEXT.codeA], myNumberFile(spec)),
    transparentFile(TEXT.attributes, [TEXT.pin, TEXT.codeB], attributesFile(spec)),
    transparentFile(TEXT.basicInformation, "free", basicInformation(spec)),
  ];
}

function signedRecords(spec: CardSpec): FileImage[] {
  const { issuer, textKey } = spec;
  if (issuer === undefined) return [];
  const integrity = integrityRecord(spec, issuer.municipality);
  const records = [
    transparentFile(TEXT.integrityRecord, ANY_SECRET, integrity),
    transparentFile(TEXT.certificate, "free", municipalityCertificate("text", issuer, spec)),
  ];
  if (textKey === undefined) return records;
  const signed = signedApplicationKey(textKey, issuer.municipality);
  return [...records, transparentFile(TEXT.applicationKey, ANY_SECRET, signed)];
}

function keys({ textKey, sessionKey }: CardSpec): FileImage[] {
  const signing =
    textKey === undefined ? [] : [privateKeyFile(TEXT.signingKey, "signature", "free", textKey)];
  if (sessionKey === undefined)
    return [...signing, { kind: "unknown", id: TEXT.sessionPrivateKey }];
  return [
    ...signing,
    transparentFile(TEXT.sessionKey, ANY_SECRET, sessionPublicKey(sessionKey)),
    privateKeyFile(TEXT.sessionPrivateKey, "session", "free", sessionKey),
  ];
}

function pins(spec: CardSpec): FileImage[] {
  return [
    issuedPin(PIN, spec.pinless ? undefined : spec.pins.text),
    issuedPin(LOCKED, undefined),
    issuedPin(codeAIssue(TEXT.codeA), codeA(spec)),
    issuedPin(codeBIssue(TEXT.codeB), codeB(spec)),
  ];
}

const UNKNOWN: readonly FileImage[] = [
  // UNVERIFIED: who may read EF 0008; that it holds sixteen FF was measured.
  transparentFile(TEXT.unknown0008, ANY_SECRET, filler(16)),
  { kind: "unknown", id: 0x001c },
  { kind: "unknown", id: 0x001e },
];

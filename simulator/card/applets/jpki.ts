/**
 * 公的個人認証AP: certificates and keys for 署名用 (digital signature) and 利用者証明用 (user
 * authentication). Files: card-facts 2.1; on telephones: section 9.
 */
import { fromHex } from "../../iso7816/index.ts";
import { type Access, type FileImage, privateKeyFile, transparentFile } from "../files.ts";
import { FOUR_DIGITS, issuedPin, PASSWORD, type PinIssue } from "../pin-rules.ts";
import type { CardCredential, CardSpec } from "../spec.ts";
import { filler } from "../tlv-records.ts";
import type { Applet } from "./applet.ts";
import { tokenInformation } from "./token-information.ts";

export const JPKI_AID = fromHex("D392F000260100000001");

/** EF identifiers. */
export const JPKI = {
  signCertificate: 0x0001,
  signCaCertificate: 0x0002,
  unknown0005: 0x0005,
  tokenInformation: 0x0006,
  availability: 0x0008,
  unknown0009: 0x0009,
  authCertificate: 0x000a,
  authCaCertificate: 0x000b,
  terminalCa: 0x0016,
  authKey: 0x0017,
  authPin: 0x0018,
  signKey: 0x001a,
  signPin: 0x001b,
} as const;

const AUTH_PIN: PinIssue = { id: JPKI.authPin, rule: FOUR_DIGITS, tries: 3, changeable: true };
const SIGN_PIN: PinIssue = { id: JPKI.signPin, rule: PASSWORD, tries: 5, changeable: true };
const PRESENT = 0x8f;

export const jpki: Applet = {
  name: "jpki",
  pinChange: "change-reference-data",
  personalise: (spec) => [
    {
      name: "jpki",
      aid: JPKI_AID,
      locked: false,
      files: [...certificates(spec), ...information(spec), ...keys(spec), ...UNKNOWN],
    },
  ],
};

function certificates(spec: CardSpec): FileImage[] {
  const auth: Access = (spec.profile ?? "card") === "card" ? "free" : [JPKI.authPin];
  const sign = spec.sign?.certificate ?? NO_CERTIFICATE;
  return [
    transparentFile(JPKI.signCertificate, [JPKI.signPin], sign),
    transparentFile(JPKI.signCaCertificate, "free", spec.signCaCertificate),
    transparentFile(JPKI.authCertificate, auth, spec.auth.certificate),
    transparentFile(JPKI.authCaCertificate, "free", spec.authCaCertificate),
  ];
}

/** UNVERIFIED: what EF 0001 holds on a card without a 署名用 certificate; filler is the guess. */
const NO_CERTIFICATE = filler(4);

function information(spec: CardSpec): FileImage[] {
  const token = tokenInformation(spec.profile ?? "card", spec.tokenSerial);
  return [
    transparentFile(JPKI.tokenInformation, "free", token),
    transparentFile(JPKI.availability, "free", availability(spec.sign !== undefined)),
  ];
}

/** One byte for 署名用, one for 利用者証明用, one unknown. UNVERIFIED: 00 for an absent certificate. */
export function availability(sign: boolean): Uint8Array {
  return Uint8Array.of(sign ? PRESENT : 0x00, PRESENT, 0x00);
}

function keys(spec: CardSpec): FileImage[] {
  const { auth, sign, pins, pinless = false } = spec;
  const signPin = sign === undefined ? undefined : pins.sign;
  return [
    issuedPin(AUTH_PIN, pinless ? undefined : pins.auth),
    issuedPin(SIGN_PIN, pinless ? undefined : signPin),
    ...terminalCa(spec),
    signatureKey(JPKI.authKey, [JPKI.authPin, JPKI.terminalCa], auth),
    ...(sign === undefined ? [] : [signatureKey(JPKI.signKey, [JPKI.signPin], sign)]),
  ];
}

/**
 * かざし利用: a terminal that proves a key certified by this CA may use the 利用者証明用 key without
 * its PIN. UNVERIFIED: card-facts 6.3 knows the certificate commands only.
 */
function terminalCa({ terminalCa: ca }: CardSpec): FileImage[] {
  if (ca === undefined) return [];
  return [{ kind: "public-key", id: JPKI.terminalCa, purpose: "terminal-ca", ...ca }];
}

function signatureKey(id: number, use: Access, { privateKey }: CardCredential): FileImage {
  return privateKeyFile(id, "signature", use, privateKey);
}

/**
 * Present on real cards and otherwise unknown. 0009 is refused after both PINs, 001E answers as an
 * internal file; UNVERIFIED: that the others behave like these two.
 */
const UNKNOWN: readonly FileImage[] = [
  transparentFile(JPKI.unknown0005, "never", filler(0)),
  transparentFile(JPKI.unknown0009, "never", filler(0)),
  { kind: "unknown", id: 0x0010 },
  { kind: "unknown", id: 0x0019 },
  { kind: "unknown", id: 0x001c },
  { kind: "unknown", id: 0x001e },
];

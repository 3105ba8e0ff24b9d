/** What a card specification must look like before anything is written on a card. */
import { SimulatorError } from "../errors.ts";
import { parseAtr, uint16 } from "../iso7816/index.ts";
import { FOUR_DIGITS, obeys, PASSWORD } from "./pin-rules.ts";
import { isPrivateKey, isPublicKey } from "./rsa.ts";
import type { CardSpec } from "./spec.ts";
import { textBytes } from "./tlv-records.ts";

/** @throws SimulatorError CARD_IMAGE_INVALID for the first rule that is broken */
export function checkSpec(spec: CardSpec): void {
  const { holder, pins } = spec;
  parseAtr(spec.atr);
  demandPattern("holder.birthDate", holder.birthDate, /^\d{8}$/);
  demandPattern("holder.myNumber", holder.myNumber, /^\d{12}$/);
  demandPattern("municipalityCode", spec.municipalityCode, /^\d{5}$/);
  demandPattern("expiry", spec.expiry, /^\d{8}$/);
  demandPattern("securityCode", spec.securityCode, /^\d{4}$/);
  demandPattern("tokenSerial", spec.tokenSerial, /^\d{16}$/);
  for (const name of ["auth", "text", "juki"] as const) {
    demand(`pins.${name}`, obeys(FOUR_DIGITS, textBytes(pins[name])), "four digits");
  }
  demand(
    "pins.sign",
    pins.sign === undefined || obeys(PASSWORD, textBytes(pins.sign)),
    "6 to 16 of A-Z and 0-9",
  );
  demandCertificate("auth.certificate", spec.auth.certificate);
  demandCertificate("authCaCertificate", spec.authCaCertificate);
  demandCertificate("signCaCertificate", spec.signCaCertificate);
  if (spec.sign !== undefined) demandCertificate("sign.certificate", spec.sign.certificate);
  if (spec.contactAtr !== undefined) parseAtr(spec.contactAtr);
  const { terminalCa } = spec;
  const known = terminalCa === undefined || isPublicKey(terminalCa.publicKey);
  demand("terminalCa.publicKey", known, "an RSA-2048 key as SubjectPublicKeyInfo");
  for (const [name, key] of privateKeys(spec)) demandPrivateKey(name, key);
}

/** Clients compute the size of a certificate from `30 82 LL LL` (card-facts 2.1). */
function demandCertificate(name: string, der: Uint8Array): void {
  const framed = der[0] === 0x30 && der[1] === 0x82 && der.length === uint16(der, 2) + 4;
  demand(name, framed, "DER that begins with 30 82 and its length");
}

function privateKeys(spec: CardSpec): [string, Uint8Array][] {
  const { auth, sign, issuer = {}, textKey, visualKey, commonKey, sessionKey } = spec;
  const keys = { ...issuer, textKey, visualKey, commonKey, sessionKey };
  return [
    ["auth.privateKey", auth.privateKey],
    ...(sign === undefined ? [] : [["sign.privateKey", sign.privateKey] as [string, Uint8Array]]),
    ...Object.entries(keys).filter(
      (entry): entry is [string, Uint8Array] => entry[1] !== undefined,
    ),
  ];
}

function demandPrivateKey(name: string, pkcs8: Uint8Array): void {
  demand(name, isPrivateKey(pkcs8), "an RSA-2048 key in PKCS #8 DER");
}

function demandPattern(name: string, value: string, pattern: RegExp): void {
  demand(name, pattern.test(value), String(pattern));
}

function demand(name: string, condition: boolean, wanted: string): void {
  if (!condition) throw new SimulatorError("CARD_IMAGE_INVALID", `${name} is not ${wanted}`);
}

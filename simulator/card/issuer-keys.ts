/**
 * The keys behind the signed records of a card, and the ids they go by (card-facts 5.5).
 *
 * The municipality's record-signing key signs; the CA of each application certifies that key. Both
 * are off the card. Where the issuer's keys are not given, a card has no signed records.
 */
import { type CvAuthority, cvCertificate } from "./cv-certificate.ts";
import { keyIdentifier } from "./key-identifier.ts";
import { publicKeyOf } from "./public-key.ts";
import type { CardSpec, IssuerKeys } from "./spec.ts";

/** Test counterparts of the production ids 5000020, 5000023 and 5000033. */
const CA_IDS = { master: "6000020", visual: "6000023", text: "6000033" } as const;
const CHAIN_SUFFIX = 0xa8;

export function certifyingAuthority(name: keyof typeof CA_IDS, keys: IssuerKeys): CvAuthority {
  const suffix = name === "master" ? CHAIN_SUFFIX : 0x00;
  return {
    keyId: keyIdentifier(CA_IDS[name], "001", suffix),
    privateKey: keys[`${name}Ca`],
  };
}

/** UNVERIFIED: how the id carries the municipality; its code and two zeros is the guess. */
export function municipalityKeyId(spec: CardSpec, suffix = 0x00): Uint8Array {
  return keyIdentifier(`${spec.municipalityCode}00`, "001", suffix);
}

/** EF 0004 of both 券面 applications: the municipality's key, certified by the application's CA. */
export function municipalityCertificate(
  name: "text" | "visual",
  keys: IssuerKeys,
  spec: CardSpec,
): Uint8Array {
  return cvCertificate(
    certifyingAuthority(name, keys),
    municipalityKeyId(spec),
    publicKeyOf(keys.municipality),
  );
}

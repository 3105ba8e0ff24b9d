/**
 * The name in a 署名用 certificate. Characters that a certificate cannot hold are replaced there and
 * flagged, one digit a character (card-facts section 7.3), so it cannot simply be compared with the
 * name in the register.
 */
import { type BaseBlock, Constructed, fromBER, ObjectIdentifier, Utf8String } from "asn1js";
import { type AltName, Certificate } from "pkijs";
import { BenchError } from "../errors.ts";
import { Personal } from "./secret.ts";

const SUBJECT_ALT_NAME = "2.5.29.17";
const NAME = "1.2.392.200149.8.5.5.1";
const NAME_SUBSTITUTES = "1.2.392.200149.8.5.5.2";

export interface CertifiedName {
  readonly text: string;
  /** 代替文字位置: one digit a character of `text`, 1 for one that stands for another. */
  readonly substitutes: string;
}

export interface NameMatch {
  /** `sameButSubstitutes`: equal wherever the certificate has the right character. */
  readonly result: "same" | "sameButSubstitutes" | "different";
  /** How many characters of the certified name stand for others: what a person has to be told. */
  readonly substituted: number;
}

/** @throws BenchError CARD_DATA_INVALID for a certificate without a name */
export function certifiedNameOf(certificate: Uint8Array): Personal<CertifiedName> {
  const names = otherNames(certificate);
  const text = names.get(NAME);
  const substitutes = names.get(NAME_SUBSTITUTES);
  if (text === undefined || substitutes === undefined) {
    throw new BenchError("CARD_DATA_INVALID", "the certificate names nobody");
  }
  return new Personal({ text, substitutes });
}

/** @param registered as the card's text application or the register has it */
export function matchName({ text, substitutes }: CertifiedName, registered: string): NameMatch {
  const certified = Array.from(text);
  const wanted = Array.from(registered);
  const isSubstitute = (i: number) => substitutes[i] === "1";
  const substituted = certified.filter((_, i) => isSubstitute(i)).length;
  const same = certified.length === wanted.length;
  if (!same || certified.some((one, i) => one !== wanted[i] && !isSubstitute(i))) {
    return { result: "different", substituted };
  }
  return { result: substituted === 0 ? "same" : "sameButSubstitutes", substituted };
}

/** The otherName entries of SubjectAltName, by identifier (RFC 5280 section 4.2.1.6). */
export function otherNames(der: Uint8Array): Map<string, string> {
  const { extensions = [] } = new Certificate({ schema: fromBER(der).result });
  const found = extensions.find(({ extnID }) => extnID === SUBJECT_ALT_NAME);
  const { altNames = [] } = (found?.parsedValue ?? {}) as Partial<AltName>;
  return new Map(altNames.flatMap(({ value }) => otherName(value)));
}

function otherName(entry: BaseBlock): [string, string][] {
  const [type, wrapped] = entry instanceof Constructed ? entry.valueBlock.value : [];
  const [value] = wrapped instanceof Constructed ? wrapped.valueBlock.value : [];
  if (!(type instanceof ObjectIdentifier && value instanceof Utf8String)) return [];
  return [[type.valueBlock.toString(), value.valueBlock.value]];
}

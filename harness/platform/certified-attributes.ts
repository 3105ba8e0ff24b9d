/**
 * 4情報 held against a 署名用 certificate (DA-15): what the card's text says, or a platform passes on, may be
 * newer than what the certificate was issued for.
 */
import { matchName, otherNames } from "../card/certified-name.ts";
import type { UserAttribute } from "./user-attributes.ts";

/** Arc of the attributes in SubjectAltName (card-facts section 7.3). */
const ARC = "1.2.392.200149.8.5.5";

/**
 * @param attributes `birthdate` as YYYYMMDD, `gender` by ISO/IEC 5218
 * @returns those that the certificate states otherwise; substitute characters are not counted
 */
export function differsFromCertificate(
  certificate: Uint8Array,
  attributes: Readonly<Partial<Record<UserAttribute, string>>>,
): UserAttribute[] {
  const names = otherNames(certificate);
  const at = (leaf: number) => names.get(`${ARC}.${leaf}`) ?? "";
  const isText = (text: number, substitutes: number, value: string) =>
    matchName({ text: at(text), substitutes: at(substitutes) }, value).result !== "different";
  const same: Readonly<Record<UserAttribute, (value: string) => boolean>> = {
    name: (value) => isText(1, 2, value),
    address: (value) => isText(5, 6, value),
    // EYYYYMMDD: the first digit names the era.
    birthdate: (value) => at(4).slice(1) === value,
    gender: (value) => at(3) === (value === "1" || value === "2" ? value : "3"),
  };
  const told = Object.entries(attributes) as [UserAttribute, string][];
  return told.filter(([name, value]) => !same[name](value)).map(([name]) => name);
}

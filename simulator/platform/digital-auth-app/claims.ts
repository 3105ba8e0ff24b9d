/** 4情報 in the userinfo answer, in the formats of the profile (platform-facts 4.4). */
import type { Attributes } from "../attributes.ts";
import type { DigitalAuthProfile } from "./profile.ts";

const GENDER: Readonly<Record<string, string>> = { "1": "male", "2": "female", "9": "other" };

export function userinfoClaims(
  { claims, scopes }: DigitalAuthProfile,
  attributes: Attributes | undefined,
): Record<string, unknown> {
  if (attributes === undefined) return {};
  const { name, address, birthDate, sex } = attributes;
  const extended = birthDate.replace(/^(\d{4})(\d\d)(\d\d)$/, "$1-$2-$3");
  return {
    [scopes.name]: name,
    [scopes.address]: claims.address === "object" ? { formatted: address } : address,
    [scopes.birthdate]: claims.birthdate === "YYYY-MM-DD" ? extended : birthDate,
    [scopes.gender]: claims.gender === "digit" ? sex : (GENDER[sex] ?? "unknown"),
  };
}

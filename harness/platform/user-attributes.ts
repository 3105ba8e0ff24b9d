/**
 * 4情報 as a service takes them out of a userinfo answer of デジタル認証アプリ, whichever of its possible forms
 * they come in (platform-facts 4.4). What it does not understand it refuses; what is not there it says
 * is missing, because a person may agree to less than was asked for.
 */
import { Personal } from "../card/index.ts";
import { protocolError } from "./platform-error.ts";

export type UserAttribute = "name" | "address" | "birthdate" | "gender";

export interface UserAttributes {
  /** `birthdate` as YYYYMMDD, `gender` by ISO/IEC 5218. */
  readonly known: Personal<Readonly<Partial<Record<UserAttribute, string>>>>;
  readonly missing: readonly UserAttribute[];
}

const READERS: Readonly<Record<UserAttribute, (claim: unknown) => string | undefined>> = {
  name: textOf,
  address: (claim) => textOf(claim) ?? textOf((claim as { formatted?: unknown } | null)?.formatted),
  birthdate: (claim) => dayOf(textOf(claim)),
  gender: (claim) => sexOf(textOf(claim)),
};

const GENDERS = new Map([
  ["unknown", "0"],
  ["male", "1"],
  ["female", "2"],
  ["other", "9"],
]);

/**
 * @param wanted what was asked for
 * @throws PlatformError PLATFORM_PROTOCOL for a claim in a form that is not known; it says which
 */
export function readUserAttributes(
  claims: Readonly<Record<string, unknown>>,
  wanted: readonly UserAttribute[],
): UserAttributes {
  const there = wanted.filter((name) => claims[name] !== undefined);
  const known = there.map((name) => [name, read(name, claims[name])]);
  return {
    known: new Personal(Object.fromEntries(known)),
    missing: wanted.filter((name) => !there.includes(name)),
  };
}

function read(name: UserAttribute, claim: unknown): string {
  const value = READERS[name](claim);
  if (value !== undefined) return value;
  throw protocolError(`the claim ${name} has a form that is not known`);
}

function textOf(claim: unknown): string | undefined {
  return typeof claim === "string" && claim !== "" ? claim : undefined;
}

/** YYYY-MM-DD or YYYYMMDD. */
function dayOf(text: string | undefined): string | undefined {
  const isDay = /^\d{4}(-?)\d\d\1\d\d$/.test(text ?? "");
  return isDay ? text?.replaceAll("-", "") : undefined;
}

function sexOf(text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  return /^[0129]$/.test(text) ? text : GENDERS.get(text);
}

/**
 * Common names of subjects: identifiers, not names of people (card-facts sections 7.2 and 7.3; what
 * the parts mean was inferred there from samples).
 */
import type { Random } from "../../random.ts";
import { jstStamp } from "../jst.ts";

const ALPHANUMERIC = Array.from("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ") as [string, ...string[]];

/** 23 characters: 14 letters or digits, municipality code, three digits, `A`. */
export function authCommonName(municipalityCode: string, random: Random): string {
  return `${alphanumeric(random, 14)}${municipalityCode}${random.digits(3)}A`;
}

/**
 * 28 characters: time of the request in Japan, five digits, nine characters for the counter that
 * took it.
 *
 * UNVERIFIED: that the nine characters begin with the municipality code.
 */
export function signCommonName(municipalityCode: string, at: Date, random: Random): string {
  return `${jstStamp(at)}${random.digits(5)}${municipalityCode}${alphanumeric(random, 4)}`;
}

function alphanumeric(random: Random, length: number): string {
  return Array.from({ length }, () => random.pick(ALPHANUMERIC)).join("");
}

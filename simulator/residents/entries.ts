/**
 * What the register takes for one of the four attributes (card-facts sections 5.2 and 7.3). Values are
 * not repeated in what it says: they are somebody's.
 */
import { jstDay, MAX_ADDRESS, startOfJstDay } from "../pki/index.ts";
import type { Resident } from "./resident.ts";

/** What a wrong entry in the register is corrected to. */
export type Correction = Partial<Pick<Resident, "name" | "address" | "birthDate" | "sex">>;

const TWO_NAMES = /^[^\s\u3000][^\u3000]*\u3000[^\s\u3000].*$/u;

/** Why these cannot be entered; undefined when they can. */
export function entryProblem(
  { name, address, birthDate }: Correction,
  now: Date,
): string | undefined {
  if (name !== undefined && !TWO_NAMES.test(name)) {
    return "cannot have that name: family and given name have U+3000 between them";
  }
  const length = address === undefined ? 1 : Array.from(address.trim()).length;
  if (length === 0 || length > MAX_ADDRESS) {
    return `cannot have that address: it has 1 to ${MAX_ADDRESS} characters`;
  }
  if (birthDate !== undefined && !hasBeen(birthDate, now)) {
    return "cannot have been born then: that is no day of the past, written YYYYMMDD";
  }
  return undefined;
}

function hasBeen(day: string, now: Date): boolean {
  try {
    startOfJstDay(day);
  } catch {
    return false;
  }
  return day <= jstDay(now);
}

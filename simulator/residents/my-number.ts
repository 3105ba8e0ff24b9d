/**
 * 個人番号 of test residents (card-facts section 5.1): twelve digits, the last a check digit, all from
 * the one range 0000 00xx xxxx, so that a number of this simulator can be told from a person's at
 * sight.
 *
 * UNVERIFIED: that no real number begins with six zeros; who is given which number is not public.
 */
import { SimulatorError } from "../errors.ts";

const PREFIX = "000000";

/** How many different numbers there are. */
export const MY_NUMBERS = 100_000;

/** The n-th number of the test range, from 0. */
export function testMyNumber(n: number): string {
  if (!Number.isInteger(n) || n < 0 || n >= MY_NUMBERS) {
    throw new SimulatorError("PERSONA_UNKNOWN", `there are ${MY_NUMBERS} test residents, not ${n}`);
  }
  const body = PREFIX + String(n).padStart(5, "0");
  return body + checkDigit(body);
}

export function isTestMyNumber(text: string): boolean {
  return text.startsWith(PREFIX) && isMyNumber(text);
}

/** Twelve digits with the right check digit. */
export function isMyNumber(text: string): boolean {
  return /^\d{12}$/.test(text) && checkDigit(text.slice(0, 11)) === text.slice(11);
}

/** Weights count from the right: 2 to 7 for the first six digits, 2 to 6 for the rest. */
function checkDigit(body: string): string {
  const digits = Array.from(body, Number).reverse();
  const sum = digits.reduce((total, digit, i) => total + digit * (i < 6 ? i + 2 : i - 4), 0);
  const remainder = sum % 11;
  return remainder <= 1 ? "0" : String(11 - remainder);
}

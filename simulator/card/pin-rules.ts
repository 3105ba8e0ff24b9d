/** What PINs consist of, and how the issuer writes one (card-facts section 3). */
import type { PinFile, PinRule } from "./files.ts";

/** The most PIN bytes a command carries. */
export const PIN_MAX = 16;

export const FOUR_DIGITS: PinRule = { characters: "digits", min: 4, max: 4 };
/** The 署名用 password. That letters and digits must be mixed is the counter's rule, not the card's. */
export const PASSWORD: PinRule = { characters: "letters-digits", min: 6, max: 16 };

export function digits(count: number): PinRule {
  return { characters: "digits", min: count, max: count };
}

const CHARACTERS = { digits: /^[0-9]*$/, "letters-digits": /^[A-Z0-9]*$/ };

export function obeys(rule: PinRule, pin: Uint8Array): boolean {
  const text = new TextDecoder("latin1").decode(pin);
  return hasLength(rule, pin) && CHARACTERS[rule.characters].test(text);
}

export function hasLength(rule: PinRule, pin: Uint8Array): boolean {
  return pin.length >= rule.min && pin.length <= rule.max;
}

/** Whether a password has both letters and digits; a PIN of digits alone has no need to. */
export function isMixed(rule: PinRule, pin: Uint8Array): boolean {
  const text = new TextDecoder("latin1").decode(pin);
  return rule.characters === "digits" || (/[A-Z]/.test(text) && /[0-9]/.test(text));
}

/** What the issuer decides about a PIN before anyone has set it. */
export interface PinIssue {
  readonly id: number;
  readonly rule: PinRule;
  readonly tries: number;
  readonly changeable: boolean;
}

/** A PIN file as the issuer writes it. Without a value nobody has set the PIN, and it is blocked. */
export function issuedPin(issue: PinIssue, value: string | undefined): PinFile {
  const triesLeft = value === undefined ? 0 : issue.tries;
  return { kind: "pin", ...issue, value: new TextEncoder().encode(value ?? ""), triesLeft };
}

/**
 * PINs and their counters (card-facts section 3).
 *
 * A try is written down before the PIN is compared: whoever cuts the power while the card compares
 * has spent the try.
 */
import { equal, SW, triesLeftStatus } from "../iso7816/index.ts";
import { savePin } from "./code-counters.ts";
import { type CardContext, Refusal, requireThat } from "./context.ts";
import type { PinFile } from "./files.ts";
import { hasLength, isMixed, obeys, PIN_MAX } from "./pin-rules.ts";

/** The answer to a VERIFY without data: tries left, and nothing spent. */
export function triesStatus(card: CardContext, pin: PinFile): number {
  if (pin.triesLeft === 0 && card.has("queryAnswers6984WhenBlocked")) return blockedStatus(card);
  if (card.session.granted.has(pin.id) && card.has("queryAnswers9000OnceVerified")) return SW.OK;
  return triesLeftStatus(pin.triesLeft);
}

/**
 * Compares, and grants the right or spends the try.
 *
 * @throws Refusal 63CX, or the status of a blocked PIN
 */
export function present(card: CardContext, pin: PinFile, candidate: Uint8Array): void {
  requireThat(candidate.length <= PIN_MAX, SW.WRONG_LENGTH);
  requireThat(pin.triesLeft > 0, blockedStatus(card));
  requireThat(
    hasLength(pin.rule, candidate) || !card.has("wrongLengthAnswers6700"),
    SW.WRONG_LENGTH,
  );
  const spent = { ...pin, triesLeft: pin.triesLeft - 1 };
  savePin(card, spent);
  if (!equal(candidate, pin.value)) {
    // UNVERIFIED: whether a wrong PIN takes back the right a right one gave; taken back is the guess.
    if (!card.has("wrongPinKeepsRight")) card.session.granted.delete(pin.id);
    throw new Refusal(triesLeftStatus(spent.triesLeft));
  }
  savePin(card, { ...pin, triesLeft: pin.tries });
  card.session.granted.add(pin.id);
}

/** Puts a new PIN in the place of one that has been presented. */
export function replace(card: CardContext, pin: PinFile, fresh: Uint8Array): void {
  requireThat(fresh.length > 0 && fresh.length <= PIN_MAX, SW.WRONG_LENGTH);
  requireThat(pin.changeable && card.session.granted.has(pin.id), SW.SECURITY_STATUS);
  // UNVERIFIED: that the card looks at the characters at all, and with which status it refuses.
  requireThat(obeys(pin.rule, fresh) || card.has("anyNewPinAccepted"), SW.WRONG_DATA);
  requireThat(isMixed(pin.rule, fresh) || !card.has("newPasswordMustMix"), SW.WRONG_DATA);
  savePin(card, { ...pin, value: fresh });
}

function blockedStatus(card: CardContext): number {
  return card.has("blockedAnswers6983") ? SW.AUTHENTICATION_BLOCKED : SW.REFERENCE_DATA_LOCKED;
}

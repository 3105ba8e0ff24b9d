/**
 * What goes wrong between a client and a card, one code for each thing a person would do about it
 * (platform-facts 8.1, CR-25; status words as in card-facts section 4).
 */
import type { Bilingual } from "../../reports/journal/events.ts";
import { describeStatus, SW, triesLeft } from "../../simulator/iso7816/index.ts";
import { BenchError, type BenchErrorCode } from "../errors.ts";

export type CardErrorCode = Extract<BenchErrorCode, `CARD_${string}`>;

/** Where a blocked PIN is set anew; advice for people is looked up by it. */
export type PinResetPlace = "municipal-office" | "municipal-office-or-kiosk";

export interface CardErrorDetails {
  /** What the command was for: `利用者証明用PINの照合`, `verify the user authentication PIN`. */
  readonly purpose: Bilingual;
  /** What came back, or what kept the command from being sent. */
  readonly finding: Bilingual;
  /** Status word, when the card's answer is the reason. */
  readonly sw?: number;
  /** Tries left on the PIN, when the card told. */
  readonly triesLeft?: number;
  /** With CARD_PIN_BLOCKED. */
  readonly resetAt?: PinResetPlace;
}

/** Never holds a PIN or anything read from the card. */
export class CardError extends BenchError {
  override readonly name = "CardError";
  declare readonly code: CardErrorCode;
  readonly purpose: Bilingual;
  readonly sw: number | undefined;
  readonly triesLeft: number | undefined;
  readonly resetAt: PinResetPlace | undefined;

  constructor(code: CardErrorCode, details: CardErrorDetails) {
    super(code, describe(details));
    this.purpose = details.purpose;
    this.sw = details.sw;
    this.triesLeft = details.triesLeft;
    this.resetAt = details.resetAt;
  }
}

/**
 * The error for a command that the card answered with `sw`.
 *
 * @param resetAt told with CARD_PIN_BLOCKED and with nothing else
 */
export function statusError(purpose: Bilingual, sw: number, resetAt?: PinResetPlace): CardError {
  const code = codeOf(sw);
  const blocked = code === "CARD_PIN_BLOCKED";
  const left = blocked ? 0 : triesLeft(sw);
  return new CardError(code, {
    purpose,
    finding: describeStatus(sw),
    sw,
    ...(left === undefined ? {} : { triesLeft: left }),
    ...(blocked && resetAt !== undefined ? { resetAt } : {}),
  });
}

/** The error for bytes from the card that are not what they should be. */
export function dataError(purpose: Bilingual, finding: Bilingual): CardError {
  return new CardError("CARD_DATA_INVALID", { purpose, finding });
}

/**
 * For checks before anything is sent.
 *
 * @param what the thing counted: `乱数のバイト数`, `bytes of nonce`
 * @throws CardError CARD_INPUT_INVALID unless `count` is a whole number from `min` to `max`
 */
export function requireInput(
  purpose: Bilingual,
  what: Bilingual,
  count: number,
  min: number,
  max: number,
): void {
  if (Number.isInteger(count) && count >= min && count <= max) return;
  throw new CardError("CARD_INPUT_INVALID", {
    purpose,
    finding: {
      ja: `${what.ja}が${count}（${min}〜${max}のはず）`,
      en: `${what.en}: ${count}, not in ${min}..${max}`,
    },
  });
}

const CODES: Readonly<Record<number, CardErrorCode>> = {
  [SW.VERIFY_FAILED]: "CARD_PIN_WRONG",
  [SW.WRONG_LENGTH]: "CARD_WRONG_LENGTH",
  [SW.SECURITY_STATUS]: "CARD_SECURITY_STATUS",
  [SW.AUTHENTICATION_BLOCKED]: "CARD_PIN_BLOCKED",
  [SW.REFERENCE_DATA_LOCKED]: "CARD_PIN_BLOCKED",
  [SW.FILE_NOT_FOUND]: "CARD_NOT_FOUND",
  [SW.INS_NOT_SUPPORTED]: "CARD_UNSUPPORTED",
  [SW.CLA_NOT_SUPPORTED]: "CARD_UNSUPPORTED",
};

function codeOf(sw: number): CardErrorCode {
  const left = triesLeft(sw);
  if (left !== undefined) return left === 0 ? "CARD_PIN_BLOCKED" : "CARD_PIN_WRONG";
  return CODES[sw] ?? "CARD_STATUS";
}

function describe({ purpose, finding, sw }: CardErrorDetails): string {
  const status = sw === undefined ? "" : ` [${sw.toString(16).toUpperCase()}]`;
  return `${purpose.ja}: ${finding.ja} / ${purpose.en}: ${finding.en}${status}`;
}

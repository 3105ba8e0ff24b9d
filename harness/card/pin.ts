/**
 * Presenting a PIN so that no try is spent by mistake (card-facts section 3; platform-facts CR-01 to
 * CR-06): the form is checked before anything is sent, the card is asked how many tries are left,
 * the last one is kept, a blocked PIN is left alone, and no VERIFY is ever repeated.
 */
import type { Bilingual } from "../../reports/journal/events.ts";
import { SW, triesLeft as triesTold } from "../../simulator/iso7816/index.ts";
import type { Application } from "./application.ts";
import { CardError, statusError } from "./card-error.ts";
import { selectFile } from "./card-file.ts";
import type { Exchange } from "./exchange.ts";
import type { Pin } from "./pin-table.ts";
import type { Secret } from "./secret.ts";

export interface VerifyOptions {
  /**
   * Present the PIN although a wrong value may block it: one try is left, or the card does not tell
   * how many. Default false.
   */
  readonly spendLastTry?: boolean;
}

/**
 * Tries left, 0 when the PIN is blocked. Asking spends none (VERIFY without data).
 *
 * @throws CardError CARD_STATUS when the card does not tell. 9000 is no answer: it says that a right
 * is granted, not how many tries a next VERIFY has.
 */
export async function triesLeft(application: Application, pin: Pin): Promise<number> {
  const left = await application.run((exchange) => askTries(exchange, pin));
  if (left === undefined) throw untold(pin);
  return left;
}

/**
 * VERIFY, once.
 *
 * @throws CardError, where nothing was presented: CARD_PIN_FORMAT (value of the wrong form),
 * CARD_PIN_LAST_TRY (one try left and `spendLastTry` not given), CARD_STATUS (tries left not told,
 * likewise), CARD_PIN_BLOCKED (known before); where the card refused: CARD_PIN_WRONG with `triesLeft`, CARD_PIN_BLOCKED with `resetAt`
 */
export async function verifyPin(
  application: Application,
  pin: Pin,
  value: Secret,
  options: VerifyOptions = {},
): Promise<void> {
  const data = presentable(pin, value);
  await application.run((exchange) => present(application, exchange, pin, data, options));
}

/**
 * Presents the current value, then CHANGE REFERENCE DATA to the next one (card-facts T9).
 *
 * @throws CardError as `verifyPin` does; the next value's form is checked before anything is sent
 */
export async function changePin(
  application: Application,
  pin: Pin,
  current: Secret,
  next: Secret,
  options: VerifyOptions = {},
): Promise<void> {
  const data = presentable(pin, current);
  const replacement = presentable(pin, next);
  await application.run(async (exchange) => {
    await present(application, exchange, pin, data, options);
    await exchange({
      cla: 0x00,
      ins: 0x24,
      p1: 0x01,
      p2: 0x80,
      data: replacement,
      purpose: { ja: `${pin.label.ja}の変更`, en: `change the ${pin.label.en}` },
    });
  });
}

async function present(
  application: Application,
  exchange: Exchange,
  pin: Pin,
  data: Uint8Array,
  { spendLastTry = false }: VerifyOptions,
): Promise<void> {
  if (application.blockedPins.has(pin)) throw blocked(pin);
  const left = await askTries(exchange, pin);
  if (left === 0) {
    application.blockedPins.add(pin);
    throw blocked(pin);
  }
  if (left === undefined && !spendLastTry) throw untold(pin);
  if (left === 1 && !spendLastTry) throw lastTry(pin);
  const { sw } = await exchange({ ...VERIFY, data, accepts: always, purpose: verifying(pin) });
  if (sw === SW.OK) return;
  const error = statusError(verifying(pin), sw, pin.resetAt);
  if (error.code === "CARD_PIN_BLOCKED") application.blockedPins.add(pin);
  throw error;
}

const VERIFY = { cla: 0x00, ins: 0x20, p1: 0x00, p2: 0x80 };

/** Tries left, or undefined when the card answers 9000. */
async function askTries(exchange: Exchange, pin: Pin): Promise<number | undefined> {
  await selectFile(exchange, pin);
  const { sw } = await exchange({ ...VERIFY, accepts: always, purpose: asking(pin) });
  const left = isLocked(sw) ? 0 : triesTold(sw);
  if (left === undefined && sw !== SW.OK) throw statusError(asking(pin), sw);
  return left;
}

function always(): boolean {
  return true;
}

function isLocked(sw: number): boolean {
  return sw === SW.REFERENCE_DATA_LOCKED || sw === SW.AUTHENTICATION_BLOCKED;
}

/** The bytes to send: ASCII without padding. */
function presentable(pin: Pin, value: Secret): Uint8Array {
  const text = value.reveal();
  if (pin.format.test(text)) {
    return new TextEncoder().encode(pin.upperCase ? text.toUpperCase() : text);
  }
  throw new CardError("CARD_PIN_FORMAT", {
    purpose: verifying(pin),
    finding: {
      ja: `入力の形式が合わない（${pin.format.source}）`,
      en: `the value does not have the form ${pin.format.source}`,
    },
  });
}

function untold(pin: Pin): CardError {
  return new CardError("CARD_STATUS", {
    purpose: asking(pin),
    finding: { ja: "カードが残り回数を答えない", en: "the card does not tell" },
    sw: SW.OK,
  });
}

function blocked(pin: Pin): CardError {
  return new CardError("CARD_PIN_BLOCKED", {
    purpose: verifying(pin),
    finding: { ja: "閉塞しているため送信しない", en: "blocked, so not sent" },
    triesLeft: 0,
    resetAt: pin.resetAt,
  });
}

function lastTry(pin: Pin): CardError {
  return new CardError("CARD_PIN_LAST_TRY", {
    purpose: verifying(pin),
    finding: { ja: "残り1回のため送信しない", en: "one try is left, so not sent" },
    triesLeft: 1,
  });
}

function asking({ label }: Pin): Bilingual {
  return { ja: `${label.ja}の残り回数`, en: `tries left on the ${label.en}` };
}

function verifying({ label }: Pin): Bilingual {
  return { ja: `${label.ja}の照合`, en: `verify the ${label.en}` };
}

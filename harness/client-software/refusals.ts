/** Errors of readers and cards in the words of かざし利用クライアントソフト. */
import {
  ClientSoftwareError,
  type Reason,
  type RefusalDetails,
} from "../../simulator/client-software/index.ts";
import { CardError } from "../card/index.ts";
import { BenchError, type BenchErrorCode } from "../errors.ts";

const REASONS: Readonly<Partial<Record<BenchErrorCode, Reason>>> = {
  CARD_PIN_WRONG: "pinWrong",
  CARD_PIN_BLOCKED: "pinBlocked",
  CARD_PIN_LAST_TRY: "pinLastTry",
  CARD_PIN_FORMAT: "pinFormat",
  CARD_CERTIFICATE_MISSING: "certificateMissing",
  GUARD_LAST_TRY: "pinLastTry",
  GUARD_EFFECT: "cardProtected",
  GUARD_BUDGET: "cardProtected",
  GUARD_LATCHED: "cardProtected",
  READER_NO_CARD: "cardMissing",
  READER_CARD_REMOVED: "cardRemoved",
  READER_CARD_RESET: "cardRemoved",
  READER_BUSY: "readerBusy",
  READER_NOT_FOUND: "readerMissing",
  READER_AMBIGUOUS: "readerMissing",
  READER_LOST: "readerMissing",
  PCSC_PACKAGE_MISSING: "readerMissing",
  PCSC_LIBRARY_MISSING: "readerMissing",
  PCSC_SERVICE_STOPPED: "readerMissing",
  PCSC_ACCESS_DENIED: "readerMissing",
};

/** @returns `error` itself when it is none of the bench's: a defect must not look like a bad card */
export function asRefusal(error: unknown): unknown {
  if (!(error instanceof BenchError)) return error;
  const reason = REASONS[error.code] ?? "cardFailed";
  return new ClientSoftwareError(reason, detailsOf(error), { cause: error });
}

const BIRTH_DATE: Readonly<Partial<Record<BenchErrorCode, Reason>>> = {
  CARD_PIN_WRONG: "birthDateMismatch",
  CARD_PIN_BLOCKED: "birthDateBlocked",
  CARD_PIN_LAST_TRY: "birthDateBlocked",
};

/** For what came of presenting the 生年月日PIN, which nobody typed. @throws always */
export function asBirthDateRefusal(error: unknown): never {
  const reason = error instanceof BenchError ? BIRTH_DATE[error.code] : undefined;
  if (reason === undefined) throw error;
  throw new ClientSoftwareError(reason, detailsOf(error), { cause: error });
}

function detailsOf(error: unknown): RefusalDetails {
  const triesLeft = error instanceof CardError ? error.triesLeft : undefined;
  return triesLeft === undefined ? {} : { triesLeft };
}

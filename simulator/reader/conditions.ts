/**
 * What a reader's system says when something is wrong, by its number there (PC/SC part 5;
 * pcsclite.h of pcsc-lite 1.9.9; the "Smart Card Return Values" of Microsoft's reference;
 * reader-facts 2.2). Nearly all numbers are the same everywhere; those that are not are why a client
 * needs a table for each system (platform-facts CR-26).
 */
import { SimulatorError, type SimulatorErrorCode } from "../errors.ts";

/** Which system the reader is plugged into. */
export type PcscPlatform = "pcsc-lite" | "windows" | "macos";

interface Condition {
  readonly status: number | Readonly<Record<PcscPlatform, number>>;
  readonly code: SimulatorErrorCode;
  readonly words: string;
}

const condition = (
  status: Condition["status"],
  words: string,
  code: SimulatorErrorCode = "READER_FAILED",
): Condition => ({ status, words, code });

const CONDITIONS = {
  invalidHandle: condition(0x80100003, "the session was closed", "READER_EMPTY"),
  unknownReader: condition(0x80100009, "there is no reader of this name"),
  timeout: condition(0x8010000a, "no answer came in time"),
  sharingViolation: condition(0x8010000b, "another client holds the reader", "READER_BUSY"),
  noCard: condition(0x8010000c, "no card lies in it", "READER_EMPTY"),
  notTransacted: condition(0x80100016, "the exchange failed"),
  readerUnavailable: condition(0x80100017, "it was unplugged"),
  noService: condition(0x8010001d, "the PC/SC service does not run"),
  serviceStopped: condition(0x8010001e, "the PC/SC service was stopped"),
  unexpected: condition(0x8010001f, "something unexpected happened"),
  unsupportedFeature: condition(
    // UNVERIFIED for macOS: its headers have had both numbers, depending on their version.
    { "pcsc-lite": 0x8010001f, windows: 0x80100022, macos: 0x8010001f },
    "it cannot do this",
  ),
  noReaders: condition(0x8010002e, "there is no reader"),
  commDataLost: condition(0x8010002f, "the card seemed to leave the field"),
  cardReset: condition(0x80100068, "another client had the card reset", "READER_CARD_RESET"),
  cardRemoved: condition(0x80100069, "the card was taken out", "READER_CARD_REMOVED"),
} as const satisfies Readonly<Record<string, Condition>>;

export type ReaderCondition = keyof typeof CONDITIONS;

/** A call to a reader that failed, with the number its system gives for it. */
export class ReaderFailure extends SimulatorError {
  override readonly name = "ReaderFailure";
  readonly condition: ReaderCondition;
  /** As PC/SC of that platform has it, unsigned: 0x80100069. */
  readonly status: number;
  readonly platform: PcscPlatform;

  constructor(reader: string, condition: ReaderCondition, platform: PcscPlatform) {
    const { status, words, code }: Condition = CONDITIONS[condition];
    super(code, `${reader}: ${words}`);
    this.condition = condition;
    this.status = typeof status === "number" ? status : status[platform];
    this.platform = platform;
  }
}

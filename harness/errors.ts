/**
 * The one error hierarchy of the harness floor. Codes are stable; advice is looked up by code where
 * an error is shown (cli/advice.ts), in both languages.
 */

export type BenchErrorCode =
  /** PC/SC, by what a person can do about it. */
  | "PCSC_PACKAGE_MISSING"
  | "PCSC_LIBRARY_MISSING"
  | "PCSC_SERVICE_STOPPED"
  /** The service runs and will not talk to this user (polkit; reader-facts 1.4). */
  | "PCSC_ACCESS_DENIED"
  /** Serial readers: the package is not installed; the device may not be used. */
  | "SERIAL_PACKAGE_MISSING"
  | "SERIAL_ACCESS_DENIED"
  /** USB HID devices: the package or its library is not installed; the device may not be used. */
  | "HID_PACKAGE_MISSING"
  | "HID_ACCESS_DENIED"
  | "READER_NOT_FOUND"
  | "READER_AMBIGUOUS"
  | "READER_BUSY"
  | "READER_NO_CARD"
  | "READER_CARD_REMOVED"
  | "READER_CARD_RESET"
  | "READER_CARD_MUTE"
  | "READER_LOST"
  | "READER_DEADLINE"
  | "READER_TRANSPORT"
  /** The reader, its driver or the binding cannot do what was asked; nothing reached the card. */
  | "READER_UNSUPPORTED"
  | "READER_NOT_OPEN"
  /** Another run of the bench works with this reader. */
  | "READER_LOCKED"
  /** What puts the card down, takes it away and cuts the power: a relay, a servo, a person. */
  | "ACTUATOR_NOT_FOUND"
  | "ACTUATOR_LOST"
  /** It did not do it in time, or nobody answered. */
  | "ACTUATOR_DEADLINE"
  /** It says, or its state read back says, that it was not done. */
  | "ACTUATOR_FAILED"
  /** It cannot do this at all; nothing was moved. */
  | "ACTUATOR_UNSUPPORTED"
  /** The card answered with a status that is not success. `CardError` tells more. */
  | "CARD_PIN_WRONG"
  | "CARD_PIN_BLOCKED"
  | "CARD_PIN_LAST_TRY"
  | "CARD_PIN_FORMAT"
  | "CARD_NOT_FOUND"
  | "CARD_SECURITY_STATUS"
  | "CARD_UNSUPPORTED"
  | "CARD_WRONG_LENGTH"
  | "CARD_STATUS"
  | "CARD_DATA_INVALID"
  /** The AP a client speaks for is not the one selected (another client, a reset, a new card). */
  | "CARD_NOT_SELECTED"
  /** What a client was asked to send does not fit the command; nothing was sent. */
  | "CARD_INPUT_INVALID"
  /** The card carries no such certificate (under 15, or not asked for): not a failed reading. */
  | "CARD_CERTIFICATE_MISSING"
  /** The card could not prove that it is the one its signed records speak of. */
  | "CARD_NOT_GENUINE"
  /** The guard refused to do this to a physical card. */
  | "GUARD_EFFECT"
  | "GUARD_LAST_TRY"
  /** The run has spent the tries it may; a card that had a surprise gets nothing more. */
  | "GUARD_BUDGET"
  | "GUARD_LATCHED"
  /** A platform refused, failed or could not be reached. */
  | "PLATFORM_UNREACHABLE"
  | "PLATFORM_REFUSED"
  | "PLATFORM_PROTOCOL"
  /** The environment does not hold the credentials of a staging platform. */
  | "PLATFORM_CREDENTIALS"
  /** A vendor's driver of systems under test is not one; or it threw, or did not answer in time. */
  | "RELYING_PARTY_INVALID"
  | "RELYING_PARTY_FAILED"
  /** Scenarios and configuration. */
  | "SCENARIO_UNKNOWN"
  | "SCENARIO_DUPLICATE"
  | "SCENARIO_INVALID"
  | "SCENARIO_NEEDS"
  | "PROJECT_UNKNOWN"
  | "CONFIG_NOT_FOUND"
  | "CONFIG_INVALID"
  | "CLI_USAGE"
  /** A file that was named cannot be read, or not be written. */
  | "FILE_UNREADABLE"
  | "FILE_UNWRITABLE"
  /** A recording that cannot be read; whose holes nobody can fill; that would spend more tries than allowed. */
  | "RECORDING_INVALID"
  | "RECORDING_HOLE"
  | "RECORDING_TRIES"
  | "RUN_FAILED"
  /** A benchmark file does not say what `npm run bench` has to know. */
  | "BENCHMARK_INVALID"
  /** A file that should hold a counterexample of `jpki-bench fuzz` and does not. */
  | "FUZZ_REPLAY_INVALID"
  /** A card that may be a person's would have been fuzzed. */
  | "FUZZ_PHYSICAL";

export class BenchError extends Error {
  override readonly name: string = "BenchError";
  readonly code: BenchErrorCode;

  constructor(code: BenchErrorCode, message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.code = code;
  }
}

/** The message of whatever was thrown. */
export function messageOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}

/** Its first line: what others throw may go on for pages. */
export function firstLineOf(thrown: unknown): string {
  return messageOf(thrown).split("\n")[0] ?? "";
}

/** The code of whatever was thrown, ours or the system's; undefined where it has none. */
export function codeOf(thrown: unknown): string | undefined {
  const code = thrown instanceof Error && "code" in thrown ? thrown.code : undefined;
  return typeof code === "string" ? code : undefined;
}

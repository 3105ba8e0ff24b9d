/**
 * The one error hierarchy of the simulator floor.
 *
 * A code is stable and is what programs match on; the message says what was being done and what was
 * received; what a person can do about it is looked up by code where it is shown (the command line
 * knows both languages).
 */

export type SimulatorErrorCode =
  /** Bytes that are not a command or response APDU (ISO/IEC 7816-4). */
  | "APDU_INVALID"
  /** Bytes that are not BER-TLV, or a tag that is not there (ISO/IEC 7816-4 annex, X.690). */
  | "TLV_INVALID"
  /** Bytes that are not an answer to reset (ISO/IEC 7816-3). */
  | "ATR_INVALID"
  /** A string that should be hexadecimal and is not. */
  | "HEX_INVALID"
  /** A card was used while it has no power, or an image it cannot be built from. */
  | "CARD_UNPOWERED"
  | "CARD_IMAGE_INVALID"
  /** The counter cannot do this to the card: no such PIN is on it, or the value breaks its rule. */
  | "CARD_COUNTER_REFUSED"
  /** A world has no card with this id, or none that an image could be of. */
  | "CARD_UNKNOWN"
  /** A world has no reader of this name. */
  | "READER_UNKNOWN"
  /** No card lies in the simulated reader. */
  | "READER_EMPTY"
  /** A second card cannot be put where one lies already. */
  | "READER_BUSY"
  /** The session is over: its card was taken out, or another client had it reset. */
  | "READER_CARD_REMOVED"
  | "READER_CARD_RESET"
  /** The card took a command and never answered. */
  | "READER_CARD_MUTE"
  /** The simulated reader fails as it was told to; its PC/SC status says how. */
  | "READER_FAILED"
  /** Nobody listens where the virtual PC/SC reader should be, or the link broke. */
  | "VPCD_UNREACHABLE"
  | "VPCD_PROTOCOL"
  /** The virtual card would be handed to another machine, and nobody allowed that. */
  | "VPCD_REMOTE_REFUSED"
  /** The serial device an emulated reader was to hold is not there, or is no serial device. */
  | "SERIAL_UNREACHABLE"
  /** More than a frame between a serial reader and its host can carry. */
  | "SERIAL_FRAME"
  /** Bytes that are no report of the USB device they were meant for or came from. */
  | "HID_REPORT_INVALID"
  /** The emulated USB device was unplugged. */
  | "HID_UNPLUGGED"
  /** A certificate, list or status message that cannot be made or read. */
  | "PKI_INVALID"
  | "PKI_SERIAL_UNKNOWN"
  | "PKI_SERIAL_AMBIGUOUS"
  | "PKI_ALREADY_REVOKED"
  | "PKI_REASON_FORBIDDEN"
  /** The revocation service gave no usable answer. Never to be read as "good". */
  | "PKI_STATUS_UNAVAILABLE"
  /** The certificate is too new to be linked to others of its holder; ask again later. */
  | "PKI_LINKAGE_PENDING"
  | "RESIDENT_UNKNOWN"
  | "PERSONA_UNKNOWN"
  /** The counter does not do it: the resident is gone, or has no card that could be used for it. */
  | "RESIDENT_REFUSED"
  /** A platform profile a vendor supplied does not have the needed shape. */
  | "PLATFORM_PROFILE_INVALID"
  /** A municipal system cannot be registered with a platform as described. */
  | "PLATFORM_REGISTRATION_INVALID"
  /** かざし利用クライアントソフト did not do what it was asked for; `ClientSoftwareError` says why. */
  | "CLIENT_SOFTWARE_REFUSED"
  | "STATE_INVALID"
  | "STATE_IN_USE"
  | "PORT_IN_USE"
  /** No lab answers where one should run. */
  | "LAB_NOT_RUNNING"
  /** A request to a lab's control API that it does not understand. */
  | "CONTROL_INVALID";

export class SimulatorError extends Error {
  override readonly name: string = "SimulatorError";
  readonly code: SimulatorErrorCode;

  constructor(code: SimulatorErrorCode, message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.code = code;
  }
}

/** A rejected byte string; `offset` is the position, in bytes from the start, of the first wrong byte. */
export class CodecError extends SimulatorError {
  override readonly name = "CodecError";
  readonly offset: number;

  constructor(code: SimulatorErrorCode, message: string, offset: number) {
    super(code, `${message} (at byte ${offset})`);
    this.offset = offset;
  }
}

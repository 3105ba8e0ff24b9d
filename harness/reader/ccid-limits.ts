/**
 * How long a command and its answer may be, from what a reader says of itself in its CCID descriptor
 * (USB CCID 1.1 section 5.1; platform-facts CR-21 to CR-23). Some readers say something wrong: a
 * message of less than 271 bytes cannot carry every short command.
 */

/** What a reader announces. */
export interface CcidDescriptor {
  readonly dwFeatures: number;
  readonly dwMaxCCIDMessageLength: number;
}

export interface ReadingLimits {
  /** Greatest number of bytes to ask for at once, 1 to 256. */
  readonly chunk: number;
  /** Whether the extended form is worth a try. */
  readonly extended: boolean;
  /** Whether the announced length cannot be right, or is too small to be of use. */
  readonly doubtful: boolean;
}

const EXTENDED_LEVEL = 0x0004_0000;
/** A header of ten bytes and the longest short command. */
const SHORT_MESSAGE = 271;
const MESSAGE_HEADER = 10;
const STATUS_WORD = 2;
const SHORT_LE_MAX = 256;

/** Limits to read files by; they keep below what is announced, however little that is. */
export function readingLimits(descriptor: CcidDescriptor): ReadingLimits {
  const { dwFeatures, dwMaxCCIDMessageLength: announced } = descriptor;
  const doubtful = announced < SHORT_MESSAGE;
  const room = announced - MESSAGE_HEADER - STATUS_WORD;
  return {
    chunk: Math.min(SHORT_LE_MAX, Math.max(1, room)),
    extended: (dwFeatures & EXTENDED_LEVEL) !== 0 && !doubtful,
    doubtful,
  };
}

/**
 * PC/SC status codes and what each means to a user of the bench (pcsclite.h of pcsc-lite 1.9.9 and
 * its copy in macOS; "Smart Card Return Values" and "System Error Codes" of Microsoft's reference;
 * those met in practice are in reader-facts 2.2). A number can mean different things on different
 * systems, so there is a table for each (platform-facts CR-26).
 */
import { BenchError, type BenchErrorCode, messageOf } from "../../errors.ts";

/** Whose PC/SC it is. */
export type PcscPlatform = "pcsc-lite" | "windows" | "macos";

/** The PC/SC of this machine. */
export function pcscPlatform(system: NodeJS.Platform = process.platform): PcscPlatform {
  if (system === "win32") return "windows";
  return system === "darwin" ? "macos" : "pcsc-lite";
}

type Meanings = ReadonlyMap<number, BenchErrorCode>;

const EVERYWHERE: readonly (readonly [number, BenchErrorCode])[] = [
  [0x80100001, "READER_TRANSPORT"], // internal error
  [0x80100002, "READER_LOST"], // cancelled
  [0x80100003, "READER_NOT_OPEN"], // invalid handle
  [0x80100004, "READER_UNSUPPORTED"], // invalid parameter
  [0x80100006, "READER_TRANSPORT"], // no memory
  [0x80100007, "READER_DEADLINE"], // waited too long
  [0x80100008, "READER_TRANSPORT"], // insufficient buffer
  [0x80100009, "READER_NOT_FOUND"], // unknown reader
  [0x8010000a, "READER_DEADLINE"], // timeout
  [0x8010000b, "READER_BUSY"], // sharing violation
  [0x8010000c, "READER_NO_CARD"], // no smart card
  [0x8010000f, "READER_TRANSPORT"], // protocol mismatch, also for an ATR that makes no sense
  [0x80100010, "READER_TRANSPORT"], // not ready
  [0x80100011, "READER_UNSUPPORTED"], // invalid value
  [0x80100012, "READER_LOST"], // cancelled by the system: logging off
  [0x80100013, "PCSC_SERVICE_STOPPED"], // communication error: the daemon died
  [0x80100014, "READER_TRANSPORT"], // unknown error
  [0x80100015, "READER_TRANSPORT"], // invalid ATR
  [0x80100016, "READER_TRANSPORT"], // not transacted
  [0x80100017, "READER_LOST"], // reader unavailable
  [0x80100018, "READER_LOST"], // shutdown
  [0x80100019, "READER_TRANSPORT"], // PCI too small
  [0x8010001a, "READER_UNSUPPORTED"], // reader unsupported
  [0x8010001d, "PCSC_SERVICE_STOPPED"], // no service
  [0x8010001e, "PCSC_SERVICE_STOPPED"], // service stopped
  [0x8010002e, "READER_NOT_FOUND"], // no readers available
  [0x8010002f, "READER_TRANSPORT"], // communication with the card was lost
  [0x80100031, "READER_BUSY"], // the resource manager is too busy
  [0x80100065, "READER_TRANSPORT"], // unsupported card
  [0x80100066, "READER_CARD_MUTE"], // unresponsive card
  [0x80100067, "READER_CARD_MUTE"], // unpowered card
  [0x80100068, "READER_CARD_RESET"], // reset by another client
  [0x80100069, "READER_CARD_REMOVED"], // removed card
  [0x8010006a, "PCSC_ACCESS_DENIED"], // security violation: polkit, or a policy, said no
];

/** Here "unexpected" and "unsupported feature" share one number, and the latter is what is meant. */
const PCSC_LITE: readonly (readonly [number, BenchErrorCode])[] = [
  [0x8010001f, "READER_UNSUPPORTED"],
];

const WINDOWS: readonly (readonly [number, BenchErrorCode])[] = [
  [0x8010001f, "READER_TRANSPORT"], // unexpected
  [0x80100022, "READER_UNSUPPORTED"], // unsupported feature
  [0x80100027, "PCSC_ACCESS_DENIED"], // no access
  // System errors that drivers and the resource manager pass on. UNVERIFIED: not met by us.
  [0x00000001, "READER_UNSUPPORTED"], // ERROR_INVALID_FUNCTION, from SCardControl
  [0x00000005, "PCSC_ACCESS_DENIED"], // ERROR_ACCESS_DENIED
  [0x00000006, "READER_NOT_OPEN"], // ERROR_INVALID_HANDLE
  [0x00000016, "READER_TRANSPORT"], // ERROR_BAD_COMMAND
  [0x0000001f, "READER_TRANSPORT"], // ERROR_GEN_FAILURE
  [0x00000032, "READER_UNSUPPORTED"], // ERROR_NOT_SUPPORTED
  [0x00000057, "READER_UNSUPPORTED"], // ERROR_INVALID_PARAMETER
  [0x0000006d, "PCSC_SERVICE_STOPPED"], // ERROR_BROKEN_PIPE, also over a remote session
  [0x00000079, "READER_DEADLINE"], // ERROR_SEM_TIMEOUT
  [0x0000045d, "READER_TRANSPORT"], // ERROR_IO_DEVICE
  [0x0000048f, "READER_LOST"], // ERROR_DEVICE_NOT_CONNECTED
];

/** UNVERIFIED: its headers have had both numbers for "unsupported feature", by their version. */
const MACOS: readonly (readonly [number, BenchErrorCode])[] = [
  [0x8010001f, "READER_UNSUPPORTED"],
  [0x80100022, "READER_UNSUPPORTED"],
];

const MEANINGS: Readonly<Record<PcscPlatform, Meanings>> = {
  "pcsc-lite": new Map([...EVERYWHERE, ...PCSC_LITE]),
  windows: new Map([...EVERYWHERE, ...WINDOWS]),
  macos: new Map([...EVERYWHERE, ...MACOS]),
};

/** What a status means on a system. One that is not known counts as a failed transport. */
export function meaningOf(status: number, platform: PcscPlatform): BenchErrorCode {
  return MEANINGS[platform].get(status >>> 0) ?? "READER_TRANSPORT";
}

/** A PC/SC call that failed. */
export class PcscError extends BenchError {
  override readonly name = "PcscError";
  /** As PC/SC gives it, unsigned: 0x80100069. Undefined when the binding did not tell. */
  readonly status: number | undefined;

  constructor(code: BenchErrorCode, message: string, status?: number, cause?: unknown) {
    super(code, message, cause === undefined ? {} : { cause });
    this.status = status;
  }
}

/** The error for a call that gave this status. */
export function statusError(
  status: number,
  message: string,
  options: { readonly platform?: PcscPlatform; readonly cause?: unknown } = {},
): PcscError {
  const { platform = pcscPlatform(), cause } = options;
  const unsigned = status >>> 0;
  const told = `${message} (0x${unsigned.toString(16).padStart(8, "0")})`;
  return new PcscError(meaningOf(unsigned, platform), told, unsigned, cause);
}

/** The status a pcsclite message ends with, as in `(0x8010000c)`: it is told nowhere else. */
export function statusOf(message: string): number | undefined {
  const digits = /\((0x[0-9a-f]{8})\)\s*$/i.exec(message)?.[1];
  return digits === undefined ? undefined : Number.parseInt(digits, 16);
}

/** What a failed call of pcsclite means. */
export function pcscError(error: unknown, platform: PcscPlatform = pcscPlatform()): BenchError {
  if (error instanceof BenchError) return error;
  const message = messageOf(error);
  const status = statusOf(message);
  const code = status === undefined ? "READER_TRANSPORT" : meaningOf(status, platform);
  return new PcscError(code, message, status, error);
}

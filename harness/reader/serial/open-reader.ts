/** Readers on a serial line by the names a configuration gives them, and the one as a machine's own. */
import { type Pn532Options, pn532Reader, rcs620sReader } from "../pn532/index.ts";
import type { Reader, ReaderDirectory } from "../reader.ts";
import { soleReader } from "../sole-reader.ts";
import { type Twn4ReaderOptions, twn4Reader } from "../twn4/index.ts";

/** What is of no concern to a kind of reader is of no effect on it. */
export type SerialReaderOptions = Pn532Options & Twn4ReaderOptions;

const DRIVERS = { pn532: pn532Reader, rcs620s: rcs620sReader, twn4: twn4Reader } as const;

export type SerialDriverName = keyof typeof DRIVERS;

/**
 * A reader on a serial line; nothing is opened before `open`.
 *
 * @example serialReader("pn532", { device: "/dev/ttyUSB0", physical: true })
 */
export function serialReader(driver: SerialDriverName, options: SerialReaderOptions): Reader {
  return DRIVERS[driver](options);
}

/** The directory of a machine that knows this reader alone. */
export function serialDirectory(
  driver: SerialDriverName,
  options: SerialReaderOptions,
): ReaderDirectory {
  return soleReader(options.device, () => serialReader(driver, options));
}

/**
 * A serial line as the drivers see it. The real one is made of the serialport package (port.ts); a
 * test may put an emulated reader behind it.
 */
import type { BenchError } from "../../errors.ts";

export interface SerialLine {
  /** The device's path. */
  readonly path: string;
  /**
   * Sends bytes. Resolves when the system has taken them.
   *
   * @throws BenchError READER_LOST when the line is closed
   */
  write(bytes: Uint8Array): Promise<void>;
  /** Changes the rate, in bits a second, of both directions. */
  setBaudRate(rate: number): Promise<void>;
  /** Says where bytes go from now on, and who is told that the device went away. */
  listen(received: (bytes: Uint8Array) => void, lost: (error: BenchError) => void): void;
  /** Safe to call twice, and after the device went away. */
  close(): Promise<void>;
}

/**
 * @throws BenchError SERIAL_PACKAGE_MISSING, SERIAL_ACCESS_DENIED, READER_NOT_FOUND, READER_BUSY,
 * READER_TRANSPORT
 */
export type OpenLine = (path: string, baudRate: number) => Promise<SerialLine>;

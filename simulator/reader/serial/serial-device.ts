/**
 * An emulated reader on a serial device of this machine, one end of a pty pair as a rule: whoever
 * opens the other end finds the reader there. Node's own terminal streams carry every byte as it is,
 * so no native package is needed. The rate of a real UART is to be set beforehand, with stty.
 */
import { constants, openSync } from "node:fs";
import { ReadStream } from "node:tty";
import { SimulatorError } from "../../errors.ts";
import type { VirtualCard } from "../card-slot.ts";

/** A reader that is a machine from bytes to bytes, such as `Pn532Chip`. */
export interface SerialReader {
  receive(bytes: Uint8Array): void;
  insert(card: VirtualCard): void;
  remove(): VirtualCard | undefined;
  close(): void;
}

export interface ServedReader<T extends SerialReader> {
  readonly reader: T;
  /** Settles when the device went away, or was closed here. */
  readonly closed: Promise<void>;
  /** Switches the reader off and lets go of the device. Safe to call twice. */
  close(): Promise<void>;
}

/**
 * @param path the serial device
 * @param build makes the reader, given what takes its bytes
 * @throws SimulatorError SERIAL_UNREACHABLE when there is no such device, or it is no serial one
 * @example
 * const { reader } = serveOnDevice("/dev/pts/3", (send) => new Pn532Chip({ send, random }));
 * reader.insert(card);
 */
export function serveOnDevice<T extends SerialReader>(
  path: string,
  build: (send: (bytes: Uint8Array) => void) => T,
): ServedReader<T> {
  const line = openLine(path);
  const reader = build((bytes) => {
    if (!line.destroyed) line.write(bytes);
  });
  line.on("data", (bytes) => reader.receive(bytes));
  line.on("error", () => line.destroy());
  const closed = new Promise<void>((resolve) => {
    line.once("close", () => {
      reader.close();
      resolve();
    });
  });
  const close = () => {
    line.destroy();
    return closed;
  };
  return { reader, closed, close };
}

function openLine(path: string): ReadStream {
  try {
    const file = openSync(path, constants.O_RDWR | constants.O_NOCTTY);
    return new ReadStream(file).setRawMode(true);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new SimulatorError("SERIAL_UNREACHABLE", `${path}: ${reason}`, { cause });
  }
}

/**
 * The serialport package (reader-facts 4.1): the part of it that is used, described here because it
 * need not be installed. It is loaded when a line is listed or opened first.
 */
import { BenchError, firstLineOf } from "../../errors.ts";

export type Callback = (error: Error | null | undefined) => void;

export interface Port {
  readonly isOpen: boolean;
  open(done: Callback): void;
  write(bytes: Uint8Array, done: Callback): void;
  update(settings: { baudRate: number }, done: Callback): void;
  close(done: Callback): void;
  on(event: "data", listener: (bytes: Uint8Array) => void): void;
  on(event: "error" | "close", listener: Callback): void;
}

export interface ListedPort {
  readonly path: string;
  readonly manufacturer?: string | undefined;
  readonly vendorId?: string | undefined;
  readonly productId?: string | undefined;
}

export interface PortClass {
  new (settings: { path: string; baudRate: number; autoOpen: false }): Port;
  list(): Promise<readonly ListedPort[]>;
}

const PACKAGE = "serialport";

/** @throws BenchError SERIAL_PACKAGE_MISSING when the package cannot be loaded */
export async function loadSerialPort(name: string = PACKAGE): Promise<PortClass> {
  try {
    const module = (await import(name)) as { SerialPort: PortClass };
    return module.SerialPort;
  } catch (cause) {
    throw new BenchError("SERIAL_PACKAGE_MISSING", firstLineOf(cause), { cause });
  }
}

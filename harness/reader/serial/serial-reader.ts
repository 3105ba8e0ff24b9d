/**
 * What all readers on a serial line have in common: the rules of a session, whatever the reader
 * speaks. A session is an open line; when it is over, the line is let go of.
 */
import { BenchError, type BenchErrorCode } from "../../errors.ts";
import type { CardPresence, Reader, ReaderInfo, TransmitOptions } from "../reader.ts";
import { endsSession } from "../session.ts";
import type { OpenLine, SerialLine } from "./line.ts";
import { openSerialPort } from "./port.ts";

/** One kind of reader, made ready on an open line. */
export interface SerialDevice {
  /** Powers the card anew and activates it. @throws BenchError READER_NO_CARD */
  activate(): Promise<CardPresence>;
  /** Wakes the card once more without taking its power. */
  reactivate(): Promise<CardPresence>;
  /**
   * @param deadline milliseconds
   * @throws BenchError READER_UNSUPPORTED before anything was sent; any other ends the session
   */
  exchange(command: Uint8Array, deadline: number): Promise<Uint8Array>;
  /** Takes the card's power away and leaves the reader as it was found, as far as it still can. */
  release(): Promise<void>;
}

export interface SerialReaderOptions {
  /** Path of the device, such as /dev/ttyUSB0. */
  readonly device: string;
  /** False only where the bench itself put a simulated card there. */
  readonly physical: boolean;
  /** How the line is opened. By the serialport package, unless a test knows better. */
  readonly openLine?: OpenLine;
}

/** How one kind of reader is reached. */
export interface SerialDriver {
  readonly name: string;
  readonly baudRate: number;
  /** Makes the reader on this line ready for cards. */
  start(line: SerialLine): Promise<SerialDevice>;
}

const APDU_DEADLINE = 5_000;

export class SerialReader implements Reader {
  readonly info: ReaderInfo;
  readonly #driver: SerialDriver;
  readonly #options: SerialReaderOptions;
  #session: { readonly line: SerialLine; readonly device: SerialDevice } | undefined;
  /** Why the session ended that was open last. */
  #over: BenchErrorCode = "READER_NOT_OPEN";

  constructor(driver: SerialDriver, options: SerialReaderOptions) {
    const { device, physical } = options;
    this.#driver = driver;
    this.#options = options;
    this.info = { driver: driver.name, name: device, physical };
  }

  async open(): Promise<CardPresence> {
    await this.close();
    const { device: path, openLine = openSerialPort } = this.#options;
    const line = await openLine(path, this.#driver.baudRate);
    try {
      const device = await this.#driver.start(line);
      this.#session = { line, device };
      return await device.activate();
    } catch (error) {
      await this.close();
      await line.close();
      throw error;
    }
  }

  transmit(command: Uint8Array, options: TransmitOptions = {}): Promise<Uint8Array> {
    const { deadline = APDU_DEADLINE } = options;
    return this.#during(async (device) => {
      const response = await device.exchange(command, deadline);
      if (response.length >= 2) return response;
      throw new BenchError("READER_TRANSPORT", "no status word came back");
    });
  }

  reset(kind: "warm" | "cold"): Promise<CardPresence> {
    return this.#during((device) => (kind === "cold" ? device.activate() : device.reactivate()));
  }

  /** Takes the card's power, so that the next user of the reader does not find a PIN verified. */
  async close(): Promise<void> {
    const session = this.#session;
    this.#session = undefined;
    this.#over = "READER_NOT_OPEN";
    // A reader that is gone cannot be tidied up; its line is closed all the same.
    await session?.device.release().catch(() => undefined);
    await session?.line.close();
  }

  async #during<T>(operation: (device: SerialDevice) => Promise<T>): Promise<T> {
    const session = this.#session;
    if (session === undefined) throw new BenchError(this.#over, `${this.info.name} is not open`);
    try {
      return await operation(session.device);
    } catch (error) {
      if (error instanceof BenchError && error.code === "READER_UNSUPPORTED") throw error;
      await this.close();
      this.#over = endCode(error);
      throw error;
    }
  }
}

/** An exchange that broke down leaves nobody sure of what the card has done: the session is over. */
function endCode(error: unknown): BenchErrorCode {
  if (!endsSession(error) || error.code === "READER_DEADLINE") return "READER_LOST";
  return error.code;
}

/**
 * A serial line in memory with an emulated reader at its other end. It keeps what a real line keeps:
 * bytes at the wrong rate arrive as noise, and everything is cut wherever it likes.
 */
import { toHex } from "../../../../simulator/iso7816/index.ts";
import type { SerialReader } from "../../../../simulator/reader/serial/serial-device.ts";
import { BenchError } from "../../../errors.ts";
import type { OpenLine } from "../line.ts";

interface RatedReader extends SerialReader {
  readonly baudRate?: number;
}

export class EmulatedLine<T extends RatedReader> {
  readonly reader: T;
  /** What the host wrote, in hexadecimal, a write an entry. */
  readonly written: string[] = [];
  /** Whether both directions are cut into single bytes. */
  cut = false;
  #rate: number | undefined;
  #received: (bytes: Uint8Array) => void = () => undefined;
  #lost: (error: BenchError) => void = () => undefined;

  constructor(build: (send: (bytes: Uint8Array) => void) => T) {
    this.reader = build((bytes) => this.#carry(bytes, (piece) => this.#received(piece)));
  }

  /** The rate the host has set; undefined while the line is closed. */
  get rate(): number | undefined {
    return this.#rate;
  }

  /** As when somebody pulls the plug. */
  unplug(): void {
    this.#rate = undefined;
    this.#lost(new BenchError("READER_LOST", "unplugged"));
  }

  readonly open: OpenLine = async (path, baudRate) => {
    if (this.#rate !== undefined) throw new BenchError("READER_BUSY", `${path} is in use`);
    this.#rate = baudRate;
    return {
      path,
      write: async (bytes) => {
        if (this.#rate === undefined) throw new BenchError("READER_LOST", `${path} is closed`);
        this.written.push(toHex(bytes));
        this.#carry(bytes, (piece) => this.reader.receive(piece));
      },
      setBaudRate: async (rate) => {
        this.#rate = rate;
      },
      listen: (received, lost) => {
        this.#received = received;
        this.#lost = lost;
      },
      close: async () => {
        this.#rate = undefined;
        this.#received = () => undefined;
      },
    };
  };

  #carry(bytes: Uint8Array, deliver: (piece: Uint8Array) => void): void {
    const { baudRate = this.#rate } = this.reader;
    const legible = baudRate === this.#rate ? bytes : bytes.map((byte) => byte ^ 0x5a);
    if (!this.cut) deliver(legible);
    else for (const byte of legible) deliver(Uint8Array.of(byte));
  }
}

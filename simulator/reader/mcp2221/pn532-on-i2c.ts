/**
 * An emulated PN532 with its switches set to I2C (NXP UM0701-02 section 6.2.4): address 24h, frames as
 * on the serial line, and a ready byte before everything that is read, 01 when a frame waits and 00
 * when none does. A read of the ready byte alone takes nothing away.
 */
import { concat } from "../../iso7816/index.ts";
import { Pn532Chip, type Pn532ChipOptions } from "../pn532/index.ts";
import type { I2cDevice } from "./bridge.ts";

/** Takes the chip's serial side out of its sleep, which I2C's address does by itself. */
const WAKE = new Uint8Array(5).fill(0x55);

export class Pn532OnI2c implements I2cDevice {
  readonly address = 0x24;
  readonly chip: Pn532Chip;
  readonly #waiting: Uint8Array[] = [];

  constructor(options: Omit<Pn532ChipOptions, "send" | "model">) {
    this.chip = new Pn532Chip({ ...options, send: (bytes) => void this.#waiting.push(bytes) });
  }

  write(bytes: Uint8Array): void {
    // What was not fetched is overtaken by the next command.
    this.#waiting.length = 0;
    this.chip.receive(concat(WAKE, bytes));
  }

  read(length: number): Uint8Array {
    const answer = new Uint8Array(length);
    const [frame] = this.#waiting;
    if (frame === undefined) return answer;
    answer[0] = 0x01;
    if (length === 1) return answer;
    this.#waiting.shift();
    answer.set(frame.subarray(0, length - 1), 1);
    return answer;
  }
}

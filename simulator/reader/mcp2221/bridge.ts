/**
 * An emulated MCP2221A with one device on its I2C bus: a machine from reports to reports
 * (DS20005565 section 3; reader-facts 3.2).
 */
import { SimulatorError } from "../../errors.ts";
import { concat } from "../../iso7816/index.ts";
import {
  type BridgeAnswer,
  type BridgeCommand,
  decodeBridgeCommand,
  ENGINE,
  encodeBridgeAnswer,
  I2C_PIECE,
  MCP2221,
} from "./report.ts";

/** A device on the bus. */
export interface I2cDevice {
  /** Seven bits. */
  readonly address: number;
  write(bytes: Uint8Array): void;
  /** As many bytes as the host clocks out, whatever the device has. */
  read(length: number): Uint8Array;
}

export type BridgeFault =
  /** The I2C engine is busy with the next command, which is to be sent again. */
  | "busy"
  /** Nobody acknowledges the address: the device has no supply, or a wire is loose. */
  | "no-address-ack"
  /** A report is taken, and no answer comes. */
  | "mute"
  /** The cable is pulled. */
  | "unplugged";

const NOTHING: Uint8Array = new Uint8Array(0);

export class Mcp2221 {
  readonly #device: I2cDevice;
  readonly #answers: Uint8Array[] = [];
  readonly #faults: BridgeFault[] = [];
  #writing: Uint8Array = NOTHING;
  #read: Uint8Array = NOTHING;
  #engine: number = ENGINE.idle;
  #plugged = true;

  constructor(device: I2cDevice) {
    this.#device = device;
  }

  /** Lets something go wrong once, at the next report. */
  arm(fault: BridgeFault): void {
    this.#faults.push(fault);
  }

  replug(): void {
    this.#plugged = true;
  }

  /** Takes a report of 65 bytes. @throws SimulatorError HID_UNPLUGGED, HID_REPORT_INVALID */
  async write(report: Uint8Array): Promise<void> {
    const fault = this.#faults.shift();
    if (fault === "unplugged") this.#unplug();
    this.#requirePlugged();
    const command = decodeBridgeCommand(report);
    const answer = this.#obey(command, fault);
    if (fault !== "mute") this.#answers.push(encodeBridgeAnswer(answer));
  }

  /** The next answer of 64 bytes; undefined when there is none. @throws SimulatorError HID_UNPLUGGED */
  async read(): Promise<Uint8Array | undefined> {
    this.#requirePlugged();
    return this.#answers.shift();
  }

  #obey(command: BridgeCommand, fault: BridgeFault | undefined): BridgeAnswer {
    const { code } = command;
    const answer = (accepted: boolean, data = NOTHING) => {
      return { code, accepted, engine: this.#engine, data };
    };
    if (fault === "busy") return answer(false);
    if (code === MCP2221.status) {
      if (command.cancels) this.#cancel();
      return answer(true);
    }
    if (code === MCP2221.getData) return this.#fetch(answer);
    if (code !== MCP2221.write && code !== MCP2221.read) return answer(false);
    const there = fault !== "no-address-ack" && command.address === this.#device.address;
    if (there) this.#transfer(command);
    this.#engine = there ? ENGINE.idle : ENGINE.noAddressAck;
    return answer(true);
  }

  #transfer({ code, length, piece }: BridgeCommand): void {
    if (code === MCP2221.read) {
      this.#read = this.#device.read(length);
      return;
    }
    const missing = length - this.#writing.length;
    this.#writing = concat(this.#writing, piece.subarray(0, Math.min(missing, I2C_PIECE)));
    if (this.#writing.length < length) return;
    this.#device.write(this.#writing);
    this.#writing = NOTHING;
  }

  #fetch(answer: (accepted: boolean, data?: Uint8Array) => BridgeAnswer): BridgeAnswer {
    if (this.#read.length === 0) return answer(false);
    const piece = this.#read.subarray(0, I2C_PIECE);
    this.#read = this.#read.slice(I2C_PIECE);
    return {
      ...answer(true, piece),
      engine: this.#read.length > 0 ? ENGINE.partial : ENGINE.complete,
    };
  }

  #cancel(): void {
    this.#writing = NOTHING;
    this.#read = NOTHING;
    this.#engine = ENGINE.idle;
  }

  #unplug(): void {
    this.#plugged = false;
    this.#answers.length = 0;
    this.#cancel();
  }

  #requirePlugged(): void {
    if (!this.#plugged) throw new SimulatorError("HID_UNPLUGGED", "the bridge is unplugged");
  }
}

/**
 * I2C through an MCP2221A (DS20005565 section 3; reader-facts 3.2). The bridge does one thing at a
 * time and answers every report, so calls must not overlap.
 */
import { setTimeout as delay } from "node:timers/promises";
import { SimulatorError } from "../../../simulator/errors.ts";
import { concat } from "../../../simulator/iso7816/index.ts";
import {
  type BridgeAnswer,
  cancelReport,
  decodeBridgeAnswer,
  ENGINE,
  getDataReport,
  readReport,
  speedReport,
  writeReports,
} from "../../../simulator/reader/mcp2221/index.ts";
import { BenchError } from "../../errors.ts";
import type { HidPort } from "./port.ts";

/** Milliseconds for the bridge's own answer. */
const ANSWERED_WITHIN = 1_000;
/** The bridge says that it is busy until the bus has done; 275 bytes take 25 ms at 100 kHz. */
const PATIENCE = 500;
const PAUSE = 1;

export class I2cBus {
  readonly #port: HidPort;

  private constructor(port: HidPort) {
    this.#port = port;
  }

  /**
   * Frees the bus from what an earlier user left and sets its speed.
   *
   * @param hertz of the bus
   */
  static async start(port: HidPort, hertz: number): Promise<I2cBus> {
    const bus = new I2cBus(port);
    await bus.#accepted(cancelReport());
    await bus.#accepted(speedReport(hertz));
    return bus;
  }

  /** @throws BenchError READER_LOST when no device answers there, READER_DEADLINE, READER_TRANSPORT */
  async write(address: number, data: Uint8Array): Promise<void> {
    for (const report of writeReports(address, data)) await this.#transferred(report, address);
  }

  /** Exactly `length` bytes. Throws as `write` does. */
  async read(address: number, length: number): Promise<Uint8Array> {
    await this.#transferred(readReport(address, length), address);
    let bytes: Uint8Array = new Uint8Array(0);
    while (bytes.length < length) {
      const { data } = await this.#accepted(getDataReport());
      if (data.length === 0) throw new BenchError("READER_TRANSPORT", "the bridge read nothing");
      bytes = concat(bytes, data);
    }
    return bytes.subarray(0, length);
  }

  async #transferred(report: Uint8Array, address: number): Promise<void> {
    const { engine } = await this.#accepted(report);
    if (engine !== ENGINE.noAddressAck) return;
    await this.#accepted(cancelReport());
    const device = address.toString(16);
    throw new BenchError("READER_LOST", `nothing answers at address ${device} of the I2C bus`);
  }

  /** A bridge that is busy has not taken the report, so sending it again repeats nothing. */
  async #accepted(report: Uint8Array): Promise<BridgeAnswer> {
    const end = performance.now() + PATIENCE;
    for (;;) {
      const answer = await this.#exchange(report);
      if (answer.accepted) return answer;
      if (performance.now() > end) {
        await this.#exchange(cancelReport());
        throw new BenchError("READER_DEADLINE", `the bridge was busy for ${PATIENCE} ms`);
      }
      await delay(PAUSE);
    }
  }

  async #exchange(report: Uint8Array): Promise<BridgeAnswer> {
    await this.#port.write(report);
    const answer = decoded(await this.#port.read(ANSWERED_WITHIN));
    if (answer.code === report[1]) return answer;
    throw new BenchError("READER_TRANSPORT", "the bridge answers another command");
  }
}

function decoded(report: Uint8Array): BridgeAnswer {
  try {
    return decodeBridgeAnswer(report);
  } catch (cause) {
    if (!(cause instanceof SimulatorError)) throw cause;
    throw new BenchError("READER_TRANSPORT", cause.message, { cause });
  }
}

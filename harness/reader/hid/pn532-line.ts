/**
 * A PN532 on I2C behind an MCP2221A, as a line to the PN532 driver (NXP UM0701-02 section 6.2.4;
 * reader-facts 3.2, 4.2). Frames are those of the serial line; the difference is that I2C lets nobody
 * speak unasked: after a frame was written, the ready byte is read again and again until the answer is
 * there. The driver's deadlines hold; they end the asking by what they send next.
 */
import { setTimeout as delay } from "node:timers/promises";
import { MCP2221_PRODUCT, MCP2221_VENDOR } from "../../../simulator/reader/mcp2221/index.ts";
import { BenchError, messageOf } from "../../errors.ts";
import { pn532Reader } from "../pn532/index.ts";
import type { Reader, ReaderDirectory } from "../reader.ts";
import type { OpenLine, SerialLine } from "../serial/line.ts";
import { soleReader } from "../sole-reader.ts";
import { I2cBus } from "./i2c-bus.ts";
import { nodeHidHost } from "./node-hid.ts";
import { findHid, type HidDevice, type HidHost, type HidPort, withDeadline } from "./port.ts";

export interface BridgedPn532Options {
  /** The bridge's path; may be left out where there is one only. */
  readonly device?: string | undefined;
  /** False only where the bench itself put a simulated card there. */
  readonly physical: boolean;
  /** Of this machine, by node-hid, unless a test knows better. */
  readonly hid?: HidHost;
}

const ADDRESS = 0x24;
const HERTZ = 100_000;
const CALL_DEADLINE = 2_000;
const READY = 0x01;
/** The longest frame: ten bytes around 265 of content. */
const FRAME_MAX = 275;
const ACK_LENGTH = 6;
const LOOK_EVERY = 2;

/**
 * A PN532 behind an MCP2221A.
 *
 * UNVERIFIED: neither was at hand. The chip is read for the longest frame at once, as libnfc does,
 * and what follows a shorter one is thrown away.
 */
export function bridgedPn532Reader({
  device,
  physical,
  hid = nodeHidHost(),
}: BridgedPn532Options): Reader {
  return pn532Reader({ device: nameOf(device), physical, openLine: bridgedLine(hid, device) });
}

/** The directory of a machine that knows this reader alone. */
export function bridgedDirectory(options: BridgedPn532Options): ReaderDirectory {
  return soleReader(nameOf(options.device), () => bridgedPn532Reader(options));
}

/**
 * The bridge on this machine.
 *
 * @param path may be left out where there is one only
 * @throws BenchError READER_NOT_FOUND, READER_AMBIGUOUS; HID_PACKAGE_MISSING, READER_UNSUPPORTED
 */
export async function findBridge(
  path: string | undefined,
  hid: HidHost = nodeHidHost(),
): Promise<HidDevice> {
  return findHid(hid, { vendorId: MCP2221_VENDOR, productId: MCP2221_PRODUCT, path });
}

function nameOf(device = "MCP2221A"): string {
  return device;
}

function bridgedLine(hid: HidHost, path: string | undefined): OpenLine {
  return async () => {
    const found = await findBridge(path, hid);
    const port = withDeadline(await hid.open(found.path), CALL_DEADLINE);
    try {
      return new Pn532I2cLine(port, await I2cBus.start(port, HERTZ));
    } catch (error) {
      await port.close();
      throw error;
    }
  };
}

class Pn532I2cLine implements SerialLine {
  readonly path: string;
  readonly #port: HidPort;
  readonly #bus: I2cBus;
  #received: (bytes: Uint8Array) => void = () => undefined;
  #lost: (error: BenchError) => void = () => undefined;
  /** The asking for an answer that is under way, and what ends it. */
  #asking: Promise<void> = Promise.resolve();
  #enough = new AbortController();

  constructor(port: HidPort, bus: I2cBus) {
    this.path = port.path;
    this.#port = port;
    this.#bus = bus;
  }

  async write(bytes: Uint8Array): Promise<void> {
    // What is no frame is the serial line's wake-up call; on I2C the address itself wakes the chip.
    if (!isFrame(bytes)) return;
    await this.#stopAsking();
    await this.#bus.write(ADDRESS, bytes);
    // The host's own ACK calls a command off, and has no answer.
    if (isAcknowledgement(bytes)) return;
    this.#enough = new AbortController();
    this.#asking = this.#ask(this.#enough.signal);
  }

  async setBaudRate(): Promise<void> {
    throw new BenchError("READER_UNSUPPORTED", "a PN532 on I2C has no rate of its own");
  }

  listen(received: (bytes: Uint8Array) => void, lost: (error: BenchError) => void): void {
    this.#received = received;
    this.#lost = lost;
  }

  async close(): Promise<void> {
    await this.#stopAsking();
    await this.#port.close();
  }

  async #stopAsking(): Promise<void> {
    this.#enough.abort();
    await this.#asking;
  }

  /** What the chip has to say; nothing while it is not ready. */
  async #frame(): Promise<Uint8Array | undefined> {
    const [ready] = await this.#bus.read(ADDRESS, 1);
    if (ready !== READY) return undefined;
    return frameIn((await this.#bus.read(ADDRESS, 1 + FRAME_MAX)).subarray(1));
  }

  /** Hands over acknowledgement and answer as they come; a bus that fails is told as a lost line. */
  async #ask(enough: AbortSignal): Promise<void> {
    try {
      while (!enough.aborted) {
        const frame = await this.#frame();
        if (frame === undefined) await delay(LOOK_EVERY);
        else this.#received(frame);
        if (frame !== undefined && !isAcknowledgement(frame)) return;
      }
    } catch (error) {
      const message = `${this.path}: ${messageOf(error)}`;
      this.#lost(new BenchError("READER_LOST", message, { cause: error }));
    }
  }
}

function isFrame([first, second, third]: Uint8Array): boolean {
  return first === 0x00 && second === 0x00 && third === 0xff;
}

function isAcknowledgement(frame: Uint8Array): boolean {
  return isFrame(frame) && frame[3] === 0x00 && frame[4] === 0xff;
}

/** What the chip has sent without what it was clocked for beyond it; a damaged frame as it came. */
function frameIn(bytes: Uint8Array): Uint8Array {
  if (!isFrame(bytes)) return bytes;
  const [, , , first = 0, second = 0, high = 0, low = 0] = bytes;
  if (first === 0x00 && second === 0xff) return bytes.subarray(0, ACK_LENGTH);
  if (first === 0xff && second === 0x00) return bytes.subarray(0, ACK_LENGTH);
  if (first === 0xff && second === 0xff) return bytes.subarray(0, ((high << 8) | low) + 10);
  return bytes.subarray(0, first + 7);
}

/**
 * Readers with a PN53x on a serial line: the PN532 itself, on its high speed UART, and Sony's
 * RC-S620/S, which speaks the same (reader-facts 4.2, 4.3).
 */
import { type BaudRate, COMMAND, FIRST_BAUD_RATE } from "../../../simulator/reader/pn532/index.ts";
import { BenchError } from "../../errors.ts";
import type { Reader } from "../reader.ts";
import {
  type SerialDriver,
  SerialReader,
  type SerialReaderOptions,
} from "../serial/serial-reader.ts";
import { Pn532Device } from "./chip.ts";
import { Pn532Link } from "./link.ts";

export interface Pn532Options extends SerialReaderOptions {
  /** Bits a second while a card is in use. Default 115200, which every wiring stands. */
  readonly baudRate?: BaudRate | undefined;
}

const DEADLINE = 2_000;
const WAKE_DEADLINE = 600;
const ATTEMPTS = 3;
/** Wakes the chip; it hears nothing else until it is awake. */
const WAKE_UP = Uint8Array.of(0x55, 0x55, ...new Uint8Array(14));
const SAM_NORMAL = Uint8Array.of(0x01, 0x00, 0x01);
const IC_PN532 = 0x32;
const SUPPORTS_TYPE_B = 0x02;
const NOTHING = new Uint8Array(0);

/** A PN532 in HSU mode. @example pn532Reader({ device: "/dev/ttyUSB0", physical: true }) */
export function pn532Reader(options: Pn532Options): Reader {
  return new SerialReader(driver("pn532", wakePn532, options), options);
}

/** UNVERIFIED: no RC-S620/S was at hand; commands are as in reader-facts 4.3. */
export function rcs620sReader(options: Pn532Options): Reader {
  return new SerialReader(driver("rcs620s", resetRcs620s, options), options);
}

function driver(
  name: string,
  wake: (link: Pn532Link) => Promise<void>,
  { baudRate = FIRST_BAUD_RATE }: Pn532Options,
): SerialDriver {
  return {
    name,
    baudRate: FIRST_BAUD_RATE,
    start: async (line) => {
      const link = new Pn532Link(line);
      await patiently(() => wake(link));
      requireTypeB(await link.command(COMMAND.getFirmwareVersion, NOTHING, DEADLINE));
      const device = new Pn532Device(link);
      if (baudRate !== FIRST_BAUD_RATE) await device.changeBaudRate(baudRate);
      await device.configure();
      return device;
    },
  };
}

/** SAMConfiguration takes the chip out of its low-battery mode, in which the antenna is dead. */
async function wakePn532(link: Pn532Link): Promise<void> {
  await link.send(WAKE_UP);
  await link.command(COMMAND.samConfiguration, SAM_NORMAL, WAKE_DEADLINE);
}

async function resetRcs620s(link: Pn532Link): Promise<void> {
  await link.command(COMMAND.reset, Uint8Array.of(0x01), WAKE_DEADLINE);
}

/** What comes before any card may be repeated, and is: a chip that was just plugged in is slow. */
async function patiently(attempt: () => Promise<void>): Promise<void> {
  for (let left = ATTEMPTS; ; left -= 1) {
    try {
      return await attempt();
    } catch (error) {
      const late = error instanceof BenchError && error.code === "READER_DEADLINE";
      if (!late || left <= 1) throw error;
    }
  }
}

function requireTypeB([ic, , , support = 0]: Uint8Array): void {
  if (ic !== IC_PN532 || (support & SUPPORTS_TYPE_B) !== 0) return;
  throw new BenchError("READER_UNSUPPORTED", "this PN532 does not support type B cards");
}

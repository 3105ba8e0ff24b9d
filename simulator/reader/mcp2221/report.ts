/**
 * Reports of the MCP2221A, Microchip's bridge from USB HID to I2C (DS20005565 section 3; reader-facts
 * 3.2): pure functions on bytes, for the host and for the emulated bridge. Reports are of 64 bytes and
 * have no id; a host puts 00 before those it sends. Every answer begins with the command's code.
 */
import { SimulatorError } from "../../errors.ts";
import { byteAt, concat, toHex } from "../../iso7816/index.ts";

export const MCP2221_VENDOR = 0x04d8;
export const MCP2221_PRODUCT = 0x00dd;
export const MCP2221_REPORT_LENGTH = 64;
/** I2C bytes in one report, either way. */
export const I2C_PIECE = 60;

export const MCP2221 = { status: 0x10, getData: 0x40, write: 0x90, read: 0x91 } as const;

const HOST_LENGTH = MCP2221_REPORT_LENGTH + 1;
const LENGTH_MAX = 0xffff;
const ADDRESS_MAX = 0x7f;
const CANCEL = 0x10;
const SET_SPEED = 0x20;
const OSCILLATOR = 12_000_000;
/** Length byte of an answer to 40 that carries nothing because of an error. */
const NO_DATA = 0x7f;

/** States of the bridge's I2C engine that matter to a host. */
export const ENGINE = { idle: 0x00, noAddressAck: 0x25, partial: 0x54, complete: 0x55 } as const;

/** Ends whatever transfer is under way and frees the bus. */
export function cancelReport(): Uint8Array {
  return hostReport(MCP2221.status, 0x00, CANCEL);
}

/** @param hertz of the bus, 47000 to 400000 */
export function speedReport(hertz: number): Uint8Array {
  return hostReport(MCP2221.status, 0x00, 0x00, SET_SPEED, Math.round(OSCILLATOR / hertz) - 3);
}

/**
 * The reports that write `data` to a device: each carries up to 60 bytes and the length of the whole.
 *
 * @param address seven bits
 * @throws SimulatorError HID_REPORT_INVALID for an address of more, or for no or more than 65535 bytes
 */
export function writeReports(address: number, data: Uint8Array): Uint8Array[] {
  const head = transferHead(MCP2221.write, address << 1, address, data.length);
  const count = Math.ceil(data.length / I2C_PIECE);
  return Array.from({ length: count }, (_, i) =>
    hostReport(...head, ...data.subarray(i * I2C_PIECE, (i + 1) * I2C_PIECE)),
  );
}

/** Starts reading `length` bytes; `getDataReport` fetches them. Throws as `writeReports` does. */
export function readReport(address: number, length: number): Uint8Array {
  return hostReport(...transferHead(MCP2221.read, (address << 1) | 1, address, length));
}

export function getDataReport(): Uint8Array {
  return hostReport(MCP2221.getData);
}

function transferHead(code: number, byte: number, address: number, length: number): number[] {
  if (address < 0 || address > ADDRESS_MAX || length < 1 || length > LENGTH_MAX) {
    throw new SimulatorError(
      "HID_REPORT_INVALID",
      `an I2C transfer of ${length} bytes with device ${address}`,
    );
  }
  return [code, length & 0xff, length >> 8, byte];
}

function hostReport(...bytes: number[]): Uint8Array {
  const report = new Uint8Array(HOST_LENGTH);
  report.set(bytes, 1);
  return report;
}

export interface BridgeAnswer {
  readonly code: number;
  /** False while the bridge is busy or has nothing: the command is to be sent again, later. */
  readonly accepted: boolean;
  /** State of the I2C engine. */
  readonly engine: number;
  /** What was read; empty but in an answer to `getDataReport`. */
  readonly data: Uint8Array;
}

/** @throws SimulatorError HID_REPORT_INVALID */
export function decodeBridgeAnswer(report: Uint8Array): BridgeAnswer {
  if (report.length !== MCP2221_REPORT_LENGTH) throw invalid(report);
  const [code, status, engine] = [byteAt(report, 0), byteAt(report, 1), byteAt(report, 2)];
  const length = code === MCP2221.getData ? byteAt(report, 3) : 0;
  const carried = length === NO_DATA ? 0 : length;
  if (carried > I2C_PIECE) throw invalid(report);
  return { code, accepted: status === 0, engine, data: report.slice(4, 4 + carried) };
}

/** What the bridge sends; `data` only in an answer to `getDataReport`. */
export function encodeBridgeAnswer({ code, accepted, engine, data }: BridgeAnswer): Uint8Array {
  const report = new Uint8Array(MCP2221_REPORT_LENGTH);
  const refused = code === MCP2221.getData ? 0x41 : 0x01;
  const length = accepted ? data.length : NO_DATA;
  const head = Uint8Array.of(code, accepted ? 0 : refused, engine);
  report.set(code === MCP2221.getData ? concat(head, Uint8Array.of(length), data) : head);
  return report;
}

export interface BridgeCommand {
  readonly code: number;
  /** Seven bits; of a transfer. */
  readonly address: number;
  /** Of the whole transfer. */
  readonly length: number;
  readonly cancels: boolean;
  /** The piece of a write that this report carries, with what may follow it. */
  readonly piece: Uint8Array;
}

/** @throws SimulatorError HID_REPORT_INVALID for anything that is not 65 bytes behind a 00 */
export function decodeBridgeCommand(report: Uint8Array): BridgeCommand {
  if (report.length !== HOST_LENGTH || report[0] !== 0) throw invalid(report);
  const code = byteAt(report, 1);
  return {
    code,
    address: byteAt(report, 4) >> 1,
    length: byteAt(report, 2) | (byteAt(report, 3) << 8),
    cancels: code === MCP2221.status && report[3] === CANCEL,
    piece: report.slice(5),
  };
}

function invalid(report: Uint8Array): SimulatorError {
  const begins = toHex(report.subarray(0, 8));
  return new SimulatorError(
    "HID_REPORT_INVALID",
    `${report.length} bytes that begin with ${begins} are no report of an MCP2221A`,
  );
}

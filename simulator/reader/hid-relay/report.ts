/**
 * Reports of USB relay boards of the kind 16C0:05DF, "USBRelayN" (reader-facts 3.2, from the sources
 * of usbrelay, usb-relay-hid and sigrok): pure functions on bytes, for the host and for the emulated
 * board. A command is nine bytes, `00 CMD N 00...`; a state is the board's five letters and a byte in
 * which bit 0 is relay 1.
 */
import { SimulatorError } from "../../errors.ts";
import { byteAt, toHex } from "../../iso7816/index.ts";

export const RELAY_VENDOR = 0x16c0;
export const RELAY_PRODUCT = 0x05df;
/** Report id included. */
export const RELAY_REPORT_LENGTH = 9;
/** What a state is asked for by. */
export const STATE_REPORT_ID = 0x01;
export const RELAYS_MAX = 8;

const CODE = { on: 0xff, off: 0xfd, "all-on": 0xfe, "all-off": 0xfc, "set-serial": 0xfa } as const;
const SERIAL = /^[\x21-\x7e]{5}$/;
const STATE_AT = 7;

export type RelayCommand =
  | { readonly kind: "on" | "off" /** From 1. */; readonly channel: number }
  | { readonly kind: "all-on" | "all-off" }
  | { readonly kind: "set-serial" /** Five ASCII characters. */; readonly serial: string };

export interface RelayState {
  /** The five characters a board is known by; it has no serial number of USB's. */
  readonly serial: string;
  /** Numbers of the relays that are on. */
  readonly on: ReadonlySet<number>;
}

/** @throws SimulatorError HID_REPORT_INVALID for a channel not from 1 to 8, a serial not of five characters */
export function encodeRelayCommand(command: RelayCommand): Uint8Array {
  const report = new Uint8Array(RELAY_REPORT_LENGTH);
  report[1] = CODE[command.kind];
  if (command.kind === "on" || command.kind === "off") report[2] = requireChannel(command.channel);
  if (command.kind === "set-serial") report.set(asciiOf(command.serial), 2);
  return report;
}

/** @throws SimulatorError HID_REPORT_INVALID for anything else than `encodeRelayCommand` makes */
export function decodeRelayCommand(report: Uint8Array): RelayCommand {
  if (report.length !== RELAY_REPORT_LENGTH || report[0] !== 0) throw invalid("command", report);
  const code = byteAt(report, 1);
  if (code === CODE["all-on"]) return { kind: "all-on" };
  if (code === CODE["all-off"]) return { kind: "all-off" };
  if (code === CODE.on || code === CODE.off) {
    return { kind: code === CODE.on ? "on" : "off", channel: requireChannel(byteAt(report, 2)) };
  }
  if (code === CODE["set-serial"]) return { kind: "set-serial", serial: serialAt(report, 2) };
  throw invalid("command", report);
}

/** Eight bytes, as the board sends them; some systems put the report's id before them. */
export function encodeRelayState({ serial, on }: RelayState): Uint8Array {
  const report = new Uint8Array(STATE_AT + 1);
  report.set(asciiOf(serial));
  report[STATE_AT] = [...on].reduce((bits, channel) => bits | (1 << (channel - 1)), 0);
  return report;
}

/**
 * Reads a state with the report's id before it or without.
 *
 * @throws SimulatorError HID_REPORT_INVALID when no board's serial stands in either place
 */
export function decodeRelayState(report: Uint8Array): RelayState {
  // No serial begins with a control character, so an id tells itself apart.
  const start = report[0] === 0x00 || report[0] === STATE_REPORT_ID ? 1 : 0;
  if (report.length <= start + STATE_AT) throw invalid("state", report);
  const bits = byteAt(report, start + STATE_AT);
  const channels = Array.from({ length: RELAYS_MAX }, (_, i) => i + 1);
  const on = new Set(channels.filter((channel) => (bits & (1 << (channel - 1))) !== 0));
  return { serial: serialAt(report, start), on };
}

function requireChannel(channel: number): number {
  if (Number.isInteger(channel) && channel >= 1 && channel <= RELAYS_MAX) return channel;
  throw new SimulatorError(
    "HID_REPORT_INVALID",
    `relay ${channel}; boards have 1 to ${RELAYS_MAX}`,
  );
}

function asciiOf(serial: string): Uint8Array {
  if (!SERIAL.test(serial)) {
    throw new SimulatorError("HID_REPORT_INVALID", "a board's serial is five ASCII characters");
  }
  return Uint8Array.from(serial, (letter) => letter.charCodeAt(0));
}

function serialAt(report: Uint8Array, start: number): string {
  const serial = String.fromCharCode(...report.subarray(start, start + 5));
  if (SERIAL.test(serial)) return serial;
  throw invalid("report", report);
}

function invalid(what: string, report: Uint8Array): SimulatorError {
  return new SimulatorError(
    "HID_REPORT_INVALID",
    `${toHex(report)} is no ${what} of a relay board`,
  );
}

/**
 * What hangs on this machine besides PC/SC readers, as `jpki-bench readers` lists it: serial lines and
 * the HID devices a bench works with. Nothing is opened: what an unknown line would do with a first
 * byte nobody can say.
 */
import { BenchError } from "../errors.ts";
import { type HidDevice, nodeHidHost } from "../reader/hid/index.ts";
import { listSerialLines } from "../reader/serial/list.ts";

export interface DeviceRow {
  readonly driver: "serial" | "hid" | "simulated";
  /** What a configuration names it by, where it does. */
  readonly name: string;
  /** What it seems to be. */
  readonly device: string;
}

/** A kind of devices that could not be listed, and the code of why. */
export interface Unlisted {
  readonly driver: "serial" | "hid";
  readonly problem: string;
}

export interface Devices {
  readonly rows: readonly DeviceRow[];
  readonly unlisted: readonly Unlisted[];
}

/** By vendor and product (reader-facts 3.2); the rest of a machine's HID devices is nobody's concern. */
const KNOWN_HID: ReadonlyMap<string, string> = new Map([
  ["16c0:05df", "USB relay board (if it calls itself USBRelayN)"],
  ["0519:2018", "USB relay board, Ucreate"],
  ["04d8:00dd", "MCP2221A USB-I2C/GPIO bridge"],
  ["0c27:3bfa", "RF IDeas pcProx: tells an id only, and speaks no APDU"],
]);

const SIMULATED: DeviceRow = {
  driver: "simulated",
  name: "simulator",
  device: "jpki-bench, a simulated card in each scenario",
};

/** Never throws for what is not installed: that is told beside what was found. */
export async function findDevices(): Promise<Devices> {
  const serial = await listed("serial", serialRows);
  const hid = await listed("hid", async () => hidRows(await nodeHidHost().list()));
  return {
    rows: [...serial.rows, ...hid.rows, SIMULATED],
    unlisted: [...serial.unlisted, ...hid.unlisted],
  };
}

async function listed(
  driver: Unlisted["driver"],
  list: () => Promise<DeviceRow[]>,
): Promise<Devices> {
  try {
    return { rows: await list(), unlisted: [] };
  } catch (error) {
    if (!(error instanceof BenchError)) throw error;
    return { rows: [], unlisted: [{ driver, problem: error.code }] };
  }
}

async function serialRows(): Promise<DeviceRow[]> {
  const lines = await listSerialLines();
  return lines.map(({ path, maker }) => ({ driver: "serial", name: path, device: maker }));
}

/** Those of a machine's HID devices that are known here. */
export function hidRows(devices: readonly HidDevice[]): DeviceRow[] {
  return devices.flatMap(({ path, vendorId, productId, product = "" }) => {
    const known = KNOWN_HID.get(usbId(vendorId, productId));
    const device = `${product} ${known}`.trim();
    return known === undefined ? [] : [{ driver: "hid", name: path, device } as const];
  });
}

function usbId(vendor: number, product: number): string {
  return [vendor, product].map((id) => id.toString(16).padStart(4, "0")).join(":");
}

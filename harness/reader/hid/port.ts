/**
 * A USB HID device as the drivers see it. The real one is made of the node-hid package (node-hid.ts);
 * a test may put an emulated device behind it. Reports begin with their id, 00 where a device has none.
 */
import { BenchError } from "../../errors.ts";
import { within } from "../within.ts";

export interface HidPort {
  /** The system's name of the device. */
  readonly path: string;
  /** Sends an output report. @throws BenchError READER_LOST */
  write(report: Uint8Array): Promise<void>;
  /**
   * The next input report.
   *
   * @param timeout milliseconds
   * @throws BenchError READER_DEADLINE when none came, READER_LOST
   */
  read(timeout: number): Promise<Uint8Array>;
  /** @throws BenchError READER_LOST */
  sendFeatureReport(report: Uint8Array): Promise<void>;
  /**
   * @param length the most bytes to take, its id included
   * @throws BenchError READER_LOST
   */
  getFeatureReport(id: number, length: number): Promise<Uint8Array>;
  /** Safe to call twice, and after the device went away. */
  close(): Promise<void>;
}

export interface HidDevice {
  readonly path: string;
  readonly vendorId: number;
  readonly productId: number;
  readonly product?: string | undefined;
  readonly serialNumber?: string | undefined;
}

/** The HID devices of one machine. */
export interface HidHost {
  /** @throws BenchError HID_PACKAGE_MISSING, READER_UNSUPPORTED in a worker thread */
  list(): Promise<readonly HidDevice[]>;
  /** @throws BenchError HID_PACKAGE_MISSING, HID_ACCESS_DENIED, READER_NOT_FOUND, READER_UNSUPPORTED */
  open(path: string): Promise<HidPort>;
}

/**
 * The device with these numbers, and that path where one is named.
 *
 * @throws BenchError READER_NOT_FOUND; READER_AMBIGUOUS when several are there and none is named
 */
export async function findHid(
  host: HidHost,
  wanted: Pick<HidDevice, "vendorId" | "productId"> & { readonly path?: string | undefined },
): Promise<HidDevice> {
  const found = (await host.list()).filter(
    ({ vendorId, productId, path }) =>
      vendorId === wanted.vendorId &&
      productId === wanted.productId &&
      (wanted.path === undefined || path === wanted.path),
  );
  const [first, ...others] = found;
  const what = `${hex(wanted.vendorId)}:${hex(wanted.productId)}`;
  if (first === undefined) throw new BenchError("READER_NOT_FOUND", `no USB device ${what}`);
  if (others.length === 0) return first;
  throw new BenchError("READER_AMBIGUOUS", `${found.length} USB devices are ${what}`);
}

/**
 * The same port, on which no call outlasts `milliseconds`. What the system does not give back cannot
 * be called off: the port is of no more use then.
 */
export function withDeadline(port: HidPort, milliseconds: number): HidPort {
  const inTime = <T>(call: Promise<T>, what: string, limit = milliseconds) =>
    within(call, limit, () => {
      const message = `${port.path}: ${what} within ${limit} ms`;
      return new BenchError("READER_DEADLINE", message);
    });
  return {
    path: port.path,
    write: (report) => inTime(port.write(report), "a report was not taken"),
    read: (timeout) => inTime(port.read(timeout), "no report came", timeout + milliseconds),
    sendFeatureReport: (report) =>
      inTime(port.sendFeatureReport(report), "a feature report was not taken"),
    getFeatureReport: (id, length) =>
      inTime(port.getFeatureReport(id, length), "no feature report came"),
    // A port that is stuck cannot be closed either, and nobody shall wait for that.
    close: () => inTime(port.close(), "it was not closed").catch(() => undefined),
  };
}

function hex(number: number): string {
  return number.toString(16).padStart(4, "0");
}

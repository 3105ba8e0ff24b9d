/** The serial lines of this machine by the serialport package; none of them is opened. */
import { BenchError, firstLineOf } from "../../errors.ts";
import { loadSerialPort } from "./package.ts";

export interface SerialLineEntry {
  /** `/dev/ttyUSB0`, `COM3`. */
  readonly path: string;
  /** Vendor, product and manufacturer as far as USB tells; empty for a line of the board itself. */
  readonly maker: string;
}

/**
 * @throws BenchError SERIAL_PACKAGE_MISSING; READER_UNSUPPORTED where the machine cannot tell, as a
 *   Linux without udev (reader-facts 4.1)
 */
export async function listSerialLines(): Promise<SerialLineEntry[]> {
  const SerialPort = await loadSerialPort();
  try {
    const lines = await SerialPort.list();
    return lines.map(({ path, manufacturer, vendorId, productId }) => ({
      path,
      maker: [vendorId && `${vendorId}:${productId}`, manufacturer].filter(Boolean).join(" "),
    }));
  } catch (cause) {
    throw new BenchError("READER_UNSUPPORTED", `serial lines: ${firstLineOf(cause)}`, { cause });
  }
}

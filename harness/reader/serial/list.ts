/** The serial lines of this machine by the serialport package; none of them is opened. */
import { BenchError } from "../../errors.ts";

export interface SerialLineEntry {
  /** `/dev/ttyUSB0`, `COM3`. */
  readonly path: string;
  /** Vendor, product and manufacturer as far as USB tells; empty for a line of the board itself. */
  readonly maker: string;
}

interface Listing {
  readonly SerialPort: {
    list(): Promise<
      readonly {
        path: string;
        manufacturer?: string | undefined;
        vendorId?: string | undefined;
        productId?: string | undefined;
      }[]
    >;
  };
}

const PACKAGE = "serialport";

/**
 * @throws BenchError SERIAL_PACKAGE_MISSING; READER_UNSUPPORTED where the machine cannot tell, as a
 *   Linux without udev (reader-facts 4.1)
 */
export async function listSerialLines(): Promise<SerialLineEntry[]> {
  const { SerialPort } = await load();
  try {
    const lines = await SerialPort.list();
    return lines.map(({ path, manufacturer, vendorId, productId }) => ({
      path,
      maker: [vendorId && `${vendorId}:${productId}`, manufacturer].filter(Boolean).join(" "),
    }));
  } catch (cause) {
    throw new BenchError("READER_UNSUPPORTED", `serial lines: ${reasonOf(cause)}`, { cause });
  }
}

async function load(): Promise<Listing> {
  try {
    return (await import(PACKAGE)) as Listing;
  } catch (cause) {
    throw new BenchError("SERIAL_PACKAGE_MISSING", reasonOf(cause), { cause });
  }
}

function reasonOf(cause: unknown): string {
  return (cause instanceof Error ? cause.message : String(cause)).split("\n")[0] ?? "";
}

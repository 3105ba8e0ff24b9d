/** Black-and-white PNG files (PNG specification, ISO/IEC 15948): one bit a pixel, white is 1. */
import { crc32, deflateSync } from "node:zlib";
import { concat } from "../iso7816/index.ts";
import { textBytes } from "./tlv-records.ts";

/** As a PNG holds it before it is compressed. */
export interface Bitmap {
  /** Pixels in a row. */
  readonly width: number;
  /** Eight pixels a byte, the leftmost in the highest bit; what is left of the last byte is 0. */
  readonly rows: readonly Uint8Array[];
}

const SIGNATURE = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);
const NO_FILTER = Uint8Array.of(0);

export function encodePng({ width, rows }: Bitmap): Uint8Array {
  const header = concat(
    uint32(width),
    uint32(rows.length),
    // Bit depth 1, greyscale, deflate, adaptive filters, not interlaced.
    Uint8Array.of(1, 0, 0, 0, 0),
  );
  const pixels = concat(...rows.flatMap((row) => [NO_FILTER, row]));
  return concat(
    SIGNATURE,
    chunk("IHDR", header),
    chunk("IDAT", deflateSync(pixels)),
    chunk("IEND", new Uint8Array(0)),
  );
}

function chunk(type: string, data: Uint8Array): Uint8Array {
  const typed = concat(textBytes(type), data);
  return concat(uint32(data.length), typed, uint32(crc32(typed)));
}

function uint32(value: number): Uint8Array {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setUint32(0, value);
  return bytes;
}

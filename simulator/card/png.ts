/** Black-and-white PNG files (PNG specification, ISO/IEC 15948): one bit a pixel, white is 1. */
import { crc32, deflateSync } from "node:zlib";
import { concat } from "../iso7816/index.ts";
import { textBytes } from "./tlv-records.ts";

/** Rows of pixels, all of one length; true is black. */
export type Bitmap = readonly (readonly boolean[])[];

const SIGNATURE = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);
const NO_FILTER = 0;

export function encodePng(bitmap: Bitmap): Uint8Array {
  const [first = []] = bitmap;
  const header = concat(
    uint32(first.length),
    uint32(bitmap.length),
    // Bit depth 1, greyscale, deflate, adaptive filters, not interlaced.
    Uint8Array.of(1, 0, 0, 0, 0),
  );
  const pixels = concat(...bitmap.map(packRow));
  return concat(
    SIGNATURE,
    chunk("IHDR", header),
    chunk("IDAT", new Uint8Array(deflateSync(pixels))),
    chunk("IEND", new Uint8Array(0)),
  );
}

function packRow(row: readonly boolean[]): Uint8Array {
  const packed = new Uint8Array(1 + Math.ceil(row.length / 8));
  packed[0] = NO_FILTER;
  for (let x = 0; x < row.length; x += 1) {
    const at = 1 + (x >> 3);
    if (row[x] !== true) packed[at] = (packed[at] ?? 0) | (0x80 >> (x & 7));
  }
  return packed;
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

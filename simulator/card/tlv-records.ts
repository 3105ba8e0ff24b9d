/** How the 券面 applications lay out their files: text, filler and tables of places (card-facts 5). */
import { concat, encodeTlv } from "../iso7816/index.ts";

/** Text as the files hold it: ASCII for numbers and dates, UTF-8 for names. */
export function textBytes(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

/** What stands behind the object in a file that is longer than it. */
export function filler(length: number): Uint8Array {
  return new Uint8Array(length).fill(0xff);
}

/**
 * An object that begins with a table of two-byte big-endian places, counted from the start of the
 * file, of the objects behind it.
 */
export function withPlaces(
  tag: number,
  tableTag: number,
  objects: readonly Uint8Array[],
): Uint8Array {
  const body = concat(...objects);
  const empty = encodeTlv(tableTag, new Uint8Array(2 * objects.length));
  const start = encodeTlv(tag, empty, body).length - body.length;
  const table = new DataView(new ArrayBuffer(2 * objects.length));
  objects.reduce((place, object, i) => {
    table.setUint16(2 * i, place);
    return place + object.length;
  }, start);
  return encodeTlv(tag, encodeTlv(tableTag, new Uint8Array(table.buffer)), body);
}

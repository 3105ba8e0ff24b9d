/**
 * The photograph on every simulated card: a grey silhouette of 120 by 150 pixels, drawn for this
 * purpose, as a JPEG 2000 file (ISO/IEC 15444-1 annex I). DF27 of card-facts 5.4.
 *
 * A silhouette takes few bytes, a photograph many, and a client has to read them all: the file ends in
 * a box of zeros that decoders pass over. UNVERIFIED: how many; the EF has several kilobytes (2.3).
 */
import { concat, fromHex } from "../iso7816/index.ts";

const JP2 = [
  "AAAADGpQICANCocKAAAAFGZ0eXBqcDIgAAAAAGpwMiAAAAAtanAyaAAAABZpaGRyAAAAlgAAAHgAAQcHAAAAAAAP",
  "Y29scgEAAAAAABEAAAGEanAyY/9P/1EAKQAAAAAAeAAAAJYAAAAAAAAAAAAAAHgAAACWAAAAAAAAAAAAAQcBAf9S",
  "AAwAAAABAAMEBAAB/1wADUBASEhQSEhQSEhQ/2QAJQABQ3JlYXRlZCBieSBPcGVuSlBFRyB2ZXJzaW9uIDIuNS4w",
  "/5AACgAAAAABCQAB/5PfLTiQ5nx5XhYqeCTqFzhJDhGcLrndm1025bMf2Zz+OsWruf2IJxvju42LV9b1hQHZeLer",
  "Lpb716o9iKPomugzWn6+SV7qWGIt4Pt+16HNSNLHqKPLw411uYdg6aXEWjSrBIIP98wQl8lxFCkO2crmW8/FjAT7",
  "EnhHo7zpYBjTHN2f7b74HrunABxPqujaIGaczt7/TlszXxpSToUCx2rjrcdRtA2oGJFZCFk1cv2RkcJPviuhSCqt",
  "QGYs0tG0So1AS9WIjKUejRW42MX4V5hLE0joMjuSKgOYsc5SfvdTXjbjgoxAHdlD7OAjQ4UWpHW7tl/YpaOkDSCA",
  "gP/Z",
].join("");

/** Length 2600, type `uuid`, and an identifier nobody else has (annex I.7.2). */
const BOX_HEADER = fromHex("00000A28 75756964 2D9A7F3E51C84B06A1F0C47E8B6D1935");
const BOX_BYTES = 2600;

export function silhouette(): Uint8Array {
  const picture = new Uint8Array(Buffer.from(JP2, "base64"));
  return concat(picture, BOX_HEADER, new Uint8Array(BOX_BYTES - BOX_HEADER.length));
}

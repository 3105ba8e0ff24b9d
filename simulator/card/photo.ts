/**
 * The photograph on every simulated card: a grey silhouette of 120 by 150 pixels, drawn for this
 * purpose, as a JPEG 2000 file (ISO/IEC 15444-1 annex I). DF27 of card-facts 5.4.
 */

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

export function silhouette(): Uint8Array {
  return new Uint8Array(Buffer.from(JP2, "base64"));
}

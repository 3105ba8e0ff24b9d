/** What OpenSC 0.23 shows of a My Number card whose PINs have all their tries (card-facts section 10). */

const PIN = {
  "Object Flags": "[0x12], modifiable",
  Flags: "[0x12], local, initialized",
  "Pad char": "0x00",
  Type: "ascii-numeric",
};

/** `pkcs15-tool --list-pins`. */
export const PINS = [
  {
    label: "User Authentication PIN",
    fields: {
      ...PIN,
      ID: "01",
      Length: "min_len:4, max_len:4, stored_len:0",
      Reference: "1 (0x01)",
      "Tries left": "3",
    },
  },
  {
    label: "Digital Signature PIN",
    fields: {
      ...PIN,
      ID: "02",
      Length: "min_len:6, max_len:16, stored_len:0",
      Reference: "2 (0x02)",
      "Tries left": "5",
    },
  },
].map((pin) => ({ kind: "PIN", ...pin }));

/** `pkcs15-tool -D`: before the objects. */
export const CARD = [
  "PKCS#15 Card [JPKI]:",
  "Version        : 0",
  "Serial number  : 00000000",
  "Manufacturer ID: JPKI",
];

/** `pkcs15-tool -D`: kind, ID, label and flags. In 0.23 the 署名用 public key is not private. */
export const OBJECTS = [
  "PIN 01 User Authentication PIN [0x12], modifiable",
  "PIN 02 Digital Signature PIN [0x12], modifiable",
  "Private RSA Key 01 User Authentication Key [0x01], private",
  "Private RSA Key 02 Digital Signature Key [0x01], private",
  "Public RSA Key 01 User Authentication Public Key [0x00]",
  "Public RSA Key 02 Digital Signature Public Key [0x00]",
  "X.509 Certificate 01 User Authentication Certificate [0x00]",
  "X.509 Certificate 02 Digital Signature Certificate [0x01], private",
  "X.509 Certificate 03 User Authentication Certificate CA [0x00]",
  "X.509 Certificate 04 Digital Signature Certificate CA [0x00]",
];

/** Trace T1 of card-facts 4.4: what OpenSC sends once it knows the card, and what it hears. */
export const BINDING = [
  { command: "00A4040C0AD392F000260100000001", response: "9000" },
  { command: "00A4020C020018", response: "9000" },
  { command: "00200080", response: "63C3" },
  { command: "00A4020C02001B", response: "9000" },
  { command: "00200080", response: "63C5" },
];

/**
 * The READ BINARY commands for a certificate of `length` bytes: its header, then pieces of 256 and
 * never beyond the end (card-facts 4.2).
 */
export function readingOf(length: number): string[] {
  const pieces = Array.from({ length: Math.ceil(length / 256) }, (_, i) => {
    const left = Math.min(256, length - 256 * i) % 256;
    return `00B0${byte(i)}00${byte(left)}`;
  });
  return ["00B0000004", ...pieces];
}

function byte(value: number): string {
  return value.toString(16).padStart(2, "0").toUpperCase();
}

/** JPKI EF 0006: a serialised CK_TOKEN_INFO of PKCS #11, numbers big-endian (card-facts 5.6). */
import { concat } from "../../iso7816/index.ts";
import type { CardProfile } from "../image.ts";

const LABELS: Readonly<Record<CardProfile, string>> = {
  card: "JPKIAPICCTOKEN2",
  android: "JPKIAPGPSETOKEN",
  iphone: "JPKIAPIOSTOKEN",
};

const FLAGS = 0x0000040d;
const UNAVAILABLE = 0xffffffff;
const SESSIONS = [1, 0];
const PIN_LENGTHS = [16, 6];

/** @param serial sixteen digits */
export function tokenInformation(profile: CardProfile, serial: string): Uint8Array {
  return concat(
    text(LABELS[profile], 32),
    text(`${"0".repeat(31)}1`, 32),
    text("E16R01NJ", 16),
    text(serial, 16),
    numbers(FLAGS, ...SESSIONS, ...SESSIONS, ...PIN_LENGTHS),
    numbers(UNAVAILABLE, UNAVAILABLE, UNAVAILABLE, UNAVAILABLE),
    text("03", 2),
    text("01", 2),
    text("9".repeat(16), 16),
  );
}

function text(value: string, length: number): Uint8Array {
  return new TextEncoder().encode(value.padEnd(length, " "));
}

function numbers(...values: readonly number[]): Uint8Array {
  const view = new DataView(new ArrayBuffer(4 * values.length));
  values.forEach((value, i) => {
    view.setUint32(4 * i, value);
  });
  return new Uint8Array(view.buffer);
}

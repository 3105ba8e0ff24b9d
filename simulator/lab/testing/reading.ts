/**
 * What tests read off a card, command by command as card-facts sections 2 to 5 have them, with none
 * of the code that wrote it.
 */
import type { SimulatedCard } from "../../card/index.ts";
import { fromHex, toHex } from "../../iso7816/index.ts";

export const SELECT = {
  jpki: "00A4040C0AD392F000260100000001",
  text: "00A4040C0AD3921000310001010408",
  visual: "00A4040C0AD3921000310001010402",
} as const;

/** READ BINARY of a whole file by its short identifier, with extended Le. */
export const readFile = (id: number) => `00B0${toHex(Uint8Array.of(0x80 | id))}00000000`;
/** VERIFY with the PIN in the file of this short identifier. */
export const verifyPin = (id: number, pin: string) =>
  `002000${toHex(Uint8Array.of(0x80 | id, pin.length))}${toHex(Buffer.from(pin))}`;
/** Asks for the tries left, and spends none. */
export const triesLeft = (id: number) => `002000${toHex(Uint8Array.of(0x80 | id))}`;

/** Short identifiers of PINs and codes. */
export const PIN = {
  auth: 0x18,
  sign: 0x1b,
  text: 0x11,
  textCodeA: 0x14,
  textCodeB: 0x15,
} as const;

/** Status words of commands to the card after a cold start. */
export function statuses(card: SimulatedCard, ...commands: readonly string[]): string[] {
  card.powerOn();
  return commands.map((hex) => toHex(card.transmit(fromHex(hex))).slice(-4));
}

/** The data of the last of these commands after a cold start; every one has to succeed. */
export function data(card: SimulatedCard, ...commands: readonly string[]): Uint8Array {
  card.powerOn();
  const answers = commands.map((hex) => card.transmit(fromHex(hex)));
  const failed = answers.findIndex((answer) => toHex(answer.slice(-2)) !== "9000");
  if (failed >= 0)
    throw new Error(`${commands[failed]} answered ${toHex(answers[failed] ?? new Uint8Array(0))}`);
  return answers.at(-1)?.slice(0, -2) ?? new Uint8Array(0);
}

/** Name, address, birth date and sex of the text application (card-facts 5.2), with 照合番号B. */
export function attributesOn(card: SimulatedCard, codeB: string): string[] {
  const file = data(card, SELECT.text, verifyPin(PIN.textCodeB, codeB), readFile(2));
  const view = new DataView(file.buffer, file.byteOffset);
  // The table of places begins behind the outer header, of three or four bytes, and DF 21 08.
  const table = (file[2] === 0x81 ? 4 : file[2] === 0x82 ? 5 : 3) + 3;
  return [0, 2, 4, 6].map((place) => {
    const start = view.getUint16(table + place);
    const long = file[start + 2] === 0x81;
    const from = start + (long ? 4 : 3);
    const length = file[start + (long ? 3 : 2)] ?? 0;
    return new TextDecoder().decode(file.slice(from, from + length));
  });
}

/** Serial number in the certificate of a file, upper-case hexadecimal. */
export function serialOn(card: SimulatedCard, ...commands: readonly string[]): string {
  const der = data(card, ...commands);
  // 30 82 LL LL 30 82 LL LL A0 03 02 01 02 02 04: version 3, then a number of four bytes.
  return toHex(der.slice(15, 19));
}

export const AUTH_SERIAL = [SELECT.jpki, readFile(0x0a)] as const;
export const signSerialWith = (password: string) =>
  [SELECT.jpki, verifyPin(PIN.sign, password), readFile(1)] as const;

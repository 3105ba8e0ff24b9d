/** Single commands at random, in an application that is selected. */
import fc from "fast-check";
import type { Action, SessionBlock, Target } from "./action.ts";
import { type ModelAp, OBJECT_SIZES, TABLES } from "./tables.ts";

/** Every identifier there is in some application, so that some are missing in each. */
const ANY_FILE = fc.integer({ min: 0x01, max: 0x1e });
const MASTER_FILE = 0x3f00;

const OFFSETS = [0, 1, 2, 3, 16, 17, 30, 159, 160, 163, 164, 255];
const FAR_OFFSETS = [0, 256, 269, 335, 336, 535, 546, 567, 1303, 1582, 1583, 1700, 32767];
const LENGTHS = [1, 4, 16, 255, 256, 65536];
/** What a PIN is changed to, whether its rule takes it or not. */
export const NEW_PINS = ["5678", "1234", "ABC123", "PASSWORD", "2345", "12345", "abcd"];
const WRONG_PINS = ["0000", "password", "123", "", "1".repeat(17)] as const;
/** P1 of 80 2A and bytes of input: those that are taken, and some that are not. */
const INPUTS: readonly (readonly [number, number])[] = [
  ...([
    [2, 32],
    [2, 32],
    [0, 51],
    [0, 245],
    [1, 16],
    [3, 255],
    [4, 32],
    [5, 64],
  ] as const),
  ...([
    [0, 0],
    [0, 246],
    [2, 31],
    [3, 256],
    [4, 33],
    [6, 32],
  ] as const),
];
const CERTIFICATE_PARTS = ["06C1", "00C1", "0000", "00AE", "8000", "00B6"];
const BLOCKS: readonly SessionBlock[] = ["seed", "other content", "noise", "beyond the modulus"];

const NONSENSE: readonly (readonly [string, number | "refused"])[] = [
  ["00", 0x6700],
  ["00A4020C0200", 0x6700],
  ["00A4020C0118", 0x6a87],
  ["00A4040C07A0000000031010", 0x6a82],
  ["00C0000000", 0x6d00],
  ["002C008004FFFFFFFF", 0x6d00],
  ["A0A40000023F00", 0x6e00],
  ["01A4020C020018", 0x6881],
  ["00A4010C020018", 0x6a86],
  ["0020000004393939", 0x6700],
  ["002001800439393939", 0x6a86],
  ["0084010010", 0x6a86],
  ["802A06800100", 0x6a86],
  ["80FC0000", 0x6700],
  ["808A2300", 0x6a86],
  ["808A2200", "refused"],
  ["80060000", "refused"],
  ["80500000", "refused"],
  ["80540000", "refused"],
];

export function anyAction(ap: ModelAp): fc.Arbitrary<Action> {
  const id = fc.oneof({ weight: 5, arbitrary: fileOf(ap) }, { weight: 1, arbitrary: ANY_FILE });
  const target: fc.Arbitrary<Target> = fc.oneof(
    { weight: 1, arbitrary: fc.constant<Target>("current") },
    { weight: 2, arbitrary: id },
  );
  return fc.oneof(
    { weight: 8, arbitrary: selectFile(id) },
    { weight: 16, arbitrary: read(target) },
    { weight: 2, arbitrary: readRecord(target) },
    { weight: ap === "juki" || ap === "common" ? 8 : 0, arbitrary: readRecord(fileNamed(ap)) },
    { weight: 1, arbitrary: getData() },
    { weight: 1, arbitrary: target.map((of): Action => ({ do: "update", target: of })) },
    { weight: 20, arbitrary: pinAction(ap) },
    { weight: 4, arbitrary: target.map((of): Action => ({ do: "ask tries", target: of })) },
    { weight: 8, arbitrary: sign(ap, target) },
    { weight: 4, arbitrary: target.map((of): Action => ({ do: "authenticate", target: of })) },
    { weight: 2, arbitrary: target.map((of): Action => ({ do: "pretend", target: of })) },
    { weight: 2, arbitrary: fc.constantFrom(...CERTIFICATE_PARTS).map(noCertificate) },
    { weight: 4, arbitrary: challenge },
    { weight: 4, arbitrary: secureAction() },
    { weight: 6, arbitrary: nonsense() },
  );
}

/** Presenting PINs, right and wrong, and changing the one just presented. */
export function pinAction(ap: ModelAp): fc.Arbitrary<Action> {
  const target = fc.oneof(
    { withCrossShrink: true },
    fileNamed(ap, "pin"),
    fc.constant<Target>("current"),
    ANY_FILE,
  );
  const other = fc
    .record({ target, pin: wrongPin })
    .map((details): Action => ({ do: "verify", ...details }));
  return fc.oneof(
    { weight: 2, arbitrary: rightPin(ap) },
    { weight: 2, arbitrary: other },
    { weight: 1, arbitrary: changePin(ap) },
  );
}

export const wrongPin = fc.constantFrom(...WRONG_PINS, ...NEW_PINS);

/** The PIN as issued, mostly: the first choice is a wrong one, for histories to shrink to. */
export function rightPin(ap: ModelAp): fc.Arbitrary<Extract<Action, { do: "verify" }>> {
  return fc
    .record({ target: fileOf(ap, "pin"), right: fc.constantFrom(false, true, true, true, true) })
    .map(({ target, right }) => {
      const file = TABLES[ap].files[target];
      const issued = file?.kind === "pin" ? file.value : "";
      return { do: "verify", target, pin: right ? issued : WRONG_PINS[0] };
    });
}

export function changePin(ap: ModelAp): fc.Arbitrary<Action> {
  const header = fc.constantFrom(TABLES[ap].change ?? "00240180", "00240180", "80320080");
  return fc
    .record({ header, pin: fc.constantFrom(...NEW_PINS) })
    .map((details): Action => ({ do: "change PIN", ...details }));
}

export function fileOf(ap: ModelAp, kind?: "pin" | "key"): fc.Arbitrary<number> {
  const ids = Object.entries(TABLES[ap].files)
    .filter(([, file]) => kind === undefined || file.kind === kind)
    .map(([id]) => Number(id));
  return fc.constantFrom(...(ids.length > 0 ? ids : [0x1e]));
}

function fileNamed(ap: ModelAp, kind?: "pin"): fc.Arbitrary<Target> {
  return fileOf(ap, kind);
}

export function selectFile(id: fc.Arbitrary<number>): fc.Arbitrary<Action> {
  return fc
    .oneof({ weight: 19, arbitrary: id }, { weight: 1, arbitrary: fc.constant(MASTER_FILE) })
    .map((file): Action => ({ do: "select file", id: file }));
}

function read(target: fc.Arbitrary<Target>): fc.Arbitrary<Action> {
  return fc
    .record({
      target,
      near: fc.constantFrom(...OFFSETS),
      far: fc.constantFrom(...FAR_OFFSETS),
      ne: fc.constantFrom(...LENGTHS),
    })
    .map(({ target: file, near, far, ne }) => ({
      do: "read",
      target: file,
      offset: file === "current" ? far : near,
      ne,
    }));
}

function readRecord(target: fc.Arbitrary<Target>): fc.Arbitrary<Action> {
  return fc
    .record({
      target,
      record: fc.constantFrom(1, 1, 2, 255),
      mode: fc.constantFrom(4, 4, 4, 5, 0, 6),
    })
    .map((details): Action => ({ do: "read record", ...details }));
}

export function getData(): fc.Arbitrary<Action> {
  const tags = [...Object.keys(OBJECT_SIZES).map(Number), 0x0043, 0x9f7f];
  return fc
    .record({ tag: fc.constantFrom(...tags), ne: fc.constantFrom(256, 65536) })
    .map((details): Action => ({ do: "get data", ...details }));
}

function sign(ap: ModelAp, target: fc.Arbitrary<Target>): fc.Arbitrary<Action> {
  const key = fc.oneof(fileOf(ap, "key"), target, fc.constant("default" as const));
  return fc
    .record({ key, input: fc.constantFrom(...INPUTS) })
    .map(({ key: of, input: [mode, bytes] }): Action => ({ do: "sign", target: of, mode, bytes }));
}

const challenge: fc.Arbitrary<Action> = fc
  .constantFrom(16, 1, 255, 256, 257)
  .map((ne): Action => ({ do: "challenge", ne }));

function noCertificate(part: string): Action {
  return { do: "load no certificate", part };
}

/** What begins, uses and ends secure messaging. */
export function secureAction(): fc.Arbitrary<Action> {
  const block = fc
    .constantFrom(...BLOCKS)
    .map((of): Action => ({ do: "set session key", block: of }));
  const bad = fc
    .record({ cla: fc.constantFrom("08", "0C"), ins: fc.constantFrom("20", "A4", "B0") })
    .map((details): Action => ({ do: "bad secure message", ...details }));
  const secret = fc
    .record({ offset: fc.constantFrom(0, 1, 16, 336), ne: fc.constantFrom(0, 1, 16, 256) })
    .map((details): Action => ({ do: "read in secret", ...details }));
  return fc.oneof(secret, bad, block);
}

function nonsense(): fc.Arbitrary<Action> {
  return fc.constantFrom(...NONSENSE).map(([apdu, sw]) => ({ do: "nonsense", apdu, sw }));
}

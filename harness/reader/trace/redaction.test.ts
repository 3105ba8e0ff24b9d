import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fromHex, toHex } from "../../../simulator/iso7816/index.ts";
import { BenchError } from "../../errors.ts";
import type { Reader } from "../reader.ts";
import { AIDS, SecretiveCard, type Whim } from "./testing/secretive-card.ts";
import { type ApduRecord, traced } from "./traced.ts";

/** What differs between two worlds that must look the same. */
interface Secrets {
  /** PIN or 照合番号, of any length. */
  readonly pin: string;
  /** What files hold and what is signed. */
  readonly content: Uint8Array;
}

interface Step {
  /** The command, with the secrets of its world in it; or something else done to the reader. */
  readonly command: ((secrets: Secrets) => Uint8Array) | "open" | "cold" | "warm" | "fail";
  readonly whim: Whim;
}

const short = (header: number[], data: Uint8Array, le: number[] = []) =>
  Uint8Array.of(...header, data.length, ...data, ...le);
const extended = (header: number[], data: Uint8Array, le: number[] = []) =>
  Uint8Array.of(...header, 0, 0, data.length, ...data, ...le);
const bare = (header: number[], data: Uint8Array) => Uint8Array.of(...header, ...data);
const ascii = (text: string) => new TextEncoder().encode(text);

/** Mostly what makes sense, so that sequences get somewhere; now and then something else. */
function mostly<T>(usual: readonly T[], rare: readonly T[]): fc.Arbitrary<T> {
  return fc.oneof(
    { weight: 6, arbitrary: fc.constantFrom(...usual) },
    { weight: 1, arbitrary: fc.constantFrom(...rare) },
  );
}

const cla = mostly([0x00], [0x80, 0x08, 0x0c, 0x10, 0x01, 0x84, 0xff]);
const keyReference = mostly([0x80, 0x98, 0x9b, 0x97, 0x88], [0x00, 0x01, 0x12, 0x9f, 0xa0, 0xff]);
const lastByte = mostly<number[]>([[], [0]], [[0x10]]);
const coding = fc.constantFrom(short, extended);

/** VERIFY, CHANGE REFERENCE DATA, CHANGE KEY and mistakes on the way to them. */
const pinCommand = fc
  .record({
    cla,
    ins: fc.constantFrom(0x20, 0x20, 0x24, 0x32),
    p1: mostly([0], [1, 0x31]),
    p2: keyReference,
    coding: mostly<typeof short>([short, extended], [bare]),
    le: lastByte,
  })
  .map(
    (c) =>
      ({ pin }: Secrets) =>
        c.coding([c.cla, c.ins, c.p1, c.p2], ascii(pin), c.le),
  );

/** A client that sends the PIN and nothing else, or puts it where a name belongs. */
const misplaced = fc.constantFrom(
  ({ pin }: Secrets) => ascii(pin),
  ({ pin }: Secrets) => short([0x00, 0xa4, 0x04, 0x0c], ascii(pin)),
  ({ pin }: Secrets) => short([0x00, 0xb0, 0x00, 0x00], ascii(pin)),
  ({ pin }: Secrets) => Uint8Array.of(0x00, 0x20, ...ascii(pin).subarray(0, 3)),
  ({ pin }: Secrets) => Uint8Array.of(0x00, 0x20, 0x00, 0x98, ...ascii(pin).subarray(0, 1)),
);

/** Signing, authentication, session keys and instructions nobody knows, with secret data. */
const secretData = fc
  .record({
    cla: fc.constantFrom(0x00, 0x80, 0x08),
    ins: fc.constantFrom(0x2a, 0x88, 0x82, 0xa2, 0xae, 0xd6, 0xdc, 0xa4, 0x20),
    p1: fc.constantFrom(0, 0, 2, 4, 6),
    p2: fc.oneof(keyReference, fc.constant(0xc1)),
    coding,
    le: lastByte,
  })
  .map(
    (c) =>
      ({ content }: Secrets) =>
        c.coding([c.cla, c.ins, c.p1, c.p2], content, c.le),
  );

const aid = mostly(AIDS.slice(0, 2), AIDS.slice(2));
const selectApplication = fc
  .record({ aid, p2: mostly([0x0c], [0x00, 0x02, 0x0e]), cut: mostly([false], [true]) })
  .map(
    (c) => () => short([0x00, 0xa4, 0x04, c.p2], fromHex(c.aid).slice(0, c.cut ? -1 : undefined)),
  );

const selectFile = fc
  .record({
    id: mostly([1, 6, 8], [2, 3, 4, 5, 10, 0x11, 0x18, 0x2f10]),
    p1: mostly([2], [0]),
    p2: mostly([0x0c], [0]),
  })
  .map((c) => () => short([0x00, 0xa4, c.p1, c.p2], Uint8Array.of(c.id >> 8, c.id & 0xff)));

const read = fc
  .record({
    cla: mostly([0x00], [0x08]),
    header: mostly<number[]>(
      [
        [0xb0, 0x00, 0x00],
        [0xb0, 0x88, 0x00],
        [0xb0, 0x86, 0x00],
        [0xb0, 0x84, 0x00],
        [0xb0, 0x8a, 0x00],
      ],
      [
        ...[0x00, 0x81, 0x82, 0x83, 0x85, 0x86, 0xa8, 0x80].map((p1) => [0xb0, p1, 76]),
        ...[0x04, 0x0c, 0x14, 0x05, 0x00].map((p2) => [0xb2, 1, p2]),
        ...[0x42, 0x45, 0xf0, 0xf8].map((tag) => [0xca, 0x00, tag]),
        [0xca, 0x7f, 0x21],
      ],
    ),
    le: mostly<number[]>([[0]], [[], [16], [0, 0, 0]]),
  })
  .map((c) => () => Uint8Array.of(c.cla, ...c.header, ...c.le));

const whim: fc.Arbitrary<Whim> = fc.record({
  sw: mostly([0x9000], [0x6282, 0x6281, 0x63c2, 0x6982, 0x6a82, 0x6700]),
  aid,
  file: fc.constantFrom(0, 1, 2, 6, 8),
});

const step: fc.Arbitrary<Step> = fc.record({
  command: fc.oneof(
    { weight: 4, arbitrary: selectApplication },
    { weight: 4, arbitrary: selectFile },
    { weight: 8, arbitrary: read },
    { weight: 4, arbitrary: pinCommand },
    { weight: 2, arbitrary: secretData },
    { weight: 1, arbitrary: misplaced },
    { weight: 1, arbitrary: fc.constantFrom("open", "cold", "warm", "fail") },
  ),
  whim,
});

const secrets: fc.Arbitrary<Secrets> = fc.record({
  pin: fc.oneof(
    fc.stringMatching(/^[0-9]{4}$/),
    fc.stringMatching(/^[A-Z0-9]{6,16}$/),
    fc.stringMatching(/^[0-9]{12}$/),
    fc.stringMatching(/^[0-9]{14}$/),
  ),
  content: fc.uint8Array({ minLength: 16, maxLength: 16 }),
});

/** Everything the trace tells of these steps in the world with these secrets. */
async function tracesOf(steps: readonly Step[], world: Secrets): Promise<ApduRecord[]> {
  const records: ApduRecord[] = [];
  const card = new SecretiveCard(world.content, { sw: 0x9000, aid: AIDS[1] ?? "", file: 1 });
  let current: Step | undefined;
  const presence = { atr: fromHex("3B80800101") };
  const underneath: Reader = {
    info: { driver: "test", name: "Test Reader", physical: false },
    open: async () => presence,
    close: async () => undefined,
    reset: async () => presence,
    transmit: async (command) => {
      if (current === undefined || current.command === "fail") {
        throw new BenchError("READER_TRANSPORT", `could not send ${world.pin}`);
      }
      return card.answer(command, current.whim);
    },
  };
  const reader = traced(underneath, (record) => records.push({ ...record, milliseconds: 0 }));
  for (current of steps) await take(current, reader, card, world);
  return records;
}

async function take(step: Step, reader: Reader, card: SecretiveCard, world: Secrets) {
  const { command } = step;
  if (typeof command === "function") return void (await reader.transmit(command(world)));
  if (command === "cold") card.powerCycle();
  else card.wander(step.whim);
  if (command === "open") await reader.open();
  else if (command !== "fail") await reader.reset(command);
  else await expect(reader.transmit(ascii(world.pin))).rejects.toThrow(world.pin);
}

describe("redaction", () => {
  it("makes worlds that differ in their secrets only look the same", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(step, { maxLength: 12 }),
        secrets,
        secrets,
        async (steps, one, other) => {
          expect(await tracesOf(steps, one)).toEqual(await tracesOf(steps, other));
        },
      ),
      { numRuns: 3000 },
    );
  });

  it("leaves no secret in any record, neither in hexadecimal nor as text", async () => {
    const pin = fc.stringMatching(/^[G-Z]{6,16}$/);
    const content = fc
      .uint8Array({ minLength: 16, maxLength: 16 })
      .filter((b) => new Set(b).size > 8);
    await fc.assert(
      fc.asyncProperty(
        fc.array(step, { maxLength: 12 }),
        pin,
        content,
        async (steps, pin, content) => {
          const told = JSON.stringify(await tracesOf(steps, { pin, content }));
          expect(told).not.toContain(pin);
          expect(told).not.toContain(toHex(ascii(pin)));
          expect(told).not.toContain(toHex(content));
        },
      ),
      { numRuns: 1000 },
    );
  });

  it("would be caught showing a secret: the card does give harmless content away", async () => {
    const whim = { sw: 0x9000, aid: "", file: 0 };
    const steps = ["00A4040C0AD392F000260100000001", "00B0880010"].map((hex) => ({
      command: () => fromHex(hex),
      whim,
    }));
    const [, record] = await tracesOf(steps, { pin: "1234", content: Uint8Array.of(0xaa) });
    expect(record?.response).toBe("000000 ‹証明書の有無 13 bytes› 9000");
  });
});

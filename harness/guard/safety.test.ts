import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Effect } from "../../reports/index.ts";
import type { CardImage } from "../../simulator/card/image.ts";
import { SimulatedCard } from "../../simulator/card/index.ts";
import { personalise } from "../../simulator/card/personalise.ts";
import { MemoryCardStore } from "../../simulator/card/store.ts";
import { SELECT_JPKI, SELECT_TEXT } from "../../simulator/card/testing/card.ts";
import { testSpec } from "../../simulator/card/testing/spec.ts";
import { fromHex } from "../../simulator/iso7816/index.ts";
import { Random } from "../../simulator/random.ts";
import { InProcessReader } from "../../simulator/reader/index.ts";
import { cardIdentity } from "../card/card-identity.ts";
import type { Reader } from "../reader/reader.ts";
import { simulatedReader } from "../reader/simulated.ts";
import { guarded } from "./guarded.ts";
import { CardLedger } from "./ledger.ts";
import type { GuardPolicy } from "./policy.ts";

const SPEC = testSpec();
const FRESH = personalise(SPEC);
const TEST_CARD = cardIdentity(SPEC.auth.certificate);

/** Mostly what would spend tries if it were let; now and then something else. */
function mostly<T>(usual: readonly T[], rare: readonly T[]): fc.Arbitrary<T> {
  return fc.oneof(
    { weight: 5, arbitrary: fc.constantFrom(...usual) },
    { weight: 1, arbitrary: fc.constantFrom(...rare) },
  );
}

const selecting = fc.constantFrom(
  ...[
    SELECT_JPKI,
    SELECT_JPKI,
    SELECT_TEXT,
    "00A4020C020018",
    "00A4020C02001B",
    "00A4020C020011",
  ].map(fromHex),
);

/** VERIFY and what resembles it, with right and wrong PINs, under many classes and codings. */
const trying = fc
  .record({
    cla: mostly([0x00], [0x10, 0x01, 0x08, 0x0c, 0x80]),
    ins: mostly([0x20], [0x24, 0x32, 0x21]),
    p1: mostly([0], [1]),
    p2: mostly([0x98], [0x80, 0x9b, 0x91, 0x00]),
    pin: mostly(["9999"], ["1234", "PASSWORD", "123", ""]).map((text) => Buffer.from(text)),
    extended: fc.boolean(),
    le: mostly<number[]>([[]], [[0], [0x31]]),
  })
  .map(({ cla, ins, p1, p2, pin, extended, le }) => {
    const lc = pin.length === 0 ? [] : extended ? [0, 0, pin.length] : [pin.length];
    return Uint8Array.of(cla, ins, p1, p2, ...lc, ...pin, ...le);
  });

/** Any instruction at all. No signatures: they would cost the property its speed. */
const anything = fc
  .record({
    header: fc.tuple(
      fc.constantFrom(0x00, 0x80, 0x08),
      fc.integer({ min: 0, max: 255 }).filter((ins) => ins !== 0x2a),
      fc.constantFrom(0, 1, 2, 4, 6, 0x22),
      fc.constantFrom(0, 0x0c, 0x80, 0x98, 0xc1),
    ),
    data: fc.uint8Array({ maxLength: 12 }),
  })
  .map(({ header, data }) =>
    data.length === 0 ? Uint8Array.from(header) : Uint8Array.of(...header, data.length, ...data),
  );

const commands = fc.array(
  fc.oneof(
    { weight: 3, arbitrary: selecting },
    { weight: 8, arbitrary: trying },
    { weight: 1, arbitrary: anything },
    { weight: 1, arbitrary: fc.uint8Array({ maxLength: 8 }) },
  ),
  { maxLength: 20 },
);

interface Aftermath {
  readonly image: CardImage;
  /** Whether anything lasting was ever written. */
  readonly written: boolean;
  readonly reached: readonly Uint8Array[];
}

/** A card is sent all this, one after another or all at once, whatever is refused. */
async function attack(policy: GuardPolicy, sent: readonly Uint8Array[], atOnce: boolean) {
  const store = new MemoryCardStore();
  const card = new SimulatedCard(FRESH, { store, random: new Random("guard") });
  const slot = new InProcessReader();
  slot.insert(card);
  const reached: Uint8Array[] = [];
  const reader = guarded(physical(slot, reached), policy, new CardLedger());
  await reader.open();
  const refused = (error: { code: string }) => expect(error.code).toMatch(/^GUARD_/);
  const send = (command: Uint8Array) => reader.transmit(command).catch(refused);
  if (atOnce) await Promise.all(sent.map(send));
  else for (const command of sent) await send(command);
  await reader.close();
  return { image: card.image, written: store.image !== undefined, reached } satisfies Aftermath;
}

function physical(slot: InProcessReader, reached: Uint8Array[]): Reader {
  const reader = simulatedReader(slot);
  return {
    info: { ...reader.info, physical: true },
    open: () => reader.open(),
    close: () => reader.close(),
    reset: (kind) => reader.reset(kind),
    transmit: (command, options) => {
      reached.push(command);
      return reader.transmit(command, options);
    },
  };
}

function fewestTries(image: CardImage): number {
  const left = image.applications
    .flatMap(({ files }) => files)
    .flatMap((file) =>
      file.kind === "pin" && file.tries > 0 && file.id !== 0x12 ? file.triesLeft : [],
    );
  return Math.min(...left);
}

describe("under any sequence of commands", () => {
  it("an undeclared physical card never gets a VERIFY with data and stays as it was", async () => {
    const policy = fc.constantFrom<GuardPolicy>(
      {},
      { effect: "destroys-card" },
      { testCard: `sha256:${"0".repeat(64)}`, effect: "destroys-card" },
    );
    await fc.assert(
      fc.asyncProperty(policy, commands, fc.boolean(), async (policy, sent, atOnce) => {
        const { image, written, reached } = await attack(policy, sent, atOnce);
        const tried = reached.filter((bytes) => bytes[1] === 0x20 && bytes.length > 5);
        expect(tried).toEqual([]);
        expect(written).toBe(false);
        expect(image).toBe(FRESH);
      }),
      { numRuns: 300 },
    );
  });

  it("no PIN of the declared test card ever loses its last try", async () => {
    expect(fewestTries(FRESH)).toBe(3);
    const effect = fc.constantFrom<Effect>(
      "read-only",
      "spends-tries",
      "changes-card",
      "destroys-card",
    );
    const reached = { fewest: 3 };
    await fc.assert(
      fc.asyncProperty(effect, commands, fc.boolean(), async (effect, sent, atOnce) => {
        const { image } = await attack({ testCard: TEST_CARD, effect }, sent, atOnce);
        reached.fewest = Math.min(reached.fewest, fewestTries(image));
        expect(fewestTries(image)).toBeGreaterThanOrEqual(1);
      }),
      { numRuns: 300 },
    );
    // Otherwise the property would hold because nothing was ever tried.
    expect(reached.fewest).toBe(1);
  });
});

import { beforeEach, describe, expect, it } from "vitest";
import {
  MemoryCardStore,
  parseCard,
  personalise,
  SimulatedCard,
  serialiseCard,
} from "../../simulator/card/index.ts";
import { fullSpec, HOLDER } from "../../simulator/card/testing/spec.ts";
import { fromHex, toHex } from "../../simulator/iso7816/index.ts";
import { Random } from "../../simulator/random.ts";
import { InProcessReader } from "../../simulator/reader/index.ts";
import { Secret } from "../card/index.ts";
import { CardLedger, guarded } from "../guard/index.ts";
import { type Reader, simulatedReader } from "../reader/index.ts";
import { firstDifference, recordedCard, recorderFor, replay } from "./index.ts";
import type { Recording } from "./recording.ts";
import { holdSession } from "./sessions.ts";
import { parseRecording, recordingText } from "./text.ts";

const PINS = { auth: new Secret("1234") };
const WRONG = "002000800439393939";
const SELECT_JPKI = "00A4040C0AD392F000260100000001";
const SELECT_AUTH_PIN = "00A4020C020018";

function cardOf(image = personalise(fullSpec())): SimulatedCard {
  return new SimulatedCard(image, { store: new MemoryCardStore(), random: new Random("card") });
}

function readerWith(card: SimulatedCard): Reader {
  const slot = new InProcessReader("Lab Reader");
  slot.insert(card);
  return simulatedReader(slot);
}

/** The same reader, as if a real person's card might lie in it. */
function countingAsReal(bare: Reader): Reader {
  return {
    info: { ...bare.info, physical: true },
    open: () => bare.open(),
    transmit: (command, options) => bare.transmit(command, options),
    reset: (kind) => bare.reset(kind),
    close: () => bare.close(),
  };
}

async function recorded(name: "reading" | "signing", card: SimulatedCard): Promise<Recording> {
  const recorder = recorderFor(readerWith(card));
  await holdSession(name, recorder.reader, PINS.auth);
  return { reader: "Lab Reader", driver: "simulated", steps: recorder.steps };
}

async function recordedCommands(card: SimulatedCard, ...commands: string[]): Promise<Recording> {
  const { reader, steps } = recorderFor(readerWith(card));
  await reader.open();
  for (const command of commands) await reader.transmit(fromHex(command));
  await reader.close();
  return { reader: "Lab Reader", driver: "simulated", steps };
}

describe("a recorded session", () => {
  let signing: Recording;
  beforeEach(async () => {
    signing = await recorded("signing", cardOf());
  });

  it("holds power, answers and holes in the order in which they came", () => {
    const lines = signing.steps.map(({ sent, received }) => `${sent} → ${received}`);
    expect(lines.slice(0, 2)).toEqual([
      expect.stringMatching(/^OPEN → 3B[0-9A-F]+$/),
      expect.stringMatching(/^RESET COLD → 3B[0-9A-F]+$/),
    ]);
    expect(lines).toContain("00200080 ‹PIN› → 9000");
    expect(lines.at(-2)).toMatch(/^802A00[0-9A-F]{2} ‹署名対象 51 bytes› → ‹署名 256 bytes› 9000$/);
    expect(lines.at(-1)).toBe("CLOSE → undefined");
  });

  it("has neither PIN nor person in its text", () => {
    const text = recordingText(signing);
    expect(text).toContain("> 00200080 ‹PIN›\n~ short\n< 9000");
    for (const secret of ["1234", HOLDER.name, HOLDER.myNumber]) {
      expect(text).not.toContain(toHex(new TextEncoder().encode(secret)));
    }
    expect(text).not.toContain(HOLDER.myNumber);
  });

  it("comes back from its text as it was", () => {
    const text = recordingText({ ...signing, card: `sha256:${"0a".repeat(32)}` });
    expect(recordingText(parseRecording(text, "x"))).toBe(text);
    expect(firstDifference(signing.steps, parseRecording(text, "x").steps)).toBeUndefined();
  });
});

describe("a replay", () => {
  it("goes as recorded with the same card, through PIN and signature", async () => {
    const card = cardOf();
    const recording = await recorded("signing", card);
    const outcome = await replay(recording, readerWith(card), { pins: PINS });
    expect(outcome).toEqual({ matched: recording.steps.length, leftOver: 0 });
  });

  it("stops at the first answer that is another, and says what is left", async () => {
    const recording = await recorded("reading", cardOf());
    const image = personalise(fullSpec());
    const other = cardOf({ ...image, quirks: { firstCommandAnswers6F00: true } });
    const outcome = await replay(recording, readerWith(other));
    expect(outcome).toMatchObject({
      matched: 2,
      leftOver: recording.steps.length - 3,
      difference: { step: 3, part: "received", received: "6F00" },
    });
  });

  it("presents a wrong PIN where one was recorded, and never more than are allowed", async () => {
    const card = cardOf();
    const commands = [SELECT_JPKI, SELECT_AUTH_PIN, WRONG];
    const recording = await recordedCommands(card, ...commands);
    const fresh = cardOf();
    const refused = replay(recording, readerWith(fresh), { pins: PINS, tries: 0 });
    await expect(refused).rejects.toMatchObject({ code: "RECORDING_TRIES" });
    const spent = await replay(recording, readerWith(fresh), { pins: PINS, tries: 1 });
    expect(spent).toMatchObject({ matched: recording.steps.length, leftOver: 0 });
  });

  it("allows a card that may be a person's no wrong PIN unless told so", async () => {
    const recording = await recordedCommands(cardOf(), SELECT_JPKI, SELECT_AUTH_PIN, WRONG);
    const physical = countingAsReal(readerWith(cardOf()));
    const refused = replay(recording, physical, { pins: PINS });
    await expect(refused).rejects.toMatchObject({ code: "RECORDING_TRIES" });
  });

  it.each([
    ["a PIN nobody knows", [SELECT_JPKI, SELECT_AUTH_PIN, WRONG]],
    ["a command hidden as a whole", ["00FE0000"]],
    ["a new PIN", [SELECT_JPKI, SELECT_AUTH_PIN, "002401800431323334"]],
  ])("refuses %s before it opens the reader", async (_, commands) => {
    const recording = await recordedCommands(cardOf(), ...commands);
    const open = () => Promise.reject(new Error("was opened"));
    const untouched = { ...countingAsReal(readerWith(cardOf())), open };
    await expect(replay(recording, untouched)).rejects.toMatchObject({ code: "RECORDING_HOLE" });
  });
});

describe("a session with a declared test card", () => {
  /** A reader whose card counts as a real one, and the guard that protects it. */
  async function protectedCard(card: SimulatedCard) {
    const identity = await holdSession("reading", readerWith(card));
    if (identity === undefined) throw new RangeError("the card does not tell who it is");
    const bare = readerWith(card);
    const physical = countingAsReal(bare);
    const guard = (reader: Reader) =>
      guarded(reader, { testCard: identity, effect: "spends-tries" }, new CardLedger(undefined));
    return { physical, guard };
  }

  it("replays through the guard, whose own questions are not compared", async () => {
    const card = cardOf();
    const recording = await recorded("signing", card);
    const { physical, guard } = await protectedCard(card);
    const outcome = await replay(recording, physical, { pins: PINS, guard });
    expect(outcome).toEqual({ matched: recording.steps.length, leftOver: 0 });
  });

  it("replays what was recorded through the guard", async () => {
    const card = cardOf();
    const { physical, guard } = await protectedCard(card);
    const { reader, steps } = recorderFor(physical);
    await holdSession("signing", guard(reader), PINS.auth);
    const recording = { reader: "Lab Reader", driver: "simulated", steps };
    const outcome = await replay(recording, readerWith(card), { pins: PINS });
    expect(outcome).toEqual({ matched: steps.length, leftOver: 0 });
  });

  it("presents no PIN to a card that is not the declared one", async () => {
    const recording = await recorded("signing", cardOf());
    const physical = countingAsReal(readerWith(cardOf()));
    const stranger = (reader: Reader) => guarded(reader, { testCard: `sha256:${"0".repeat(64)}` });
    const refused = replay(recording, physical, { pins: PINS, guard: stranger });
    await expect(refused).rejects.toMatchObject({ code: "GUARD_EFFECT" });
  });
});

describe("sessions side by side", () => {
  it("differ where one ends before the other", async () => {
    const short = await recordedCommands(cardOf(), SELECT_JPKI);
    const long = await recordedCommands(cardOf(), SELECT_JPKI, SELECT_AUTH_PIN);
    const [open, select] = short.steps;
    if (open === undefined || select === undefined) throw new RangeError("two steps");
    expect(firstDifference(long.steps, [open, select])).toMatchObject({ step: 3, part: "end" });
    expect(firstDifference([open, select], long.steps)).toMatchObject({
      step: 3,
      part: "end",
      expected: "—",
      received: "00A4020C 020018",
    });
  });

  it("differ in the form of a command whose data are hidden", async () => {
    const short = await recordedCommands(cardOf(), SELECT_JPKI, SELECT_AUTH_PIN, WRONG);
    const extended = `00200080000004${"39".repeat(4)}`;
    const other = await recordedCommands(cardOf(), SELECT_JPKI, SELECT_AUTH_PIN, extended);
    expect(firstDifference(short.steps, other.steps)).toMatchObject({
      part: "sent",
      expected: "00200080 ‹PIN› (short)",
      received: "00200080 ‹PIN› (extended)",
    });
  });
});

describe("a card made from a recording", () => {
  it("answers as the recorded one did, where a plain one does not", async () => {
    const original = cardOf({ ...personalise(fullSpec()), atr: fromHex("3BE000FF8131FE4514") });
    await recordedCommands(original, SELECT_JPKI, SELECT_AUTH_PIN, WRONG);
    const recording = await recorded("reading", original);

    const plain = await replay(recording, readerWith(cardOf()));
    expect(plain.difference).toMatchObject({ step: 1, received: toHex(cardOf().atr) });

    const { image, taken, standIns, homeless } = recordedCard(recording, personalise(fullSpec()));
    const outcome = await replay(recording, readerWith(cardOf(parseCard(serialiseCard(image)))));
    expect(outcome).toEqual({ matched: recording.steps.length, leftOver: 0 });
    expect(taken).toEqual(expect.arrayContaining(["atr", "jpki/0006", "jpki/0018 tries left"]));
    expect(standIns).toEqual(expect.arrayContaining(["jpki/000A", "jpki/0017", "jpki/0018"]));
    expect(standIns).not.toContain("object 0066");
    expect(homeless).toEqual([]);
  });

  it("names what it has no place for", async () => {
    const recording = await recordedCommands(cardOf(), SELECT_JPKI, "00A4020C020006", "00B0000010");
    const base = personalise(fullSpec());
    const without = { ...base, applications: base.applications.filter((ap) => ap.name !== "jpki") };
    expect(recordedCard(recording, without)).toMatchObject({
      homeless: ["D392F000260100000001/0006"],
    });
  });
});

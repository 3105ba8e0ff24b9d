import { beforeEach, describe, expect, it } from "vitest";
import {
  SELECT_JPKI,
  SELECT_TEXT,
  selectFile,
  testCard,
  verify,
} from "../../simulator/card/testing/card.ts";
import { testSpec } from "../../simulator/card/testing/spec.ts";
import { fromHex, toHex } from "../../simulator/iso7816/index.ts";
import { between, InProcessReader, type VirtualCard } from "../../simulator/reader/index.ts";
import { cardIdentity } from "../card/card-identity.ts";
import { BenchError } from "../errors.ts";
import type { Reader } from "../reader/reader.ts";
import { simulatedReader } from "../reader/simulated.ts";
import { guarded } from "./guarded.ts";
import { CardLedger } from "./ledger.ts";
import type { GuardPolicy } from "./policy.ts";

const AUTH = testSpec().auth.certificate;
const TEST_CARD = cardIdentity(AUTH);

/** Everything that reached the card, in hexadecimal. */
let log: string[];
let slot: InProcessReader;
let ledger: CardLedger;
/** The command whose answer never arrives. */
let swallowed: string | undefined;

beforeEach(() => {
  log = [];
  swallowed = undefined;
  ledger = new CardLedger();
  slot = new InProcessReader();
  slot.insert(logged(testCard().card));
});

function logged(card: VirtualCard): VirtualCard {
  return between(card, (command) => {
    log.push(toHex(command));
    return card.transmit(command);
  });
}

/** The simulated card, passed off as a real person's. */
function physical(): Reader {
  const reader = simulatedReader(slot);
  return {
    info: { ...reader.info, physical: true },
    open: () => reader.open(),
    close: () => reader.close(),
    reset: (kind) => reader.reset(kind),
    transmit: async (command, options) => {
      const answer = await reader.transmit(command, options);
      if (toHex(command) !== swallowed) return answer;
      throw new BenchError("READER_LOST", "unplugged before the answer came");
    },
  };
}

async function open(policy: GuardPolicy): Promise<Reader> {
  const reader = guarded(physical(), policy, ledger);
  await reader.open();
  log.length = 0;
  return reader;
}

async function send(reader: Reader, ...commands: string[]): Promise<string> {
  let answer = "";
  for (const hex of commands) answer = toHex(await reader.transmit(fromHex(hex)));
  return answer;
}

const AUTH_PIN = [SELECT_JPKI, selectFile("0018")];
const QUERY = "00200080";

describe("a simulated card", () => {
  it("is not guarded", () => {
    const reader = simulatedReader(slot);
    expect(guarded(reader, {})).toBe(reader);
  });
});

describe("a physical card that is not declared", () => {
  it("is read", async () => {
    const reader = await open({});
    expect(await send(reader, ...AUTH_PIN, QUERY)).toBe("63C3");
    expect(await send(reader, "00B08A0004")).toMatch(/^3082.*9000$/);
  });

  it.each([
    ["VERIFY", verify("1234")],
    ["CHANGE REFERENCE DATA", "0024018004 31323334"],
    ["a signature that needs a PIN", `802A029720${"AB".repeat(32)}00`],
    ["a terminal certificate", "80A206C1017F"],
    ["an instruction nobody knows", "80540000"],
    ["no command at all", "00"],
  ])("never gets %s", async (_, command) => {
    const reader = await open({ effect: "destroys-card" });
    await expect(send(reader, command)).rejects.toMatchObject({ code: "GUARD_EFFECT" });
    expect(log).toEqual([]);
  });

  it("is not taken for the declared one because something is declared", async () => {
    const other = `sha256:${"0".repeat(64)}`;
    const reader = await open({ testCard: other });
    await expect(send(reader, verify("1234"))).rejects.toMatchObject({
      code: "GUARD_EFFECT",
      message: expect.stringMatching(new RegExp(`${TEST_CARD}.*${other}`)),
    });
    expect(log).toEqual([]);
  });
});

describe("the declared test card", () => {
  it("is left as if nobody had asked who it is", async () => {
    const reader = await open({ testCard: TEST_CARD });
    // GET DATA of the municipality: answered with no application selected only.
    expect(await send(reader, "00CA00F000")).toBe("31333130319000");
  });

  it("is asked for the tries left before each PIN", async () => {
    const reader = await open({ testCard: TEST_CARD });
    expect(await send(reader, ...AUTH_PIN, verify("1234"))).toBe("9000");
    expect(log.slice(-2)).toEqual([QUERY, "002000800431323334"]);
    expect(await send(reader, "0020009B0850415353574F5244")).toBe("9000");
    expect(log.slice(-2)).toEqual(["0020009B", "0020009B0850415353574F5244"]);
  });

  it("gets nothing more after a PIN that was wrong unexpectedly, by any reader", async () => {
    const reader = await open({ testCard: TEST_CARD });
    expect(await send(reader, ...AUTH_PIN, verify("9999"))).toBe("63C2");
    log.length = 0;
    const latched = { code: "GUARD_LATCHED", message: expect.stringContaining("auth") };
    await expect(send(reader, verify("1234"))).rejects.toMatchObject(latched);
    await expect(send(reader, QUERY)).rejects.toMatchObject(latched);
    await expect(reader.reset("cold")).rejects.toMatchObject(latched);
    await reader.close();

    const next = guarded(physical(), { testCard: TEST_CARD, effect: "spends-tries" }, ledger);
    await expect(next.open()).rejects.toMatchObject(latched);
    expect(log).toEqual([]);
  });

  it("gets nothing more when nobody knows whether a try was spent", async () => {
    const reader = await open({ testCard: TEST_CARD, effect: "spends-tries" });
    await send(reader, ...AUTH_PIN);
    swallowed = verify("9999");
    await expect(send(reader, verify("9999"))).rejects.toMatchObject({ code: "READER_LOST" });
    expect(ledger.charged(TEST_CARD).auth).toBe(1);
    await expect(reader.open()).rejects.toMatchObject({ code: "GUARD_LATCHED" });
  });

  it("is charged for each wrong PIN and given back by the right one, each PIN by itself", async () => {
    const reader = await open({ testCard: TEST_CARD, effect: "spends-tries" });
    await send(reader, ...AUTH_PIN, verify("9999"));
    await send(reader, "0020009B0850415353574F5231");
    expect(ledger.charged(TEST_CARD)).toEqual({ auth: 1, sign: 1, text: 0, other: 0 });
    await send(reader, selectFile("0018"), verify("1234"));
    expect(ledger.charged(TEST_CARD)).toEqual({ auth: 0, sign: 1, text: 0, other: 0 });
    await send(reader, SELECT_TEXT, selectFile("0011"), verify("9999"));
    expect(ledger.charged(TEST_CARD)).toEqual({ auth: 0, sign: 1, text: 1, other: 0 });
  });

  it("gets no PIN beyond the run's budget, whoever spent it", async () => {
    const budget = { auth: 1, sign: 0, text: 0, other: 0 };
    const policy: GuardPolicy = { testCard: TEST_CARD, effect: "spends-tries", budget };
    const reader = await open(policy);
    await send(reader, ...AUTH_PIN, verify("9999"));
    await reader.close();
    const next = await open(policy);
    await send(next, ...AUTH_PIN);
    await expect(send(next, verify("1234"))).rejects.toMatchObject({
      code: "GUARD_BUDGET",
      message: expect.stringContaining("1 of 1 tries (auth)"),
    });
    expect(log).not.toContain("002000800431323334");
  });

  it("loses tries where that is meant, and never the last", async () => {
    const reader = await open({ testCard: TEST_CARD, effect: "spends-tries" });
    expect(await send(reader, ...AUTH_PIN, verify("9999"))).toBe("63C2");
    expect(await send(reader, verify("9999"))).toBe("63C1");
    await expect(send(reader, verify("1234"))).rejects.toMatchObject({ code: "GUARD_LAST_TRY" });
    expect(await send(reader, QUERY)).toBe("63C1");
  });

  it("does not lose the last try to two callers at once", async () => {
    const reader = await open({ testCard: TEST_CARD, effect: "destroys-card" });
    await send(reader, ...AUTH_PIN);
    const tries = Array.from({ length: 3 }, () => send(reader, verify("9999")));
    expect((await Promise.allSettled(tries)).map(({ status }) => status)).toEqual([
      "fulfilled",
      "fulfilled",
      "rejected",
    ]);
    expect(await send(reader, QUERY)).toBe("63C1");
  });

  it("gets no PIN while it does not tell how many tries are left", async () => {
    const reader = await open({ testCard: TEST_CARD });
    await expect(send(reader, SELECT_JPKI, verify("1234"))).rejects.toMatchObject({
      code: "GUARD_LAST_TRY",
    });
    expect(log).not.toContain("002000800431323334");
  });

  it.each([
    ["read-only", "0024018004 31323334", false],
    ["spends-tries", "0024018004 31323334", false],
    ["changes-card", "0024018004 31323334", true],
    ["changes-card", "80540000", false],
    ["destroys-card", "80540000", true],
    ["destroys-card", "1020008004 31323334", false],
  ] as const)(
    "with the effect %s and %s: reaches the card %s",
    async (effect, command, reaches) => {
      const reader = await open({ testCard: TEST_CARD, effect });
      await send(reader, ...AUTH_PIN);
      const outcome = await send(reader, command).catch(({ code }) => code);
      expect(log.includes(command.replaceAll(" ", ""))).toBe(reaches);
      if (!reaches) expect(outcome).toBe("GUARD_EFFECT");
    },
  );

  it("is a stranger again after it was taken out, until it has shown itself", async () => {
    const reader = await open({ testCard: TEST_CARD });
    const card = slot.remove();
    await expect(send(reader, QUERY)).rejects.toMatchObject({ code: "READER_CARD_REMOVED" });
    await expect(send(reader, verify("1234"))).rejects.toMatchObject({ code: "GUARD_EFFECT" });
    if (card !== undefined) slot.insert(card);
    await reader.open();
    expect(await send(reader, ...AUTH_PIN, verify("1234"))).toBe("9000");
  });
});

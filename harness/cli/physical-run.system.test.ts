/** Runs with a card that is taken for a physical one: what the guard lets through, and what not. */

import { once } from "node:events";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type Pcscd, startPcscd } from "../reader/testing/pcscd.ts";
import { PCSCD_PARTS, systemParts } from "../reader/testing/require-system.ts";
import { BIN, jpkiBench } from "./testing/cli.ts";
import { layDown, type PhysicalCard } from "./testing/physical-card.ts";

const HARNESS = new URL("../harness/index.ts", pathToFileURL(BIN)).href;
/** VERIFY with a PIN, whatever it is. */
const TRIED = /^002000../;
const TIMEOUT = 300_000;

/** Scenarios as a careless author would write them: the raw commands, and no look at the tries. */
const scenarios = (waiting: string) => `
import { expect, fromHex, JpkiClient, scenario, wrongPin } from "${HARNESS}";
const about = (title, more) =>
  ({ title: { ja: title, en: title }, system: "own", source: "-", needs: ["pins"], ...more });
const wrong = (card) => wrongPin(card.pin("auth")).reveal();
const verify = (pin) => Uint8Array.of(0, 0x20, 0, 0x80, pin.length, ...Buffer.from(pin));
const ready = async (insertCard) => {
  const card = await insertCard();
  await new JpkiClient(card.reader).select();
  await card.reader.transmit(fromHex("00A4020C020018"));
  return card;
};

scenario("OWN-01", about("blocks it", { effect: "destroys-card", tries: { auth: 3 } }), async ({ insertCard }) => {
  const card = await ready(insertCard);
  for (const _ of [1, 2, 3]) await card.reader.transmit(verify(wrong(card)));
});
scenario("OWN-02", about("goes to the last", { effect: "spends-tries", tries: { auth: 2 } }), async ({ insertCard }) => {
  const card = await ready(insertCard);
  for (const _ of [1, 2]) await card.reader.transmit(verify(wrong(card)));
  await expect(card.reader.transmit(verify(wrong(card)))).rejects.toMatchObject({ code: "GUARD_LAST_TRY" });
});
scenario("OWN-03", about("is surprised", { effect: "read-only" }), async ({ insertCard }) => {
  const card = await ready(insertCard);
  await card.reader.transmit(verify(wrong(card)));
});
scenario("OWN-04", about("comes after", { effect: "read-only" }), async ({ insertCard }) => {
  await ready(insertCard);
});
scenario("OWN-05", about("takes its time", { effect: "read-only", needs: [] }), async ({ insertCard }) => {
  await insertCard();
  await fetch("${waiting}");
});
`;

const system = systemParts([...PCSCD_PARTS, "pcsclite"]);

describe.skipIf(system.missing.length > 0)(system.title("a physical card"), () => {
  let pcscd: Pcscd;
  let folder: string;
  let card: PhysicalCard;
  /** Where OWN-05 waits until the test lets it go. */
  let waiting: Server;

  beforeAll(async () => {
    pcscd = await startPcscd();
  });

  afterAll(async () => {
    await pcscd?.stop();
  });

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), "jpki-physical-run-"));
    card = await layDown(pcscd, "physical");
    waiting = createServer().listen(0, "127.0.0.1");
    await once(waiting, "listening");
    const { port } = waiting.address() as AddressInfo;
    mkdirSync(join(folder, "scenarios"));
    const file = join(folder, "scenarios/own.scenario.mjs");
    writeFileSync(file, scenarios(`http://127.0.0.1:${port}/`));
    const reader = { driver: "pcsc", name: pcscd.readers[0] };
    const { auth, sign } = card.issued.pins;
    const testCard = { id: card.id, pins: { auth, sign }, budget: { auth: 2 } };
    const projects = { stranger: { reader }, desk: { reader, testCard } };
    writeFileSync(join(folder, "bench.config.json"), JSON.stringify({ projects }));
  });

  afterEach(async () => {
    waiting.closeAllConnections();
    waiting.close();
    await card.takeAway();
    rmSync(folder, { recursive: true });
  });

  const bench = (...words: string[]) =>
    jpkiBench([...words, "--lang", "en"], { env: pcscd.env, cwd: folder });
  const run = (...words: string[]) => bench("run", ...words, "--out", "out");
  const journal = () => readFileSync(join(folder, "out/journal.ndjson"), "utf8");
  const tried = () => card.reached.filter((hex) => TRIED.test(hex) && hex.length > 10);

  it("that nobody declared is read, and never gets a PIN", { timeout: TIMEOUT }, async () => {
    const { stdout, exitCode } = await run(
      ...["OWN-01", "OWN-02", "OWN-03", "CR-25", "CR-29", "--project", "stranger"],
    );
    expect(stdout).toContain("only read-only scenarios run on a physical card");
    expect(exitCode).toBe(0);
    for (const id of ["CR-25", "CR-29"]) {
      expect(journal()).toContain(`"scenario":"${id}","attempt":1,"verdict":"passed"`);
    }
    expect(card.reached.filter((hex) => /^(00F2|B03C)/.test(hex))).toEqual([]);
    expect(card.reached.length).toBeGreaterThan(0);
    expect(tried()).toEqual([]);
  });

  it("is charged as planned, and keeps its last try", { timeout: TIMEOUT }, async () => {
    const words = ["OWN-01", "OWN-02", "--project", "desk"];
    const plan = await bench("plan", ...words);
    expect(plan.stdout).toMatch(/- OWN-01.*beyond the budget of tries \(auth: needs 3, 2 left/);
    expect(plan.stdout).toContain(`test card ${card.id}\n    tries planned/budget: auth 2/2`);
    expect(card.reached).toEqual([]);

    const { stdout, exitCode } = await run(...words);
    expect({ exitCode, tried: tried().length }).toEqual({ exitCode: 0, tried: 2 });
    expect(stdout).toContain("tries spent/budget: auth 2/2, sign 0/4");
    expect(journal()).toContain(`"card":"${card.id}"`);
  });

  it("gets nothing more after a surprise", { timeout: TIMEOUT }, async () => {
    const words = ["run", "OWN-03", "OWN-04", "--project", "desk", "--retries", "2", "--json"];
    const { stdout, exitCode } = await bench(...words, "--out", "out");
    expect(exitCode).toBe(1);
    expect(tried()).toHaveLength(1);
    expect(JSON.parse(stdout).card).toMatchObject({
      charged: { auth: 1 },
      latched: "a PIN (auth) was wrong unexpectedly",
    });
    expect(journal()).toContain("GUARD_LATCHED");
    expect(tried().at(-1)).toBe(card.reached.at(-1));
  });

  it("is one run's at a time, and the second is told whose", { timeout: TIMEOUT }, async () => {
    const asked = once(waiting, "request");
    const first = run("OWN-05", "--project", "stranger");
    const [, answer] = await asked;
    const second = await bench("run", "CR-29", "--project", "desk", "--out", "second");
    expect(second.exitCode).toBe(3);
    expect(second.stderr).toMatch(
      /^READER_LOCKED: pcsc "Virtual PCD 00 00" .*is held by process \d+ \(run --project stranger\)/,
    );
    answer.end();
    expect((await first).exitCode).toBe(0);
  });
});

/**
 * Nothing secret gets out: generated PINs and a test resident's data are pushed through a run in
 * every way a scenario has, failing assertions included, and every output is searched for them.
 */
import { randomInt } from "node:crypto";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, expect, it } from "vitest";
import { unzipped } from "../../reports/reporters/xlsx/testing/unzipped.ts";
import { Lab } from "../../simulator/lab/index.ts";
import { cacheFolder } from "../config/folders.ts";
import { BIN, type Finished, jpkiBench } from "./testing/cli.ts";

const HARNESS = new URL("../harness/index.ts", pathToFileURL(BIN)).href;
const SEED = "secrets";
const newPin = String(randomInt(1000, 10_000));
const newPassword = `K${randomInt(10 ** 9, 10 ** 10)}Z`;

const SCENARIOS = `
import { expect, JpkiClient, Secret, scenario, TextApClient, wrongPin } from "${HARNESS}";

const about = (title) => ({
  title: { ja: title, en: title }, system: "own", source: "-", effect: "changes-card",
});

scenario("LEAK-01", about("every way through the card"), async ({ insertCard, step }) => {
  const card = await insertCard();
  const jpki = new JpkiClient(card.reader);
  await jpki.select();
  const pin = new Secret("${newPin}");
  const password = new Secret("${newPassword}");
  await step({ ja: "PIN", en: "PIN" }, async () => {
    await jpki.changePin("auth", card.pin("auth"), pin);
    await jpki.verifyAuthPin(wrongPin(pin)).catch(() => undefined);
    await jpki.verifyAuthPin(pin);
    await jpki.changePin("sign", card.pin("sign"), password);
    await jpki.verifySignPassword(password);
  });
  await jpki.signCertificate();
  await jpki.authCertificate();
  const text = new TextApClient(card.reader);
  await text.select();
  await text.verifyPin(card.pin("text"));
  await text.attributes();
  await text.myNumber();
});

scenario("LEAK-02", about("a failed assertion on the attributes"), async ({ insertCard }) => {
  const card = await insertCard();
  const text = new TextApClient(card.reader);
  await text.select();
  await text.verifyPin(card.pin("text"));
  const attributes = (await text.attributes()).reveal();
  console.log(attributes);
  expect({ ...attributes, number: (await text.myNumber()).reveal() }).toEqual({});
});

scenario("LEAK-03", about("an error that tells everything"), async ({ insertCard }) => {
  const card = await insertCard();
  const { name, address, myNumber } = card.issued.resident;
  throw new Error([name, address, myNumber, card.pin("sign").reveal()].join(" "));
});
`;

let folder: string;
let finished: Finished;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "jpki-secrets-"));
  mkdirSync(join(folder, "scenarios"));
  writeFileSync(join(folder, "scenarios/leak.scenario.mjs"), SCENARIOS);
  finished = await jpkiBench(
    [
      "run",
      "LEAK",
      "--seed",
      SEED,
      "--out",
      "out",
      "--reporter",
      "html,junit,markdown,ctrf,xlsx",
      "--verbose",
    ],
    { cwd: folder },
  );
}, 60_000);

afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** Everything a person or a machine could read of the run. */
function outputs(): Map<string, string> {
  const files = readdirSync(join(folder, "out"));
  const texts = files.map((name) => [name, textOf(join(folder, "out", name))] as const);
  return new Map([...texts, ["stdout", finished.stdout], ["stderr", finished.stderr]]);
}

/** A workbook is packed. */
function textOf(path: string): string {
  const bytes = readFileSync(path);
  return path.endsWith(".xlsx") ? [...unzipped(bytes).values()].join("\n") : bytes.toString("utf8");
}

it("runs as meant: one passes, two fail", () => {
  expect(finished.exitCode, finished.stderr).toBe(1);
  const journal = outputs().get("journal.ndjson") ?? "";
  expect(journal).toContain("VERIFY");
  expect(journal).toContain('"passed":1,"failed":2');
  const reports = ["report.html", "junit.xml", "report.xlsx"];
  expect([...outputs().keys()]).toEqual(expect.arrayContaining(reports));
});

it("tells nothing of what it was given", async () => {
  const worlds = await Promise.all(["LEAK-01", "LEAK-02", "LEAK-03"].map(secretsOf));
  const secrets = new Set([...worlds.flat(), newPassword]);
  expect(secrets.size).toBeGreaterThan(10);
  for (const [name, text] of outputs()) {
    for (const secret of secrets) {
      const told = formsOf(secret).some((form) => text.includes(form));
      expect(told, `${name} tells a secret of ${secret.length} characters`).toBe(false);
    }
  }
});

it("tells no PIN, neither as digits nor as bytes", () => {
  for (const pin of [newPin, "1234"]) {
    for (const [name, text] of outputs()) {
      // As a command's data, or as a text of its own; four digits are part of many innocent numbers.
      const bytes = Buffer.from(pin, "ascii").toString("hex").toUpperCase();
      expect(
        text.includes(`04${bytes}`) || text.includes(`"${pin}"`) || text.includes(`>${pin}<`),
        name,
      ).toBe(false);
    }
  }
});

/** The same seed and scenario make the same resident; see Workbench. */
async function secretsOf(scenario: string): Promise<string[]> {
  const lab = await Lab.open({ seed: `${SEED}/${scenario}`, keys: cacheFolder("keys") });
  try {
    await lab.issueCard("adult");
    // The PINs among them have a test of their own.
    return lab.secrets().filter((secret) => secret.length > 4);
  } finally {
    await lab.close();
  }
}

/** As text, as hexadecimal of its bytes, with and without spaces, and as JSON or XML escape it. */
function formsOf(secret: string): string[] {
  const hex = Buffer.from(secret, "utf8").toString("hex");
  const spaced = hex.replace(/(..)(?=.)/g, "$1 ");
  const escaped = [...secret]
    .map((c) => `\\u${(c.codePointAt(0) ?? 0).toString(16).padStart(4, "0")}`)
    .join("");
  return [
    secret,
    hex,
    hex.toUpperCase(),
    spaced.toUpperCase(),
    escaped,
    Buffer.from(secret).toString("base64").replace(/=+$/, ""),
  ];
}

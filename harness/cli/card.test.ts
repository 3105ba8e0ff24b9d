/** Cards from the command line: as files, compared, and at the counter; in a running lab and in none. */
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { jpkiBench, type RunningLab, startLab } from "./testing/cli.ts";

let folder: string;
let lab: RunningLab;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "jpki-card-"));
  // The card in the reader is not needed, its answer to reset is.
  lab = await startLab(["--state", at("state"), "--seed", "card", "--atr", "contact-short"]);
}, 60_000);

afterAll(async () => {
  await lab?.stop();
  rmSync(folder, { recursive: true });
});

const at = (name: string) => join(folder, name);
const mode = (name: string) => statSync(at(name)).mode & 0o777;

async function card(...words: string[]) {
  const finished = await jpkiBench(["card", ...words, "--state", at("state"), "--lang", "en"]);
  const document = words.includes("--json") ? JSON.parse(finished.stdout) : undefined;
  return { ...finished, document };
}

const code = ({ stderr }: { readonly stderr: string }) => stderr.split(":")[0];

describe("card files", { timeout: 120_000 }, () => {
  it("hold digests only, or everything, and are for their owner", async () => {
    writeFileSync(at("full.json"), "", { mode: 0o644 });
    const text = await card("export", "r0001-1", "--out", at("card.txt"), "--json");
    const full = await card("export", "R0001-1", "--full", "--out", at("full.json"), "--json");

    expect(text.document).toEqual({ card: "R0001-1", file: at("card.txt"), full: false });
    expect(full.document).toMatchObject({ full: true });
    expect(readFileSync(at("card.txt"), "utf8")).toMatch(/^jpki\/0018\/value = #[0-9a-f]{32}$/m);
    expect(readFileSync(at("full.json"), "utf8")).toContain('"privateKey"');
    expect([mode("card.txt"), mode("full.json")]).toEqual([0o600, 0o600]);
  });

  it("are compared with each other and with the card, which then comes back", async () => {
    const same = await card("diff", at("card.txt"), at("full.json"));
    expect([same.exitCode, same.stdout]).toEqual([0, ""]);

    await card("unblock", "R0001-1", "--pin", "auth", "--value", "2468");
    const changed = await card("diff", at("full.json"), "R0001-1", "--json");
    expect(changed.exitCode).toBe(1);
    expect(changed.document).toEqual([
      { place: "jpki/0018/value", before: expect.any(String), after: expect.any(String) },
    ]);
    const shown = await card("diff", at("card.txt"), "R0001-1");
    expect(shown.stdout).toMatch(/^jpki\/0018\/value: #[0-9a-f]{32} → #[0-9a-f]{32}\n$/);

    const back = await card("import", at("full.json"), "--json");
    expect(back.document).toMatchObject({ id: "R0001-1", pins: { auth: "1234" } });
    expect((await card("diff", at("card.txt"), "R0001-1")).exitCode).toBe(0);
  });

  it.each<[string, () => string[], string, number]>([
    ["a card that is none", () => ["export", "R9999-1", "--out", at("x")], "CARD_UNKNOWN", 2],
    ["a file that is not there", () => ["import", at("absent")], "FILE_UNREADABLE", 2],
    ["a file that holds no card", () => ["import", at("card.txt")], "CARD_IMAGE_INVALID", 2],
    [
      "a folder that is not there",
      () => ["export", "R0001-1", "--out", at("no/x")],
      "FILE_UNWRITABLE",
      2,
    ],
    [
      "a PIN that breaks the rule",
      () => ["unblock", "R0001-1", "--pin", "auth", "--value", "1"],
      "CARD_COUNTER_REFUSED",
      2,
    ],
    ["an ATR nobody has seen", () => ["new", "--atr", "3B00"], "CLI_USAGE", 2],
  ])("name what is wrong: %s", async (_what, words, expected, exit) => {
    const finished = await card(...words());
    expect([code(finished), finished.exitCode]).toEqual([expected, exit]);
    expect(finished.stderr.trimEnd().split("\n")).toHaveLength(2);
  });
});

describe("people and their cards", { timeout: 120_000 }, () => {
  it("come by name, with an answer to reset", async () => {
    expect(lab.ready.cards[0]).toMatchObject({ atr: "3BC5FF8131FB458073C6010000" });
    const { document } = await card("new", "--persona", "iphone", "--json");
    expect(document).toMatchObject({ id: "R0002-S1", profile: "iphone" });
    const other = await card("new", "--persona", "child", "--atr", "contactless-41e0", "--json");
    expect(other.document).toMatchObject({ atr: "3B888001000041E0B381A1003B" });
    const listed = await card("list");
    expect(listed.stdout).toMatch(/R0002-1 .*\nR0002-S1 /);
  });

  it("move, and the card says so: the same in a lab that no longer runs", async () => {
    await lab.stop();
    await card("export", "R0001-1", "--out", at("before.txt"));
    const words = ["resident", "move", "R0001", "--to", "28100", "--state", at("state"), "--json"];
    const moved = JSON.parse((await jpkiBench(words)).stdout);
    const { document } = await card("diff", at("before.txt"), "R0001-1", "--json");

    expect(moved.address).toMatch(/^兵庫県神戸市/);
    const places = document.map(({ place }: { place: string }) => place);
    expect(places).toEqual(expect.arrayContaining(["text/0002/content", "visual/0002/content"]));
    expect(places.some((place: string) => place.startsWith("jpki/"))).toBe(false);
  });
});

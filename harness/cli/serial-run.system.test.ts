/**
 * The same scenarios that run on the simulator, over emulated readers on a pty; and a lab that holds
 * such a reader for programs that know nothing of it.
 */
import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { cardIdentity, JpkiClient, Secret } from "../card/index.ts";
import { serialReader } from "../reader/index.ts";
import { PtyPair } from "../reader/serial/testing/pty-pair.ts";
import { systemParts } from "../reader/testing/require-system.ts";
import { jpkiBench, startLab } from "./testing/cli.ts";

const run = promisify(execFile);
let folder: string;
let ptys: PtyPair;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "jpki-serial-run-"));
  ptys = await PtyPair.open();
});

afterEach(async () => {
  await ptys.close();
  rmSync(folder, { recursive: true });
});

const configured = (reader: object) => {
  const projects = { serial: { reader: { device: ptys.near, ...reader } } };
  writeFileSync(join(folder, "bench.config.json"), JSON.stringify({ projects }));
  return (...words: string[]) =>
    jpkiBench(["run", "--json", "--project", "serial", "--out", "out", ...words], { cwd: folder });
};

const serial = systemParts(["socat", "serialport"]);

describe.skipIf(serial.missing.length > 0)(serial.title("scenarios over a serial line"), () => {
  it.each([
    // All of the card's that need no sharing and no contacts, and one with each platform.
    ["pn532", ["CR", "MK-02", "LA-01"], 15],
    ["rcs620s", ["CR-02", "CR-08"], 2],
    // With a signature, whose answer is longer than the module itself could carry.
    ["twn4", ["CR-02", "CR-07", "CR-08"], 3],
  ])("pass on %s as they do on the simulator", async (driver, filters, least) => {
    const { exitCode, stdout, stderr } = await configured({ driver, emulator: ptys.far })(
      ...filters,
    );
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
    const { passed, failed, journal } = JSON.parse(stdout);
    expect(failed).toBe(0);
    expect(passed).toBeGreaterThanOrEqual(least);
    expect(readFileSync(journal, "utf8")).toContain(`"reader":"${ptys.near}"`);
  });

  it("never talk to a card that is not the one the bench made", async () => {
    const other = await PtyPair.open();
    const words = ["--pn532", other.far, "--state", join(folder, "state"), "--seed", "other"];
    const lab = await startLab(words);
    try {
      const scenarios = configured({ driver: "pn532", emulator: ptys.far, device: other.near });
      const { exitCode, stdout } = await scenarios("CR-02");
      expect(exitCode).toBe(1);
      const journal = readFileSync(JSON.parse(stdout).journal, "utf8");
      expect(journal).not.toContain('"type":"apdu"');
      expect(journal).toContain("GUARD_EFFECT");
    } finally {
      await lab.stop();
      await other.close();
    }
  });
});

const labs = systemParts(["socat", "serialport", "nfc-list"]);

describe.skipIf(labs.missing.length > 0)(labs.title("a lab with a PN532"), () => {
  const start = (...words: string[]) =>
    startLab([...words, "--state", join(folder, "state"), "--seed", "pn532"]);

  it("shows its card to libnfc and to this bench's driver", async () => {
    const lab = await start("--pn532", ptys.far);
    try {
      const [card] = lab.ready.cards;
      expect(card?.reader).toBe(`pn532 ${ptys.far}`);
      const env = { ...process.env, LIBNFC_DEFAULT_DEVICE: `pn532_uart:${ptys.near}` };
      const { stdout } = await run("nfc-list", ["-v"], { env });
      expect(stdout).toContain("1 ISO14443B passive target(s) found");
      const reader = serialReader("pn532", { device: ptys.near, physical: false });
      await reader.open();
      const jpki = new JpkiClient(reader);
      await jpki.select();
      await jpki.verifyAuthPin(new Secret(card?.pins.auth ?? ""));
      expect(cardIdentity(await jpki.authCertificate())).toMatch(/^sha256:/);
      await reader.close();
    } finally {
      expect(await lab.stop()).toBe(0);
    }
  });

  it("is shown by `readers` with its card, where a project names it", async () => {
    configured({ driver: "pn532" });
    const lab = await start("--pn532", ptys.far);
    try {
      const { stdout, exitCode } = await jpkiBench(["readers", "--json"], { cwd: folder });
      expect(exitCode).toBe(0);
      const rows = JSON.parse(stdout) as { driver: string }[];
      expect(rows.filter(({ driver }) => driver === "pn532")).toEqual([
        {
          driver: "pn532",
          name: ptys.near,
          atr: "3B888001000005E0B381A1007F",
          card: "jpki",
          id: expect.stringMatching(/^sha256:[0-9a-f]{64}$/),
        },
      ]);
    } finally {
      await lab.stop();
    }
  });

  it.each([
    ["a device that is not there", ["--pn532", "/nonexistent/tty"], "SERIAL_UNREACHABLE", 3],
    ["what is no serial device", ["--pn532", "/dev/null"], "SERIAL_UNREACHABLE", 3],
    ["two readers for one card", ["--pn532", "/dev/a", "--twn4", "/dev/b"], "CLI_USAGE", 2],
    ["contacts", ["--twn4", "/dev/a", "--interface", "contact"], "CLI_USAGE", 2],
  ])("refuses %s", async (_name, words, code, exit) => {
    const state = ["--state", join(folder, "state"), "--lang", "en"];
    const { exitCode, stderr } = await jpkiBench(["lab", ...words, ...state]);
    expect(stderr).toMatch(new RegExp(`^${code}: .*\\n.+`));
    expect(exitCode).toBe(exit);
  });
});

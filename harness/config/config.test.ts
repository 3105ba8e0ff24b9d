import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { parseConfig, projectNamed } from "./config.ts";
import { loadConfig } from "./load.ts";

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "jpki-config-"));
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

const ID = `sha256:${"a".repeat(64)}`;
const DESK = { reader: { driver: "pcsc", name: "SONY" } };

describe("parseConfig", () => {
  it("always has the simulator, and finds scenarios by habit", () => {
    const config = parseConfig({}, "test");
    expect(config.projects).toEqual({ simulator: { reader: { driver: "simulated" } } });
    expect(config.scenarios).toEqual(["scenarios/**/*.scenario.{ts,mts,js,mjs}"]);
  });

  it("takes a declared test card with its PINs", () => {
    const pins = { auth: "1234", sign: "ABC123" };
    const testCard = { id: ID, pins, budget: { auth: 1, sign: 4 } };
    const config = parseConfig({ projects: { desk: { ...DESK, testCard } } }, "test");
    expect(projectNamed(config, "desk")).toEqual({ ...DESK, testCard });
  });

  it("takes readers on a serial line", () => {
    const reader = { driver: "pn532", device: "/dev/ttyUSB0", baudRate: 460800 };
    const config = parseConfig({ projects: { desk: { reader } } }, "test");
    expect(projectNamed(config, "desk")).toEqual({ reader });
  });

  it("takes a reader behind a USB bridge, by its path or as the only one", () => {
    for (const reader of [{ driver: "mcp2221a" }, { driver: "mcp2221a", device: "/dev/hidraw3" }]) {
      const config = parseConfig({ projects: { desk: { reader } } }, "test");
      expect(projectNamed(config, "desk")).toEqual({ reader });
    }
  });

  it.each([
    [
      { projects: { desk: { reader: { driver: "mcp2221a", baudRate: 9600 } } } },
      "projects.desk.reader",
    ],
    [
      { projects: { desk: { reader: { driver: "pn532", device: "x", baudRate: 1 } } } },
      "reader.baudRate",
    ],
    [{ projects: { desk: { reader: { driver: "rcs620s" } } } }, "reader.device"],
    [{ projects: { desk: { reader: { driver: "magic" } } } }, "projects.desk.reader"],
    [{ projects: { desk: { ...DESK, testCard: { id: "1234" } } } }, "projects.desk.testCard.id"],
    [{ projects: { desk: { ...DESK, testCard: { id: ID, budget: { auth: 3 } } } } }, "budget.auth"],
    [{ projects: { desk: { reader: { ...DESK.reader, vpcd: "here" } } } }, "reader.vpcd"],
    [
      { projects: { desk: { ...DESK, platform: { mkpf: { issuer: "http://mkpf.example" } } } } },
      "projects.desk.platform.mkpf.issuer: should be https",
    ],
    [{ projects: { desk: { ...DESK, platform: {} } } }, "should name mkpf or localAuthPf"],
    [{ projects: { desk: { ...DESK, relyingParty: { url: "here" } } } }, "relyingParty.url"],
    [{ projects: { desk: { ...DESK, relyingParty: {} } } }, "should name driver or url"],
    [
      { projects: { desk: { ...DESK, relyingParty: { driver: "./a.ts", deadline: 1 } } } },
      "relyingParty.deadline",
    ],
    [{ scenarios: "scenarios" }, "scenarios"],
    [null, "the whole"],
  ])("names what is wrong in %j", (value, where) => {
    expect(() => parseConfig(value, "test")).toThrow(
      expect.objectContaining({ code: "CONFIG_INVALID", message: expect.stringContaining(where) }),
    );
  });

  it("lists the projects there are when asked for another", () => {
    expect(() => projectNamed(parseConfig({ projects: { desk: DESK } }, "test"), "moon")).toThrow(
      /simulator, desk/,
    );
  });
});

describe("loadConfig", () => {
  it.each([
    ["bench.config.json", JSON.stringify({ projects: { desk: DESK } })],
    ["bench.config.mjs", `export default ${JSON.stringify({ projects: { desk: DESK } })};`],
    [
      "bench.config.ts",
      `const c: object = ${JSON.stringify({ projects: { desk: DESK } })};\nexport default c;`,
    ],
  ])("reads %s", async (name, text) => {
    writeFileSync(join(folder, name), text);
    const config = await loadConfig(folder);
    expect(config.file).toBe(join(folder, name));
    expect(config.folder).toBe(folder);
    expect(projectNamed(config, "desk")).toEqual(DESK);
  });

  it("finds a profile and a driver beside the file", async () => {
    const mkpf = {
      issuer: "https://mkpf.example",
      clientId: { env: "ID" },
      privateKey: { env: "KEY" },
      profile: "mkpf.json",
    };
    const systems = { driver: "my-systems.ts", url: "https://town.example" };
    const desk = { ...DESK, platform: { mkpf }, relyingParty: systems };
    writeFileSync(join(folder, "bench.config.json"), JSON.stringify({ projects: { desk } }));
    const platform = { mkpf: { ...mkpf, profile: join(folder, "mkpf.json") } };
    const relyingParty = { ...systems, driver: join(folder, "my-systems.ts") };
    const loaded = projectNamed(await loadConfig(folder), "desk");
    expect(loaded).toEqual({ ...desk, platform, relyingParty });
  });

  it("does without a file", async () => {
    expect(await loadConfig(folder)).toMatchObject({ file: undefined, folder });
  });

  it("insists on a file that was named", async () => {
    await expect(loadConfig(folder, "absent.ts")).rejects.toMatchObject({
      code: "CONFIG_NOT_FOUND",
    });
  });
});

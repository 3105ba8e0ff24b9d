import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { ProjectConfig } from "../config/config.ts";
import type { Part } from "./parts.ts";
import { notesFor } from "./platform-notes.ts";
import { linksOf, obstaclesOf } from "./readiness.ts";

const part = (name: string, neededBy: string[], found: boolean): Part => ({
  name,
  found,
  neededBy,
  use: { ja: "用途", en: "use" },
  install: `install ${name}`,
});

const serial = (device: string): ProjectConfig => ({ reader: { driver: "pn532", device } });

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "jpki-readiness-"));
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

describe("obstaclesOf", () => {
  it("names the parts that this project's drivers lack, and no others", async () => {
    const parts = [
      part("serialport", ["pn532"], false),
      part("node-hid", ["hid-relay"], false),
      part("pcscd", ["pcsc"], false),
      part("node", ["pn532"], true),
    ];
    const relay = { driver: "hid-relay", card: { relay: 1, on: "present" } } as const;
    expect(await obstaclesOf(serial("/dev/x"), parts)).toEqual([
      { code: "READY_NOT", message: "lacks serialport" },
    ]);
    expect(await obstaclesOf({ ...serial("/dev/x"), actuator: relay }, parts)).toEqual([
      { code: "READY_NOT", message: "lacks serialport, node-hid" },
    ]);
  });

  it("finds a serial device, or says that there is none", async () => {
    const device = join(folder, "ttyUSB0");
    expect(await obstaclesOf(serial(device), [])).toMatchObject([{ code: "READER_NOT_FOUND" }]);
    writeFileSync(device, "");
    chmodSync(device, 0o600);
    expect(await obstaclesOf(serial(device), [])).toEqual([]);
  });

  it("looks for the bridge of a reader that hangs on one", async () => {
    const reader = { driver: "mcp2221a", device: "/dev/hidraw-none" } as const;
    const node = part("node-hid", ["mcp2221a"], false);
    expect(await obstaclesOf({ reader }, [node])).toMatchObject([{ code: "READY_NOT" }]);
    const [{ code = "" } = {}, ...others] = await obstaclesOf({ reader }, []);
    // Where node-hid is not installed, or a worker thread may not load it, that is what is told.
    expect(code).toMatch(/^(READER_NOT_FOUND|HID_PACKAGE_MISSING|READER_UNSUPPORTED)$/);
    expect(others).toEqual([]);
  });

  it("has nothing against the simulator", async () => {
    expect(await obstaclesOf({ reader: { driver: "simulated" } }, [])).toEqual([]);
  });
});

describe("notesFor", () => {
  it("tells what concerns the project's links, by operating system", () => {
    const texts = (platform: string, project: ProjectConfig) =>
      notesFor(platform, linksOf(project))
        .map(({ en }) => en)
        .join("\n");
    const pcsc: ProjectConfig = { reader: { driver: "pcsc", name: "SONY" } };
    expect(texts("linux", serial("/dev/x"))).toContain("dialout");
    expect(texts("linux", pcsc)).toContain("--disable-polkit");
    expect(texts("linux", pcsc)).not.toContain("dialout");
    expect(texts("win32", pcsc)).toContain("SCardSvr");
    expect(texts("darwin", pcsc)).toContain("unverified");
    expect(texts("linux", { reader: { driver: "simulated" } })).toBe("");
  });

  it("gives a udev rule for relay boards and bridges", () => {
    const actuator = { driver: "hid-relay" } as const;
    const project: ProjectConfig = { ...serial("/dev/x"), actuator };
    const [rule] = notesFor("linux", linksOf(project)).filter(({ ja }) => ja.includes("udev"));
    expect(rule?.ja).toContain('ATTRS{idVendor}=="16c0|04d8", ATTRS{idProduct}=="05df|00dd"');
  });
});

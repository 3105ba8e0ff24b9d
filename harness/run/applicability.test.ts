import { describe, expect, it } from "vitest";
import type { ProjectConfig } from "../config/config.ts";
import type { SystemName } from "../relying-party/driver.ts";
import { type ScenarioMeta, toRecord } from "../scenario/meta.ts";
import { applicability, offerOf } from "./applicability.ts";

const ID = `sha256:${"0".repeat(64)}`;
const DESK: ProjectConfig = { reader: { driver: "pcsc", name: "SONY" } };
const TEST_DESK: ProjectConfig = { ...DESK, testCard: { id: ID, pins: { auth: "1234" } } };
const VIRTUAL: ProjectConfig = {
  reader: { driver: "pcsc", name: "Virtual PCD", vpcd: "127.0.0.1:35963" },
};
const SIMULATED: ProjectConfig = { reader: { driver: "simulated" } };

const scenario = (part: Partial<ScenarioMeta>) =>
  toRecord("CR-01", {
    title: { ja: "題", en: "title" },
    system: "card",
    source: "-",
    effect: "read-only",
    ...part,
  });

const runs = (part: Partial<ScenarioMeta>, project: ProjectConfig) =>
  applicability(scenario(part), offerOf(project)).runs;

describe("a physical card that nobody declared a test card", () => {
  it.each(["spends-tries", "changes-card", "destroys-card"] as const)("is spared %s", (effect) => {
    expect(runs({ effect }, DESK)).toBe(false);
  });

  it("may be read", () => {
    expect(runs({ effect: "read-only" }, DESK)).toBe(true);
  });
});

describe("a declared test card", () => {
  it("may be spent", () => {
    expect(runs({ effect: "destroys-card" }, TEST_DESK)).toBe(true);
  });

  it("still lacks a simulated world, and a hand to take it away", () => {
    expect(runs({ needs: ["lab"] }, TEST_DESK)).toBe(false);
    expect(runs({ needs: ["removal"] }, TEST_DESK)).toBe(false);
    expect(runs({ needs: ["pins"] }, TEST_DESK)).toBe(true);
  });

  it("lacks PINs when the configuration does not tell them", () => {
    expect(runs({ needs: ["pins"] }, { ...DESK, testCard: { id: ID } })).toBe(false);
  });
});

it("leaves out what is for a system under test that a vendor does not have", () => {
  const decided = (systems?: readonly SystemName[]) =>
    applicability(scenario({ needs: ["lab", "portal"] }), offerOf(SIMULATED, systems));
  expect(decided()).toEqual({ runs: true });
  expect(decided(["portal"])).toEqual({ runs: true });
  expect(decided(["library"])).toMatchObject({
    runs: false,
    reason: {
      ja: expect.stringContaining("住民ポータル"),
      en: expect.stringContaining("no portal"),
    },
  });
});

it("leaves out on a serial line what needs sharing or contacts", () => {
  const serial: ProjectConfig = {
    reader: { driver: "pn532", device: "/dev/ttyUSB0", emulator: "/dev/pts/3" },
  };
  expect(runs({ effect: "destroys-card", needs: ["lab", "pins", "removal"] }, serial)).toBe(true);
  expect(runs({ needs: ["sharing"] }, serial)).toBe(false);
  expect(runs({ needs: ["contacts"] }, serial)).toBe(false);
  expect(runs({ needs: ["contacts", "sharing"] }, SIMULATED)).toBe(true);
});

it.each<ProjectConfig["reader"]>([
  { driver: "rcs620s", device: "/dev/ttyUSB0" },
  { driver: "mcp2221a" },
])("takes a card at $driver for a person's unless the bench put it there", (reader) => {
  expect(runs({ effect: "read-only" }, { reader })).toBe(true);
  expect(runs({ effect: "spends-tries" }, { reader })).toBe(false);
});

it.each([
  ["simulated", SIMULATED],
  ["virtual PC/SC", VIRTUAL],
])("a %s reader runs everything", (_name, project) => {
  expect(runs({ effect: "destroys-card", needs: ["lab", "pins", "removal"] }, project)).toBe(true);
});

it("says why not, in both languages", () => {
  const decision = applicability(scenario({ effect: "changes-card" }), offerOf(DESK));
  expect(decision).toMatchObject({
    runs: false,
    reason: {
      ja: expect.stringContaining("実カード"),
      en: expect.stringContaining("changes-card"),
    },
  });
});

it("moves a physical card only by an actuator, and as far as that is wired", () => {
  const beside = (actuator: ProjectConfig["actuator"]): ProjectConfig => ({ ...DESK, actuator });
  const moving = { effect: "read-only", needs: ["actuator"] } as const;
  const power = { effect: "read-only", needs: ["power"] } as const;
  const relay = beside({ driver: "hid-relay", card: { relay: 1, on: "present" } });
  const person = beside({ driver: "operator", desk: "terminal" });
  expect([runs(moving, DESK), runs(moving, relay), runs(moving, person)]).toEqual([
    false,
    true,
    true,
  ]);
  expect([runs(power, DESK), runs(power, relay), runs(power, person)]).toEqual([
    false,
    false,
    true,
  ]);
  expect([runs(moving, SIMULATED), runs(power, SIMULATED)]).toEqual([true, true]);
});

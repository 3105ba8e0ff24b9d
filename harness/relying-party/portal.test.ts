import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { LabCard } from "../../simulator/lab/index.ts";
import { onPhone } from "./excursions.ts";
import type { PortalUnderTest } from "./system-under-test.ts";
import { openTown, type Town } from "./testing/town.ts";

const TEXT = "保育所の入所を申請します。";

let town: Town;
let card: LabCard;
let portal: PortalUnderTest;

beforeAll(async () => {
  town = await openTown();
});
beforeEach(async () => {
  card = await town.lab.issueCard("adult");
  portal = town.systems.portal();
});
afterAll(() => town[Symbol.asyncDispose]());

function person(outcome = "normal", consent?: readonly string[]) {
  return onPhone({ card: card.id, outcome, ...(consent && { consent }) });
}

describe("built-in portal", () => {
  it("logs somebody in with all attributes, and accepts what they sign", async () => {
    expect(await portal.logIn(person())).toEqual({ done: true, missing: [] });
    expect(await portal.sign(TEXT, person())).toEqual({ done: true, applications: 1 });
    expect(await portal.sign(TEXT, person())).toEqual({ done: true, applications: 2 });
  });

  it("says what was not agreed to", async () => {
    const [name, gender] = ["name", "gender"];
    expect(await portal.logIn(person("normal", [name, gender]))).toEqual({
      done: true,
      missing: ["address", "birthdate"],
    });
  });

  it.each([
    ["cancelled", "declined", "中止しました"],
    ["pinLocked", "pinLocked", "ロック"],
    ["certificateRevoked", "certificate", "更新してください"],
    ["maintenance", "outage", "停止中"],
  ])("tells the resident what to do after %s", async (outcome, reason, text) => {
    expect(await portal.logIn(person(outcome))).toMatchObject({
      done: false,
      reason,
      text: expect.stringContaining(text),
    });
  });

  it("lets nobody in on an ID token that was meant for somebody else", async () => {
    expect(await portal.logIn(person("idToken.wrongAudience"))).toMatchObject({
      done: false,
      reason: "PLATFORM_PROTOCOL",
      text: expect.stringContaining("手続きは行っていません"),
    });
  });

  it("shows a planned outage while the platform is down", async () => {
    await portal.logIn(person());
    const { faults } = town.lab.digitalAuthApp;
    faults.plan({ mode: "outage" });
    const signing = await portal.sign(TEXT, person());
    faults.clear();
    expect(signing).toMatchObject({ done: false, reason: "outage" });
  });

  it.each([
    ["otherDocument", "otherDocument"],
    ["digestInfoTwice", "digestInfoTwice"],
    ["digestInfoMissing", "digestInfoMissing"],
  ])("does not accept a signature gone wrong: %s", async (outcome, reason) => {
    await portal.logIn(person());
    expect(await portal.sign(TEXT, person(outcome))).toMatchObject({ done: false, reason });
  });

  it("does not accept an application that somebody else signs", async () => {
    await portal.logIn(person());
    const other = await town.lab.issueCard("adult");
    expect(await portal.sign(TEXT, onPhone({ card: other.id }))).toMatchObject({
      done: false,
      reason: "otherPerson",
    });
  });

  it("knows nobody in another browser, nor an answer that was not begun there", async () => {
    await portal.logIn(person());
    const stranger = town.systems.portal();
    expect(await stranger.sign(TEXT, person())).toMatchObject({ done: false, reason: "welcome" });
    const excursion = person();
    await portal.logIn(async (away) => {
      const back = await excursion(away);
      const stolen = await stranger.logIn(async () => back);
      expect(stolen).toMatchObject({ done: false, reason: "notHere" });
      return back;
    });
  });
});

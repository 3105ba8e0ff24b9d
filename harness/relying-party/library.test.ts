import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { LabCard } from "../../simulator/lab/index.ts";
import { builtInLibrary } from "./built-in.ts";
import type { LibraryUnderTest } from "./system-under-test.ts";
import { openTown, type Town } from "./testing/town.ts";

const BOOK = "3100000017";
const OTHER_BOOK = "3100000025";
const HOUR = 60 * 60 * 1000;

let town: Town;
let card: LabCard;
let library: LibraryUnderTest;

beforeAll(async () => {
  town = await openTown();
  library = town.systems.library;
});
beforeEach(async () => {
  card = await town.lab.issueCard("adult");
});
afterAll(() => town[Symbol.asyncDispose]());

async function page(): Promise<string> {
  return (await fetch(town.parties.addresses.library)).text();
}

async function patrons(): Promise<string[]> {
  return /data-patrons="(\d+)"\s+data-linked="(\d+)"/.exec(await page())?.slice(1) ?? [];
}

describe("built-in library: registration", () => {
  it("keeps nothing of somebody who does not consent or walks away", async () => {
    const before = await patrons();
    expect(await library.enrolPatron(town.visitor(card, "decline"))).toMatchObject({
      done: false,
      reason: "CONSENT_DECLINED",
    });
    expect(await library.linkPatron("10000017", town.visitor(card, "cancel"))).toMatchObject({
      done: false,
      reason: "CANCELLED",
    });
    expect(await patrons()).toEqual(before);
  });

  it("makes the card a patron's library card, and finds the patron by touch (A)", async () => {
    const linked = await library.linkPatron("10000017", town.visitor(card));
    expect(linked).toEqual({ done: true, patron: "10000017" });
    const lent = await library.lendByTouch(BOOK, town.visitor(card));
    expect(lent).toEqual({ done: true, patron: "10000017", mayHaveChanged: false });
    expect(await page()).toContain("見本 さくら</td>");
  });

  it("registers a new patron with the 4情報 of the card, and nobody twice (B)", async () => {
    const [before] = await patrons();
    const enrolled = await library.enrolPatron(town.visitor(card));
    expect(enrolled).toMatchObject({ done: true });
    expect(await library.enrolPatron(town.visitor(card))).toEqual(enrolled);
    expect(await patrons()).toMatchObject([String(Number(before) + 1), expect.anything()]);
    expect(await page()).toContain(card.resident.name);
  });
});

describe("built-in library: lending", () => {
  it("does not know a card that is not registered", async () => {
    expect(await library.lendByTouch(BOOK, town.visitor(card))).toMatchObject({
      done: false,
      reason: "REGISTRATION_REQUIRED",
      text: expect.stringContaining("暗証番号による利用登録"),
    });
  });

  it("lends a book once, and takes it back once", async () => {
    await library.linkPatron("10000025", town.visitor(card));
    const touch = town.visitor(card);
    expect(await library.lendByTouch(OTHER_BOOK, touch)).toMatchObject({ done: true });
    const again = await library.lendByTouch(OTHER_BOOK, touch);
    expect(again).toMatchObject({ done: false, text: expect.stringContaining("貸出中") });
    expect(await library.takeBack(OTHER_BOOK)).toEqual({ done: true });
    expect(await library.takeBack(OTHER_BOOK)).toMatchObject({ done: false });
    const unknown = await library.lendByTouch("9999999999", touch);
    expect(unknown).toMatchObject({ done: false, text: expect.stringContaining("資料番号") });
  });

  it("takes no answer that was meant for another terminal", async () => {
    const excursion = town.visitor(card);
    const stranger = builtInLibrary(town.parties.addresses.library);
    const result = await library.linkPatron("10000025", async (away) => {
      const back = await excursion(away);
      const stolen = await stranger.linkPatron("10000025", async () => back);
      expect(stolen).toMatchObject({ done: false, reason: "notOurs" });
      return back;
    });
    expect(result).toMatchObject({ done: true });
  });

  it("says that MKPF gives no answer, and does not lend", async () => {
    await library.linkPatron("10000025", town.visitor(card));
    const excursion = town.visitor(card);
    const { faults } = town.lab.mkpf.verification;
    const result = await library.lendByTouch(OTHER_BOOK, async (away) => {
      const back = await excursion(away);
      faults.plan({ mode: "outage" });
      return back;
    });
    faults.clear();
    expect(result).toMatchObject({ done: false, reason: "PLATFORM_UNREACHABLE" });
  });

  it("says 確認不可, which is not valid, and turns a revoked card away", async () => {
    const { lab } = town;
    await library.linkPatron("10000025", town.visitor(card));
    Object.assign(lab.jpki.faults, { ocsp: "reset", crl: "reset" });
    // Longer than any list is good for.
    lab.clock.advance(10 * 24 * HOUR);
    expect(await library.lendByTouch(OTHER_BOOK, town.visitor(card))).toMatchObject({
      done: false,
      reason: "STATUS_UNAVAILABLE",
      text: expect.stringContaining("確認不可"),
    });
    Object.assign(lab.jpki.faults, { ocsp: "none", crl: "none" });
    lab.counter.lose(card.resident);
    lab.clock.advance(HOUR);
    expect(await library.lendByTouch(OTHER_BOOK, town.visitor(card))).toMatchObject({
      done: false,
      reason: "REVOKED",
      text: expect.stringContaining("失効"),
    });
  });

  it("asks whether the address has changed after a move", async () => {
    await library.linkPatron("10000025", town.visitor(card));
    town.lab.counter.move(card.resident);
    town.lab.clock.advance(25 * HOUR);
    expect(await library.lendByTouch(OTHER_BOOK, town.visitor(card))).toMatchObject({
      done: true,
      mayHaveChanged: true,
    });
  });
});

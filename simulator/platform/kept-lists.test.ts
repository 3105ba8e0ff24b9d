import { beforeEach, describe, expect, it } from "vitest";
import { LabClock } from "../clock.ts";
import { SimulatorError } from "../errors.ts";
import type { CertificateStatus } from "../pki/index.ts";
import { KeptLists, type RefreshableSource } from "./kept-lists.ts";
import { FIRST_CERTIFICATE } from "./testing/certificates.ts";

const HOUR = 3_600_000;

/** A CA that publishes at 00:00 in Japan, and a line to it that can be cut. */
class Publisher implements RefreshableSource {
  readonly #clock: LabClock;
  cut = false;
  fetches = 0;
  #listOf: Date | undefined;

  constructor(clock: LabClock) {
    this.#clock = clock;
  }

  async refresh(): Promise<void> {
    this.fetches += 1;
    if (this.cut) throw new SimulatorError("PKI_STATUS_UNAVAILABLE", "the line is cut");
    const jst = this.#clock.now().getTime() + 9 * HOUR;
    this.#listOf = new Date(Math.floor(jst / (24 * HOUR)) * 24 * HOUR - 9 * HOUR);
  }

  async check(): Promise<CertificateStatus> {
    if (this.#listOf === undefined) {
      throw new SimulatorError("PKI_STATUS_UNAVAILABLE", "there is no list");
    }
    return {
      status: "good",
      evidence: { method: "crl", thisUpdate: this.#listOf, crlNumber: 1n },
    };
  }
}

let clock: LabClock;
let publisher: Publisher;
let lists: KeptLists;

beforeEach(() => {
  clock = LabClock.stopped(jst("2031-04-01T12:00"));
  publisher = new Publisher(clock);
  lists = new KeptLists({
    sources: [publisher],
    clock,
    loadHourJst: 6,
    retryMinutes: 10,
    maxAgeHours: 48,
  });
});

function jst(time: string): Date {
  return new Date(`${time}:00+09:00`);
}

async function listDate(): Promise<Date> {
  return (await lists.check(FIRST_CERTIFICATE)).evidence.thisUpdate;
}

describe("kept revocation lists", () => {
  it("loads at the first question and then not before the next load hour", async () => {
    expect(await listDate()).toEqual(jst("2031-04-01T00:00"));
    clock.travelTo(jst("2031-04-02T05:59"));
    expect(await listDate()).toEqual(jst("2031-04-01T00:00"));
    expect(publisher.fetches).toBe(1);
  });

  it("goes on with yesterday's list between publication and load hour, then loads (LA-02)", async () => {
    await listDate();
    clock.travelTo(jst("2031-04-02T06:00"));
    expect(await listDate()).toEqual(jst("2031-04-02T00:00"));
    expect(await listDate()).toEqual(jst("2031-04-02T00:00"));
    expect(publisher.fetches).toBe(2);
    expect(lists.loadedAt).toEqual(jst("2031-04-02T06:00"));
  });

  it("uses the last list while the line is cut, up to its greatest age (LA-04)", async () => {
    await listDate();
    publisher.cut = true;
    clock.travelTo(jst("2031-04-03T00:00"));
    expect(await listDate()).toEqual(jst("2031-04-01T00:00"));
    clock.travelTo(jst("2031-04-03T00:01"));
    await expect(listDate()).rejects.toMatchObject({ code: "PKI_STATUS_UNAVAILABLE" });
    publisher.cut = false;
    clock.travelTo(jst("2031-04-03T00:11"));
    expect(await listDate()).toEqual(jst("2031-04-03T00:00"));
  });

  it("leaves the CA alone for a while after a load that failed", async () => {
    await listDate();
    publisher.cut = true;
    clock.travelTo(jst("2031-04-02T06:00"));
    await listDate();
    await listDate();
    clock.travelTo(jst("2031-04-02T06:09"));
    await listDate();
    expect(publisher.fetches).toBe(2);
    clock.travelTo(jst("2031-04-02T06:10"));
    await listDate();
    expect(publisher.fetches).toBe(3);
  });

  it("concludes nothing before a list was ever loaded", async () => {
    publisher.cut = true;
    await expect(listDate()).rejects.toMatchObject({ code: "PKI_STATUS_UNAVAILABLE" });
  });

  it("loads once for questions that arrive together", async () => {
    await Promise.all([listDate(), listDate(), listDate()]);
    expect(publisher.fetches).toBe(1);
  });
});

import { describe, expect, it } from "vitest";
import { Secret } from "../card/index.ts";
import { BenchError } from "../errors.ts";
import { checkedCounter, checkedLibrary, checkedPortal } from "./checked.ts";
import type { CounterUnderTest, LibraryUnderTest, PortalUnderTest } from "./system-under-test.ts";

const DEADLINE = 10_000;
const away = async (url: URL) => url;

const LIBRARY: LibraryUnderTest = {
  testData: { patrons: ["1"], books: ["A", "B"] },
  linkPatron: async (patron) => ({ done: true, patron }),
  enrolPatron: async () => ({ done: false, reason: "closed", text: "本日は休館日です。" }),
  lendByTouch: async () => ({ done: true, patron: "1", mayHaveChanged: false }),
  takeBack: async () => ({ done: true }),
};

/** As a vendor's JavaScript may have it. */
function library(changes: object, deadline = DEADLINE): LibraryUnderTest {
  return checkedLibrary({ ...LIBRARY, ...changes } as LibraryUnderTest, deadline);
}

describe("a vendor's system", () => {
  it("is asked as it is, and believed", async () => {
    expect(library({}).testData).toEqual(LIBRARY.testData);
    expect(await library({}).linkPatron("7", away)).toEqual({ done: true, patron: "7" });
    expect(await library({}).enrolPatron(away)).toEqual({
      done: false,
      reason: "closed",
      text: "本日は休館日です。",
    });
    expect(await library({}).takeBack("A")).toEqual({ done: true });
  });

  it.each([
    ["library has no method lendByTouch", { lendByTouch: undefined }],
    [
      "library.testData: books.1 is not as it should be",
      { testData: { patrons: ["1"], books: ["A"] } },
    ],
    ["library.testData: as a whole is not as it should be", { testData: undefined }],
  ])("is refused where it lacks something: %s", (message, changes) => {
    expect(() => library(changes)).toThrow(
      expect.objectContaining({ code: "RELYING_PARTY_INVALID", message }),
    );
  });

  it("is refused where the other two lack something, too", () => {
    const counter = { present: async () => undefined } as unknown as CounterUnderTest;
    expect(() => checkedCounter(counter, DEADLINE)).toThrow(/counter has no method issueSeal/);
    const portal = checkedPortal(() => ({ logIn: async () => ({}) }) as never, DEADLINE);
    expect(() => portal()).toThrow(/portal has no method sign/);
    expect(() => checkedPortal({} as never, DEADLINE)).toThrow(/portal should be a function/);
  });

  it.each([
    ["nothing", undefined, "as a whole"],
    ["no patron", { done: true, mayHaveChanged: true }, "patron"],
    [
      "a word for a truth value",
      { done: true, patron: "1", mayHaveChanged: "no" },
      "mayHaveChanged",
    ],
    ["no text for staff", { done: false, reason: "closed" }, "text"],
  ])("may not answer with %s", async (_what, answer, place) => {
    const asked = library({ lendByTouch: async () => answer }).lendByTouch("A", away);
    await expect(asked).rejects.toMatchObject({
      code: "RELYING_PARTY_INVALID",
      message: `library.lendByTouch answered: ${place} is not as it should be`,
    });
  });

  it("that throws is named, with the first line of what it said", async () => {
    const logIn = async () => Promise.reject(new TypeError("fetch failed\n  at somewhere"));
    const portal = checkedPortal(() => ({ logIn, sign: logIn }) as PortalUnderTest, DEADLINE);
    await expect(portal().logIn(away)).rejects.toMatchObject({
      code: "RELYING_PARTY_FAILED",
      message: "portal.logIn: fetch failed",
      cause: expect.any(TypeError),
    });
  });

  it("leaves alone what the bench itself has thrown, at the card or at a platform's page", async () => {
    const error = new BenchError("READER_NO_CARD", "no card");
    const visit = async () => Promise.reject(error);
    const linkPatron: LibraryUnderTest["linkPatron"] = async (_number, excursion) => {
      await excursion(new URL("http://127.0.0.1:1"));
      return { done: true, patron: "1" };
    };
    await expect(library({ linkPatron }).linkPatron("1", visit)).rejects.toBe(error);
  });

  it("that does not answer in time has failed", async () => {
    const never = () => new Promise<never>(() => {});
    const counter = checkedCounter({ present: never, issueSealCertificate: never }, 20);
    const asked = counter.issueSealCertificate({ methods: "ocsp", pin: new Secret("1234") });
    await expect(asked).rejects.toMatchObject({
      code: "RELYING_PARTY_FAILED",
      message: "counter.issueSealCertificate: no answer within 20 ms",
    });
  });
});

import { describe, expect, it } from "vitest";
import { scrubError } from "./scrub.ts";

const SECRETS = ["1234", "ABC123", "試験　太郎"];

describe("scrubError", () => {
  it("strikes secrets out of message and stack, through every cause", () => {
    const cause = new Error("PIN 1234 for 試験　太郎");
    const error = new Error("password ABC123", { cause });
    scrubError(error, SECRETS);
    expect(error.message).toBe("password ‹secret›");
    expect(cause.message).toBe("PIN ‹secret› for ‹secret›");
    expect(`${error.stack}${cause.stack}`).not.toMatch(/ABC123|試験/);
  });

  it("strikes them out of both sides of an assertion", () => {
    const error = Object.assign(new Error("differ"), {
      actual: { name: "試験　太郎" },
      expected: "nobody",
    });
    scrubError(error, SECRETS);
    expect(error.actual).toBe('{"name":"‹secret›"}');
    expect(error.expected).toBe("nobody");
  });

  it("prints whole numbers of any length, so that the assertion is still told", () => {
    const actual = { crlNumber: 12n, holder: "試験　太郎" };
    const error = Object.assign(new Error("differ"), { actual, expected: undefined });
    scrubError(error, SECRETS);
    expect(error.message).toBe("differ");
    expect(error.actual).toBe('{"crlNumber":"12n","holder":"‹secret›"}');
  });

  it("leaves longer numbers alone that contain a PIN", () => {
    const error = new Error("took 123456 ms, serial 012345");
    scrubError(error, SECRETS);
    expect(error.message).toBe("took 123456 ms, serial 012345");
  });

  it("takes what is not an error as it is", () => {
    expect(() => scrubError("1234", SECRETS)).not.toThrow();
  });
});

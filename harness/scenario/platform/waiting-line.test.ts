import { describe, expect, it } from "vitest";
import { PlatformError } from "../../platform/index.ts";
import { askInLine } from "./waiting-line.ts";

const notNow = (retryAfterSeconds?: number) =>
  new PlatformError("PLATFORM_UNREACHABLE", "not now", {
    status: 503,
    ...(retryAfterSeconds !== undefined && { retryAfterSeconds }),
  });

/** Answers in capitals, after it has thrown each of `troubles` once. */
function platform(...troubles: Error[]) {
  const asked: string[] = [];
  const ask = async (question: string) => {
    asked.push(question);
    const trouble = troubles.shift();
    if (trouble !== undefined) throw trouble;
    return question.toUpperCase();
  };
  return { asked, ask };
}

describe("a line of questions", () => {
  it("waits for as long as it is told and asks the same question again", async () => {
    const { ask, asked } = platform(notNow(30), notNow(5));
    const waited: number[] = [];
    const answers = await askInLine(["a", "b"], ask, { wait: (s) => void waited.push(s) });
    expect(answers).toEqual(["A", "B"]);
    expect(asked).toEqual(["a", "a", "a", "b"]);
    expect(waited).toEqual([30, 5]);
  });

  it("gives up a question after so many attempts", async () => {
    const { ask, asked } = platform(notNow(1), notNow(1), notNow(1));
    const line = { wait: () => {}, attempts: 2 };
    await expect(askInLine(["a", "b"], ask, line)).rejects.toMatchObject({ status: 503 });
    expect(asked).toEqual(["a", "a"]);
  });

  it.each([
    notNow(),
    new PlatformError("PLATFORM_REFUSED", "no", { status: 400 }),
    new TypeError("other"),
  ])("does not wait for what will not pass: %s", async (trouble) => {
    const { ask, asked } = platform(trouble);
    const wait = () => expect.unreachable();
    await expect(askInLine(["a"], ask, { wait })).rejects.toBe(trouble);
    expect(asked).toEqual(["a"]);
  });
});

import { describe, expect, it } from "vitest";
import { getChallenge } from "../challenge.ts";
import { ScriptedReader } from "./scripted-reader.ts";

describe("a scripted reader", () => {
  it("fails on a command that is not in the script, even when the sender hides it", async () => {
    const reader = new ScriptedReader("> 00 84 00 00 02\n < AB CD 90 00");
    await expect(getChallenge(reader, 3)).rejects.toThrow("sent 0084000003, expected 0084000002");
    expect(() => reader.assertEnded()).toThrow("sent 0084000003");
  });

  it("fails on what was never sent", () => {
    const reader = new ScriptedReader("> 00 84 00 00 02\n < AB CD 90 00");
    expect(() => reader.assertEnded()).toThrow("never sent: 0084000002");
  });
});

import { describe, expect, it } from "vitest";
import { BenchError } from "../errors.ts";
import { statusError } from "./card-error.ts";
import { exchange } from "./exchange.ts";
import { cardErrorOf } from "./testing/rejection.ts";
import { conversation } from "./testing/scripted-reader.ts";

const PURPOSE = { ja: "証明書の読出し", en: "read the certificate" };

describe("a status word", () => {
  it.each([
    [0x6982, "CARD_SECURITY_STATUS", undefined],
    [0x6a82, "CARD_NOT_FOUND", undefined],
    [0x6d00, "CARD_UNSUPPORTED", undefined],
    [0x6e00, "CARD_UNSUPPORTED", undefined],
    [0x6700, "CARD_WRONG_LENGTH", undefined],
    [0x63c2, "CARD_PIN_WRONG", 2],
    [0x6300, "CARD_PIN_WRONG", undefined],
    [0x63c0, "CARD_PIN_BLOCKED", 0],
    [0x6983, "CARD_PIN_BLOCKED", 0],
    [0x6984, "CARD_PIN_BLOCKED", 0],
    [0x6985, "CARD_STATUS", undefined],
    [0x6a86, "CARD_STATUS", undefined],
    [0x6f00, "CARD_STATUS", undefined],
    [0x6105, "CARD_STATUS", undefined],
    [0x6c10, "CARD_STATUS", undefined],
  ])("%i is %s", (sw, code, triesLeft) => {
    expect(statusError(PURPOSE, sw)).toMatchObject({ code, sw, triesLeft });
  });

  it("is told in both languages, with what the command was for", () => {
    const error = statusError(PURPOSE, 0x6a82);
    expect(error).toBeInstanceOf(BenchError);
    expect(error.name).toBe("CardError");
    expect(error.message).toBe(
      "証明書の読出し: ファイルまたはAPがない / read the certificate: file or application not found [6A82]",
    );
  });

  it("tells where a PIN is reset when the PIN is blocked, and only then", () => {
    expect(statusError(PURPOSE, 0x6984, "municipal-office").resetAt).toBe("municipal-office");
    expect(statusError(PURPOSE, 0x63c1, "municipal-office").resetAt).toBeUndefined();
  });
});

describe("an exchange", () => {
  const command = { cla: 0x00, ins: 0xb0, p1: 0, p2: 0, ne: 16, purpose: PURPOSE };

  it.each(["", "90", "31 32 33 34 35 36"])("refuses an answer without status: '%s'", (answer) =>
    conversation(`> 00 B0 00 00 10\n < ${answer}`, async (reader) => {
      const error = await cardErrorOf(exchange(reader, command));
      expect(error.code).toBe("CARD_DATA_INVALID");
      // What stands where the status should be may be somebody's number.
      expect(error.message).not.toMatch(/35|36/);
      expect(error.cause).toBeUndefined();
    }),
  );

  it.each(["READER_DEADLINE", "READER_TRANSPORT", "READER_CARD_MUTE"])(
    "is not repeated after %s",
    (failure) =>
      conversation(`> 00 B0 00 00 10\n ! ${failure}`, async (reader) => {
        await expect(exchange(reader, command)).rejects.toMatchObject({ code: failure });
      }),
  );

  it.each(["61 10", "6C 10", "67 00", "6F 00"])("is not repeated after %s", (status) =>
    conversation(`> 00 B0 00 00 10\n < ${status}`, async (reader) => {
      const error = await cardErrorOf(exchange(reader, command));
      expect(error.sw).toBe(Number.parseInt(status.replace(" ", ""), 16));
    }),
  );
});

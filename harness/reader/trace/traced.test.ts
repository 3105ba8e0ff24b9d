import { describe, expect, it } from "vitest";
import { fromHex, toHex } from "../../../simulator/iso7816/index.ts";
import { BenchError } from "../../errors.ts";
import type { Reader } from "../reader.ts";
import { type ApduRecord, traced } from "./traced.ts";

const SELECT_JPKI = "00A4040C0AD392F000260100000001";
const SELECT_TEXT = "00A4040C0AD3921000310001010408";
const SELECT_VISUAL = "00A4040C0AD3921000310001010402";
const SELECT_COMMON = "00A4040C0AD3921000310001010100";

type Answers = (command: string) => string | Error;

/** A reader whose card answers as told, or 9000. */
function scripted(answers: Answers): Reader {
  const presence = { atr: fromHex("3B80800101") };
  return {
    info: { driver: "test", name: "Test Reader 00 00", physical: false },
    open: async () => presence,
    reset: async () => presence,
    close: async () => undefined,
    transmit: async (command) => {
      const answer = answers(toHex(command));
      if (answer instanceof Error) throw answer;
      return fromHex(answer);
    },
  };
}

/** What the trace says of the last of these commands, when it was answered so. */
async function tell(answer: string | Error, ...commands: string[]): Promise<ApduRecord> {
  const last = commands.at(-1);
  const records: ApduRecord[] = [];
  const reader = traced(
    scripted((command) => (command === last ? answer : "9000")),
    (record) => records.push(record),
  );
  for (const command of commands) {
    await reader.transmit(fromHex(command)).catch((error) => expect(error).toBe(answer));
  }
  expect(records).toHaveLength(commands.length);
  return records.at(-1) ?? expect.fail();
}

describe("a trace", () => {
  it("has the fields of the journal's event", async () => {
    expect(await tell("9000", SELECT_JPKI)).toEqual({
      type: "apdu",
      reader: "Test Reader 00 00",
      label: { ja: "SELECT 公的個人認証AP", en: "SELECT JPKI application" },
      command: "00A4040C 0AD392F000260100000001",
      response: "9000",
      sw: "9000",
      meaning: { ja: "正常終了", en: "success" },
      milliseconds: expect.any(Number),
    });
  });

  it.each([
    // What may be shown.
    [
      "010203",
      SELECT_JPKI,
      "00B0880003",
      "READ BINARY 証明書の有無 [0..2]",
      "00B08800 03",
      "010203 9000",
    ],
    [
      "4A504B49",
      SELECT_JPKI,
      "00A4020C020006",
      "00B0000004",
      "READ BINARY トークン情報 [0..3]",
      "00B00000 04",
      "4A504B49 9000",
    ],
    ["", SELECT_JPKI, "00A4020C020018", "SELECT 利用者証明用PIN", "00A4020C 020018", "9000"],
    // Of the token information, what comes before the serial number of the card.
    [
      "41423132",
      SELECT_JPKI,
      "00B0864E04",
      "READ BINARY トークン情報 [78..81]",
      "00B0864E 04",
      "4142 ‹トークン情報 2 bytes› 9000",
    ],
    // PINs, and nothing of their length.
    ["", SELECT_JPKI, "0020009804 31323334", "VERIFY 利用者証明用PIN", "00200098 ‹PIN›", "9000"],
    [
      "",
      SELECT_JPKI,
      "0020009B 000006 414243313233",
      "VERIFY 署名用パスワード",
      "0020009B ‹PIN›",
      "9000",
    ],
    [
      "",
      SELECT_JPKI,
      "00A4020C020018",
      "0024018004 31323334",
      "CHANGE REFERENCE DATA 利用者証明用PIN",
      "00240180 ‹PIN›",
      "9000",
    ],
    [
      "",
      SELECT_COMMON,
      "8032009C04 31323334",
      "CHANGE KEY 共通カードAPのPIN",
      "8032009C ‹PIN›",
      "9000",
    ],
    [
      "",
      SELECT_VISUAL,
      "002000930C 313233343536373839303138",
      "VERIFY 照合番号A",
      "00200093 ‹PIN›",
      "9000",
    ],
    [
      "",
      SELECT_TEXT,
      "002000950E 3031303130323230333534333231",
      "VERIFY 照合番号B",
      "00200095 ‹PIN›",
      "9000",
    ],
    ["", SELECT_JPKI, "00200098", "VERIFY 利用者証明用PIN 残り回数", "00200098", "9000"],
    ["", SELECT_JPKI, "0020009800", "VERIFY 利用者証明用PIN 残り回数", "00200098 00", "9000"],
    ["", SELECT_JPKI, "0020009831", "VERIFY 利用者証明用PIN", "00200098 ‹PIN›", "9000"],
    // Personal data, certificates, keys, challenges.
    [
      "3082",
      SELECT_JPKI,
      "00B0810002",
      "READ BINARY 署名用証明書 [0..1]",
      "00B08100 02",
      "‹署名用証明書 2 bytes› 9000",
    ],
    [
      "3082",
      SELECT_JPKI,
      "00B08A00000000",
      "READ BINARY 利用者証明用証明書 [0..65535]",
      "00B08A00 000000",
      "‹利用者証明用証明書 2 bytes› 9000",
    ],
    [
      "FF100C31",
      SELECT_TEXT,
      "00B0810004",
      "READ BINARY 個人番号 [0..3]",
      "00B08100 04",
      "‹個人番号 4 bytes› 9000",
    ],
    [
      "AABB",
      SELECT_JPKI,
      "802A0297 02 CCDD 00",
      "COMPUTE DIGITAL SIGNATURE 利用者証明用鍵",
      "802A0297 ‹署名対象 2 bytes›",
      "‹署名 2 bytes› 9000",
    ],
    [
      "AABB",
      SELECT_TEXT,
      "802A0000 02 CCDD 00",
      "COMPUTE DIGITAL SIGNATURE AP署名鍵",
      "802A0000 ‹署名対象 2 bytes›",
      "‹署名 2 bytes› 9000",
    ],
    [
      "AABB",
      SELECT_COMMON,
      "00880099 02 CCDD 00",
      "INTERNAL AUTHENTICATE",
      "00880099 ‹チャレンジ 2 bytes›",
      "‹認証データ 2 bytes› 9000",
    ],
    ["AABB", SELECT_COMMON, "0084000002", "GET CHALLENGE", "00840000 02", "‹乱数 2 bytes› 9000"],
    [
      "011C",
      SELECT_COMMON,
      "00B2010C00",
      "READ RECORD カード識別情報 [1]",
      "00B2010C 00",
      "‹カード識別情報 2 bytes› 9000",
    ],
    ["AABB", SELECT_COMMON, "00B2011500", "READ RECORD 鍵参照 [1..]", "00B20115 00", "AABB 9000"],
    // What is not known.
    [
      "AABB",
      SELECT_JPKI,
      "00B0890002",
      "READ BINARY EF 0009 [0..1]",
      "00B08900 02",
      "‹EF 0009 2 bytes› 9000",
    ],
    [
      "AABB",
      "00B0880002",
      "READ BINARY 不明なファイル [0..1]",
      "00B08800 02",
      "‹不明なファイル 2 bytes› 9000",
    ],
    [
      "AABB",
      SELECT_JPKI,
      "00A4020C02ABCD",
      "SELECT 不明なファイル",
      "00A4020C ‹不明なファイル›",
      "‹FCI 2 bytes› 9000",
    ],
    ["", SELECT_JPKI, "00A4040C03D39210", "SELECT 不明なAP", "00A4040C ‹不明なAP›", "9000"],
    [
      "AABB",
      SELECT_JPKI,
      "00D6000002CCDD",
      "解釈できないコマンド",
      "‹解釈できないコマンド›",
      "‹応答 2 bytes› 9000",
    ],
    [
      "AABB",
      SELECT_JPKI,
      "0120008004 31323334",
      "解釈できないコマンド",
      "‹解釈できないコマンド›",
      "‹応答 2 bytes› 9000",
    ],
    ["", SELECT_JPKI, "0020313233", "VERIFY（未知の形式）", "‹VERIFY（未知の形式）›", "9000"],
    ["", "0020008031323334", "解釈できないコマンド", "‹解釈できないコマンド›", "9000"],
    [
      "AABB",
      "08B0000004 9603000000 0000",
      "解釈できないコマンド",
      "‹解釈できないコマンド›",
      "‹応答 2 bytes› 9000",
    ],
    [
      "AABB",
      "08B00000 04 96020000 00",
      "READ BINARY（セキュアメッセージング）",
      "‹READ BINARY（セキュアメッセージング）›",
      "‹応答 2 bytes› 9000",
    ],
  ])("%# shows what it may", async (data, ...rest) => {
    const [response, command, label] = [rest.at(-1), rest.at(-2), rest.at(-3)];
    const sent = rest.slice(0, -3).map((hex) => hex.replaceAll(" ", ""));

    const record = await tell(`${data}9000`, ...sent);

    expect([record.label.ja, record.command, record.response]).toEqual([label, command, response]);
  });

  it("shows the card's base objects only when the card manager is certain to be selected", async () => {
    const records: ApduRecord[] = [];
    const reader = traced(
      scripted(() => "AABB9000"),
      (record) => records.push(record),
    );
    const command = fromHex("00CA004200");

    await reader.open();
    await reader.transmit(command);
    await reader.reset("cold");
    await reader.transmit(command);
    await reader.reset("warm");
    await reader.transmit(command);

    expect(records.map(({ label, response }) => [label.en, response])).toEqual([
      ["GET DATA (unknown form)", "‹応答 2 bytes› 9000"],
      ["GET DATA issuer identification number", "AABB 9000"],
      ["GET DATA (unknown form)", "‹応答 2 bytes› 9000"],
    ]);
  });

  it.each([
    ["6A82", "00A4020C020006", "a file that was not found"],
    ["9000", "80FC000000", "a command that is not understood"],
    ["6881", "01A4020C020001", "another logical channel"],
    ["90", "00A4020C020006", "a response that cannot be read"],
  ])("forgets the current file after %s to %s: %s", async (answer, between) => {
    const read = "00B0000002";
    const records: ApduRecord[] = [];
    const answers: Record<string, string> = { [between]: answer, [read]: "AABB9000" };
    const reader = traced(
      scripted((command) => answers[command] ?? "9000"),
      (record) => records.push(record),
    );

    await reader.transmit(fromHex(SELECT_JPKI));
    await reader.transmit(fromHex("00B0880003"));
    for (const command of [between, read]) await reader.transmit(fromHex(command));

    expect(records.at(-1)?.response).toBe("‹不明なファイル 2 bytes› 9000");
  });

  it("does not trust what it knew when exchanges overlapped", async () => {
    const records: ApduRecord[] = [];
    const reader = traced(
      scripted(() => "AABB9000"),
      (record) => records.push(record),
    );

    await reader.transmit(fromHex(SELECT_JPKI));
    await Promise.all([
      reader.transmit(fromHex(SELECT_TEXT)),
      reader.transmit(fromHex("00B0880002")),
    ]);
    await reader.transmit(fromHex("00B0880002"));

    expect(records.slice(2).map((record) => record.response)).toEqual([
      "‹不明なファイル 2 bytes› 9000",
      "‹不明なファイル 2 bytes› 9000",
    ]);
  });

  it("hides file content that came without a status word", async () => {
    const record = await tell("31323334", SELECT_JPKI, "00B0880004");
    expect(record.response).toBe("‹解釈できない応答›");
    expect(record).not.toHaveProperty("sw");
  });

  it("hides what a failed reading gave", async () => {
    const record = await tell("AABB6281", SELECT_JPKI, "00B0880002");
    expect(record.response).toBe("‹証明書の有無 2 bytes› 6281");
  });

  it("says what a status means", async () => {
    const record = await tell("63C2", SELECT_JPKI, "002000980431323334");
    expect(record).toMatchObject({ sw: "63C2", meaning: { ja: "残り2回", en: "2 tries left" } });
  });

  it("tells of an exchange that failed, and lets the error through", async () => {
    const error = new BenchError("READER_CARD_REMOVED", "the card was taken out");
    const record = await tell(error, SELECT_JPKI);
    expect(record).toMatchObject({ response: "", error: "READER_CARD_REMOVED" });
    expect(record).not.toHaveProperty("sw");
  });
});

import { describe, expect, it } from "vitest";
import {
  command,
  SELECT_COMMON,
  SELECT_JPKI,
  SELECT_JUKI,
  SELECT_TEXT,
  SELECT_VISUAL,
  selectFile,
  testCard,
  verify,
} from "../../../simulator/card/testing/card.ts";
import { fullSpec, HOLDER } from "../../../simulator/card/testing/spec.ts";
import { encodeCommand, fromHex, toHex } from "../../../simulator/iso7816/index.ts";
import { InProcessReader } from "../../../simulator/reader/index.ts";
import { simulatedReader } from "../simulated.ts";
import { type ApduRecord, traced } from "./traced.ts";

const CODE_A = HOLDER.myNumber;
/** Era year of 1990 is 02; then the year of expiry and the security code of the test card. */
const CODE_B = "02010220354321";

/** What is on the card and must not be in a trace, as text. */
const PERSONAL = [
  HOLDER.name,
  "山田",
  HOLDER.address,
  HOLDER.myNumber,
  HOLDER.birthDate,
  CODE_B,
  "0123456789012345",
  "PASSWORD",
];
/** The same of what is no text: certificates, images. */
const IMAGES = ["A1".repeat(8), "51".repeat(8), "89504E470D0A1A0A", "6A5020200D0A870A", "FF100C"];

/** A session that reads whatever can be read, with every PIN there is. */
async function readEverything(): Promise<ApduRecord[]> {
  const records: ApduRecord[] = [];
  const slot = new InProcessReader();
  slot.insert(testCard(fullSpec()).card);
  const reader = traced(simulatedReader(slot), (record) => records.push(record));
  const send = (hex: string) => reader.transmit(fromHex(hex));
  const present = async (file: string, pin: string) => {
    await send(selectFile(file));
    await send("00200080");
    await send(verify(pin));
  };
  const readAll = async () => {
    for (let id = 1; id <= 0x1e; id += 1) {
      await send(selectFile(toHex(Uint8Array.of(0, id))));
      for (const offset of [0, 256, 512]) await read(offset);
      await send(toHex(encodeCommand({ cla: 0, ins: 0xb2, p1: 1, p2: 4, ne: 256 })));
      await send(
        toHex(
          encodeCommand({ cla: 0, ins: 0xb0, p1: 0x80 | id, p2: 0, ne: 65536, extended: true }),
        ),
      );
    }
  };
  const read = (offset: number) =>
    send(toHex(encodeCommand({ cla: 0, ins: 0xb0, p1: offset >> 8, p2: offset & 0xff, ne: 256 })));

  await reader.open();
  await reader.reset("cold");
  for (const tag of ["0042", "0045", "0066", "00F0", "00F2", "00F8", "7F21"])
    await send(`00CA${tag}000000`);
  await send(SELECT_JPKI);
  await present("0018", "1234");
  await present("001B", "PASSWORD");
  await readAll();
  await send(`802A0297${toHex(Uint8Array.of(32))}${"AB".repeat(32)}00`);
  await present("0018", "1234");
  await send(command("00240180", new TextEncoder().encode("9876")));
  await send(SELECT_TEXT);
  await present("0011", "1234");
  await readAll();
  await send(SELECT_VISUAL);
  await present("0013", CODE_A);
  await present("0012", CODE_B);
  await readAll();
  for (const application of [SELECT_JUKI, SELECT_COMMON]) {
    await send(application);
    await present("001C", "2345");
    await readAll();
  }
  await reader.close();
  return records;
}

describe("the trace of a simulated card", async () => {
  const records = await readEverything();
  const told = JSON.stringify(records);

  it.each(PERSONAL)("does not tell %s", (text) => {
    expect(told).not.toContain(text);
    expect(told).not.toContain(toHex(new TextEncoder().encode(text)));
  });

  it.each(IMAGES)("does not tell %s...", (hex) => {
    expect(told).not.toContain(hex);
  });

  it("did read all of that", () => {
    const answered = records.filter(({ sw }) => sw === "9000").map(({ response }) => response);
    for (const name of ["署名用証明書", "利用者証明用証明書", "券面", "個人番号画像"]) {
      expect(answered).toContainEqual(expect.stringMatching(`^‹${name} \\d+ bytes› 9000$`));
    }
    expect(answered).toContain("‹個人番号 17 bytes› 9000");
  });

  it("tells what happened in words", () => {
    const labels = records.map((record) => record.label.ja);
    expect(labels).toEqual(
      expect.arrayContaining([
        "GET DATA 発行者識別番号",
        "SELECT 公的個人認証AP",
        "SELECT 利用者証明用PIN",
        "VERIFY 利用者証明用PIN 残り回数",
        "VERIFY 利用者証明用PIN",
        "READ BINARY 署名用証明書 [256..511]",
        "COMPUTE DIGITAL SIGNATURE 利用者証明用鍵",
        "CHANGE REFERENCE DATA 利用者証明用PIN",
        "VERIFY 照合番号A",
        "READ RECORD カード識別情報 [1]",
      ]),
    );
  });

  it("shows what is harmless", () => {
    const shown = records.filter(({ label }) => label.en.includes("certificate availability"));
    expect(shown.map(({ response }) => response)).toContain("8F8F00 9000");
    expect(told).toContain(toHex(new TextEncoder().encode("JPKIAPICCTOKEN2")));
  });
});

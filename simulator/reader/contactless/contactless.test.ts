// The air between reader and card: bytes from ISO/IEC 14443 and from captured exchanges (reader-facts
// 5.3 to 5.5), written down by hand.
import fc from "fast-check";
import { beforeEach, describe, expect, it } from "vitest";
import { fromHex, toHex } from "../../iso7816/index.ts";
import { activationOf, type TypeBActivation } from "./activation.ts";
import { type Block, encodeBlock, parseBlock } from "./blocks.ts";
import { checkedCrcB, crcB, withCrcB } from "./crc-b.ts";
import { Picc } from "./picc.ts";

describe("CRC_B", () => {
  it.each([
    ["000000", "CCC6"],
    ["0FAAFF", "FCD1"],
    ["0A123456", "2CF6"],
    ["050000", "71FF"],
    ["050008", "3973"],
    ["5011223344000041E0B381A1", "9165"],
    ["1D1122334400080100", "DB35"],
    ["00", "78F0"],
    ["039000", "F530"],
    ["A2", "6076"],
    ["B2", "E166"],
    ["C2", "6615"],
    ["F201", "7651"],
  ])("of %s is %s", (bytes, crc) => {
    expect(toHex(crcB(fromHex(bytes)))).toBe(crc);
    expect(toHex(withCrcB(fromHex(bytes)))).toBe(bytes + crc);
  });

  it("is checked", () => {
    expect(checkedCrcB(fromHex("C2 6615"))).toEqual(fromHex("C2"));
    expect(checkedCrcB(fromHex("C2 6614"))).toBeUndefined();
    expect(checkedCrcB(fromHex("66"))).toBeUndefined();
  });
});

const R = (number: number, acknowledges: boolean): Block => ({ kind: "R", number, acknowledges });
const INF = fromHex("9000");

describe("a block", () => {
  it.each<[string, Block]>([
    ["029000", { kind: "I", chained: false, number: 0, inf: INF }],
    ["039000", { kind: "I", chained: false, number: 1, inf: INF }],
    ["129000", { kind: "I", chained: true, number: 0, inf: INF }],
    ["139000", { kind: "I", chained: true, number: 1, inf: INF }],
    ["0A019000", { kind: "I", chained: false, number: 0, cid: 1, inf: INF }],
    ["1B059000", { kind: "I", chained: true, number: 1, cid: 5, inf: INF }],
    ["A2", R(0, true)],
    ["A3", R(1, true)],
    ["B2", R(0, false)],
    ["B3", R(1, false)],
    ["BA01", { kind: "R", number: 0, acknowledges: false, cid: 1 }],
    ["C2", { kind: "S", asks: "deselect", inf: new Uint8Array(0) }],
    ["CA01", { kind: "S", asks: "deselect", cid: 1, inf: new Uint8Array(0) }],
    ["F201", { kind: "S", asks: "wtx", inf: fromHex("01") }],
    ["FA013B", { kind: "S", asks: "wtx", cid: 1, inf: fromHex("3B") }],
  ])("%s", (hex, block) => {
    expect(parseBlock(fromHex(hex))).toEqual(block);
    expect(toHex(encodeBlock(block))).toBe(hex);
  });

  it("may name a node, which is of no use here", () => {
    expect(parseBlock(fromHex("06FF9000"))).toMatchObject({ kind: "I", inf: INF });
  });

  it.each(["", "0A", "E2", "42", "22"])("is not %s", (hex) => {
    expect(parseBlock(fromHex(hex))).toBeUndefined();
  });
});

describe("activationOf", () => {
  const pupi = fromHex("11223344");

  it("takes the answer to reset apart that PC/SC makes of an ATQB", () => {
    expect(activationOf(fromHex("3B888001000041E0B381A1003B"), pupi, 1)).toEqual({
      type: "B",
      atqb: fromHex("50 11223344 000041E0 B381A1"),
      attribAnswer: fromHex("01"),
    });
  });

  it("takes historical bytes for those of an ATS", () => {
    const activation = activationOf(fromHex("3B8A80014A434F503331563233327A"), pupi);
    expect(activation).toMatchObject({
      type: "A",
      sak: 0x20,
      ats: fromHex("0F 78808002 4A434F50333156323332"),
    });
  });

  it("finds no way to give an answer that needs contacts", () => {
    expect(activationOf(fromHex("3BE000FF8131FE4514"), pupi)).toBeUndefined();
    expect(activationOf(fromHex("3BF59100FF918171FE400042000100D1D6"), pupi)).toBeUndefined();
  });
});

const CARD: TypeBActivation = {
  type: "B",
  atqb: fromHex("50 11223344 000041E0 B38101"),
  attribAnswer: fromHex("00"),
};

describe("a card in the air", () => {
  let picc: Picc;
  let commands: string[];
  let answer: (command: Uint8Array) => Uint8Array | undefined | Promise<Uint8Array | undefined>;

  beforeEach(() => {
    commands = [];
    answer = () => INF;
    picc = new Picc({
      identify: () => CARD,
      exchange: async (command) => {
        commands.push(toHex(command));
        return answer(command);
      },
    });
  });

  const say = async (hex: string) => {
    const heard = await picc.receive(fromHex(hex));
    return heard === undefined ? undefined : toHex(heard);
  };

  async function activate(attrib = "1D112233440008 0100"): Promise<void> {
    await say("050000");
    expect(await say(attrib)).toBeDefined();
  }

  it("is found, activated and asked, as captured from a reader", async () => {
    expect(await say("050010")).toBe("5011223344000041E0B38101");
    expect(await say("1D1122334400080100")).toBe("00");
    expect(await say("0200840000")).toBe("029000");
    expect(await say("0300840000")).toBe("039000");
    expect(commands).toEqual(["00840000", "00840000"]);
  });

  it("does not answer an ATTRIB for another card", async () => {
    await say("050000");
    expect(await say("1D9922334400080100")).toBeUndefined();
  });

  it("hears blocks with its own CID alone", async () => {
    await activate("1D1122334400080103");
    expect(await say("0A0300840000")).toBe("0A039000");
    expect(await say("0B0100840000")).toBeUndefined();
    expect(await say("0300840000")).toBeUndefined();
  });

  it("puts chained blocks together, and acknowledges each", async () => {
    await activate();
    expect(await say("1200A4")).toBe("A2");
    expect(await say("130400")).toBe("A3");
    expect(await say("02")).toBe("029000");
    expect(commands).toEqual(["00A40400"]);
  });

  it("chains an answer that is longer than a frame of the reader's", async () => {
    await activate("1D1122334400000100"); // FSDI 0: 16 bytes, 13 of them information
    answer = () => new Uint8Array(30).fill(0x11);
    expect(await say("0200840000")).toBe(`12${"11".repeat(13)}`);
    expect(await say("A3")).toBe(`13${"11".repeat(13)}`);
    expect(await say("A2")).toBe(`02${"11".repeat(4)}`);
  });

  it("repeats a block that was lost, without asking the card again", async () => {
    await activate();
    await say("0200840000");
    expect(await say("B2")).toBe("029000");
    expect(await say("B3")).toBe("A2");
    expect(commands).toHaveLength(1);
  });

  it("asks for more time while the card thinks, and then answers", async () => {
    await activate();
    let found: (response: Uint8Array) => void = () => undefined;
    answer = () => new Promise<Uint8Array>((resolve) => (found = resolve));
    expect(await say("0200840000")).toBe("F201");
    expect(await say("F201")).toBe("F201");
    const late = say("F201");
    found(INF);
    expect(await late).toBe("029000");
  });

  it("is deselected, and woken by WUPB but not by REQB", async () => {
    await activate();
    expect(await say("C2")).toBe("C2");
    expect(await say("050000")).toBeUndefined();
    expect(await say("050008")).toBe("5011223344000041E0B38101");
  });

  it("is halted by HLTB", async () => {
    await say("050000");
    expect(await say("5011223344")).toBe("00");
    expect(await say("050000")).toBeUndefined();
  });

  it("answers or stays silent, whatever it hears", async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 20 }), async (bytes) => {
        const heard = await picc.receive(bytes);
        expect(heard === undefined || heard.length > 0).toBe(true);
      }),
    );
  });
});

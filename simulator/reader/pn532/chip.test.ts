// What a PN532 is asked and answers, byte by byte (reader-facts 4.2).
import { EventEmitter, once } from "node:events";
import { beforeEach, describe, expect, it } from "vitest";
import { fromHex, toHex } from "../../iso7816/index.ts";
import { Random } from "../../random.ts";
import { LogCard, mute } from "../testing/log-card.ts";
import { Pn532Chip, type Pn532ChipOptions } from "./chip.ts";
import { encodeFrame } from "./frame.ts";

const ATR = fromHex("3B 88 80 01 00 00 41 E0 B3 81 A1 00 3B");
const WAKE = "55550000000000000000000000000000";
const ACK = "0000FF00FF00";
const SAM = "D414010001";
const GIVE_UP = "D43205FF0102";
const LIST_B = "D44A010300";

const line = new EventEmitter();
let chip: Pn532Chip;
let sent: string[];
let card: LogCard;

beforeEach(() => {
  sent = [];
  card = new LogCard(undefined, ATR);
  chip = newChip();
});

function newChip(options: Partial<Pn532ChipOptions> = {}): Pn532Chip {
  const send = (bytes: Uint8Array) => {
    sent.push(toHex(bytes));
    line.emit("sent");
  };
  return new Pn532Chip({ random: new Random("chip"), send, ...options });
}

/** Waits until the chip has sent so many pieces. */
async function heard(pieces: number): Promise<void> {
  while (sent.length < pieces) await once(line, "sent");
}

const frame = (content: string) => toHex(encodeFrame(fromHex(content)));
const say = (hex: string) => chip.receive(fromHex(hex));

/** Sends a command and gives the frame that answers it, without its acknowledgement. */
async function ask(content: string): Promise<string | undefined> {
  sent.length = 0;
  say(frame(content));
  await heard(2);
  expect(sent[0]).toBe(ACK);
  return sent[1];
}

async function awake(): Promise<void> {
  say(WAKE);
  await ask(SAM);
  await ask(GIVE_UP);
}

describe("an emulated PN532", () => {
  it("hears nothing before it was woken", async () => {
    say("0000FF02FED4022A00");
    say("0000FF02FED4022A00");
    await heard(2);
    expect(sent).toEqual([ACK, "0000FF06FAD50332010607E800"]);
  });

  it("says what it is, once it is awake", async () => {
    say(WAKE);
    expect(await ask("D402")).toBe("0000FF06FAD50332010607E800");
    expect(await ask("D4000001 02")).toBe("0000FF05FBD5010001022700");
  });

  it("finds no card before SAMConfiguration", async () => {
    chip.insert(card);
    say(WAKE);
    await ask(GIVE_UP);
    expect(await ask(LIST_B)).toBe("0000FF03FDD54B00E000");
    await ask(SAM);
    expect(await ask(LIST_B)).toMatch(/^0000FF12EED54B010150/);
  });

  it("lists a type B card with ATQB and its answer to ATTRIB", async () => {
    chip.insert(card);
    await awake();
    const listed = await ask(LIST_B);
    expect(listed).toMatch(/^0000FF12EED54B010150.{8}000041E0B381A10101..00$/);
    expect(await ask("D44A0100")).toBe("0000FF03FDD54B00E000");
    await ask("D4320100");
    const anew = await ask(LIST_B);
    // The identifier is drawn each time the card is powered.
    expect(anew?.slice(20, 28)).not.toBe(listed?.slice(20, 28));
  });

  it("lists a type A card that speaks ISO/IEC 14443-4 with its ATS", async () => {
    chip.insert(new LogCard(undefined, fromHex("3B8A80014A434F503331563233327A")));
    await awake();
    expect(await ask("D44A0100")).toMatch(
      /^0000FF1BE5D54B010100042004.{8}0F788080024A434F50333156323332/,
    );
    expect(await ask(LIST_B)).toBe("0000FF03FDD54B00E000");
  });

  it("does not find a card that answers by contacts only", async () => {
    chip.insert(new LogCard(undefined, fromHex("3BE000FF8131FE4514")));
    await awake();
    expect(await ask(LIST_B)).toBe("0000FF03FDD54B00E000");
  });

  it("waits for a card for ever unless it is told not to", async () => {
    say(WAKE);
    await ask(SAM);
    sent.length = 0;
    say(frame(LIST_B));
    expect(sent).toEqual([ACK]);
    chip.insert(card);
    await heard(2);
    expect(sent[1]).toMatch(/^0000FF12EED54B0101/);
  });

  it("waits for one of the type it was told to look for", async () => {
    chip.insert(card);
    say(WAKE);
    await ask(SAM);
    sent.length = 0;
    say(frame("D44A0100"));
    chip.remove();
    chip.insert(new LogCard(undefined, fromHex("3B8A80014A434F503331563233327A")));
    await heard(2);
    expect(sent[1]).toMatch(/^0000FF1BE5D54B0101/);
  });

  it("is called off by an acknowledgement of the host's", async () => {
    say(WAKE);
    await ask(SAM);
    say(frame(LIST_B));
    say(ACK);
    chip.insert(card);
    expect(await ask("D402")).toBe("0000FF06FAD50332010607E800");
  });

  it("exchanges commands with the card", async () => {
    chip.insert(card);
    await awake();
    await ask(LIST_B);
    expect(await ask("D4400100200080")).toBe(frame("D54100002000809000"));
    expect(card.log).toEqual(["off", "on", "00200080"]);
  });

  it("puts a command together and hands a long answer out in parts", async () => {
    const long = new Uint8Array(300).fill(0x5a);
    card = new LogCard(() => long, ATR);
    chip.insert(card);
    await awake();
    await ask(LIST_B);
    expect(await ask("D4404100A40400")).toBe(frame("D54100"));
    expect(await ask("D44001D392")).toBe(frame(`D54140${"5A".repeat(262)}`));
    expect(card.log.at(-1)).toBe("00A40400D392");
    expect(await ask("D44001")).toBe(frame(`D54100${"5A".repeat(38)}`));
  });

  it("tells a silent card by status 01, and a card it does not know by 27", async () => {
    chip.insert(card);
    await awake();
    expect(await ask("D4400100200080")).toBe(frame("D54127"));
    await ask(LIST_B);
    chip.remove();
    expect(await ask("D4400100200080")).toBe("0000FF03FDD54101E900");
    expect(card.log).toEqual(["off", "on", "off"]);
  });

  it("notices that the card is taken away while it thinks", async () => {
    chip.insert(new LogCard(mute, ATR));
    await awake();
    await ask(LIST_B);
    const answer = ask("D4400100200080");
    chip.remove();
    expect(await answer).toBe("0000FF03FDD54101E900");
  });

  it("notices that the card goes with the very command", async () => {
    const leaving = new LogCard(() => {
      chip.remove();
      return mute();
    }, ATR);
    chip.insert(leaving);
    await awake();
    await ask(LIST_B);
    expect(await ask("D4400100200080")).toBe("0000FF03FDD54101E900");
  });

  it("gives up on a card that stays mute", async () => {
    chip = newChip({ patience: 5 });
    chip.insert(new LogCard(mute, ATR));
    await awake();
    await ask(LIST_B);
    expect(await ask("D4400100200080")).toBe("0000FF03FDD54101E900");
  });

  it("repeats its last answer when it is asked to, and asks no card for it", async () => {
    chip.insert(card);
    await awake();
    await ask(LIST_B);
    const answer = await ask("D4400100200080");
    say("0000FFFF0000");
    expect(sent.at(-1)).toBe(answer);
    expect(card.log.filter((entry) => entry === "00200080")).toHaveLength(1);
  });

  it("keeps the card powered while it is deselected, and not without a field", async () => {
    chip.insert(card);
    await awake();
    await ask(LIST_B);
    expect(await ask("D44401")).toBe(frame("D54500"));
    expect(await ask("D45401")).toBe("0000FF03FDD55500D600");
    await ask("D4320100");
    expect(card.log).toEqual(["off", "on", "reset", "off"]);
    expect(await ask("D45401")).toBe(frame("D55527"));
  });

  it("passes bare frames on, such as libnfc's question whether the card is there", async () => {
    chip.insert(card);
    await awake();
    await ask(LIST_B);
    // R(NAK) with the other number than the card's, which begins at 1, and R(ACK) with the card's.
    expect(await ask("D442BA01")).toBe(frame("D54300AB01"));
    chip.remove();
    expect(await ask("D442BA01")).toBe(frame("D54301"));
  });

  it("answers what it does not know with a syntax error", async () => {
    await awake();
    expect(await ask("D4FE")).toBe("0000FF01FF7F8100");
    expect(await ask("D502")).toBe("0000FF01FF7F8100");
  });

  it("leaves a frame that arrived damaged without an acknowledgement", async () => {
    await awake();
    sent.length = 0;
    say("0000FF02FED4022B00");
    expect(sent).toEqual([]);
    expect(await ask("D402")).toBe("0000FF06FAD50332010607E800");
  });

  it("changes its rate when the host has acknowledged that", async () => {
    await awake();
    expect(await ask("D41005")).toBe("0000FF02FED5111A00");
    expect(chip.baudRate).toBe(115200);
    say(ACK);
    expect(chip.baudRate).toBe(230400);
  });

  it("sleeps after PowerDown", async () => {
    await awake();
    expect(await ask("D41610")).toBe("0000FF03FDD517001400");
    sent.length = 0;
    say(frame("D402"));
    expect(sent).toEqual([]);
    say(WAKE);
    expect(await ask("D402")).toBe("0000FF06FAD50332010607E800");
  });
});

describe("the emulated RC-S620/S", () => {
  it("is awake from the start, and is reset by a command", async () => {
    chip = newChip({ model: "rcs620s" });
    chip.insert(card);
    expect(await ask("D41801")).toBe(frame("D519"));
    await ask(GIVE_UP);
    expect(await ask(LIST_B)).toMatch(/^0000FF12EED54B0101/);
    expect(await ask(SAM)).toBe("0000FF01FF7F8100");
  });
});

// Calls of the TWN4 Simple Protocol as a client library writes them (reader-facts 4.3), by hand: there
// is no independent TWN4 to ask.
import { EventEmitter, once } from "node:events";
import fc from "fast-check";
import { beforeEach, describe, expect, it } from "vitest";
import { fromHex } from "../../iso7816/index.ts";
import { Random } from "../../random.ts";
import { LogCard } from "../testing/log-card.ts";
import { encodeLine, LineDecoder } from "./line.ts";
import { Twn4 } from "./module.ts";

const ATR = fromHex("3B 88 80 01 00 00 41 E0 B3 81 A1 00 3B");
const ascii = (text: string) => Uint8Array.from(Buffer.from(text, "latin1"));

describe("a line", () => {
  it("is hexadecimal digits and a carriage return", () => {
    expect(encodeLine(fromHex("12 03 05 00 84 00 00 08 FF"))).toEqual(
      ascii("1203050084000008FF\r"),
    );
  });

  it("is read wherever the wire cut it", () => {
    const stream = ascii("0500FF\r00010A11223344556677889000\r");
    for (let at = 0; at <= stream.length; at += 1) {
      const decoder = new LineDecoder();
      const found = [...decoder.push(stream.subarray(0, at)), ...decoder.push(stream.subarray(at))];
      expect(found).toEqual([
        { kind: "bytes", bytes: fromHex("0500FF") },
        { kind: "bytes", bytes: fromHex("00010A11223344556677889000") },
      ]);
    }
  });

  it.each(["", "0", "0G", "05 00", "\u00ff\u00ff"])(
    "is damaged as %j, and the next is read",
    (text) => {
      const decoder = new LineDecoder();
      expect(decoder.push(ascii(`${text}\r05\r\n06\r`))).toEqual([
        { kind: "damaged" },
        { kind: "bytes", bytes: fromHex("05") },
        { kind: "bytes", bytes: fromHex("06") },
      ]);
    },
  );

  it("is found behind any noise that came before an end", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 3000 }), (noise) => {
        const decoder = new LineDecoder();
        decoder.push(noise);
        decoder.push(ascii("\r"));
        expect(decoder.push(ascii("00\r"))).toEqual([{ kind: "bytes", bytes: fromHex("00") }]);
      }),
    );
  });
});

describe("an emulated TWN4", () => {
  const line = new EventEmitter();
  let twn4: Twn4;
  let card: LogCard;
  let heard: string;

  beforeEach(() => {
    heard = "";
    card = new LogCard(() => fromHex("1122334455667788 9000"), ATR);
    twn4 = new Twn4({
      random: new Random("twn4"),
      send: (bytes) => {
        heard += Buffer.from(bytes).toString("latin1");
        line.emit("sent");
      },
    });
  });

  /** One call and its answer, both without the carriage return. */
  async function ask(call: string): Promise<string> {
    heard = "";
    twn4.receive(ascii(`${call}\r`));
    while (!heard.endsWith("\r")) await once(line, "sent");
    return heard.slice(0, -1);
  }

  it("says what it is", async () => {
    expect(await ask("0004FF")).toMatch(/^00..54574E34/);
  });

  it("finds a type B card and tells what it said", async () => {
    twn4.insert(card);
    const found = await ask("0500FF");
    expect(found).toMatch(/^0001812004.{8}$/);
    expect(await ask("1201FF")).toBe(`00010C50${found.slice(-8)}000041E0B381A1`);
    expect(await ask("1206FF")).toBe("00010100");
    expect(await ask("1200FF")).toBe("0000");
    expect(await ask("1202")).toBe("0001");
  });

  it("finds nothing where nothing lies, and nothing it was not told to look for", async () => {
    expect(await ask("0500FF")).toBe("0000");
    twn4.insert(card);
    expect(await ask("05020000000001000000")).toBe("00");
    expect(await ask("0500FF")).toBe("0000");
    expect(await ask("05020000000002000000")).toBe("00");
    expect(await ask("0500FF")).toMatch(/^000181/);
  });

  it("exchanges a command with the card, as documented for GET CHALLENGE", async () => {
    twn4.insert(card);
    await ask("0500FF");
    expect(await ask("1203050084000008FF")).toBe("00010A11223344556677889000");
    expect(card.log.at(-1)).toBe("0084000008");
  });

  it("has no answer that is longer than the host can take", async () => {
    twn4.insert(card);
    await ask("0500FF");
    expect(await ask("120305008400000809")).toBe("0000");
  });

  it("passes bare frames on, with the host's CRC", async () => {
    twn4.insert(card);
    await ask("0500FF");
    expect(await ask("120703C26615FF0A00")).toBe("000103C26615");
    expect(await ask("120703C26614FF0A00")).toBe("0000");
    expect(await ask("1207050500083973FF0A00")).toMatch(/^00010E50.{8}000041E0B381A1.{4}$/);
  });

  it("cuts the field", async () => {
    twn4.insert(card);
    await ask("0500FF");
    expect(await ask("0501")).toBe("00");
    expect(card.log).toEqual(["off", "on", "off"]);
    expect(await ask("1203050084000008FF")).toBe("0000");
  });

  it.each([
    ["FF00", "01"],
    ["12", "02"],
    ["1203", "02"],
    ["12030500840000", "02"],
    ["050100", "03"],
    ["05XX", "05"],
  ])("refuses %s with %s", async (call, answer) => {
    expect(await ask(call)).toBe(answer);
  });

  it("asks no card for a call with values left over", async () => {
    twn4.insert(card);
    await ask("0500FF");
    expect(await ask("1203050084000008FF00")).toBe("03");
    expect(card.log).toEqual(["off", "on"]);
  });
});

/**
 * The emulated PN532 on a pty, used by this bench's own driver through the serialport package, and by
 * libnfc, which knows nothing of this bench.
 */
import { type ChildProcess, execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { promisify } from "node:util";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { fromHex } from "../../../simulator/iso7816/index.ts";
import { Random } from "../../../simulator/random.ts";
import { Pn532Chip } from "../../../simulator/reader/pn532/index.ts";
import {
  type ServedReader,
  serveOnDevice,
} from "../../../simulator/reader/serial/serial-device.ts";
import { LogCard } from "../../../simulator/reader/testing/log-card.ts";
import { PtyPair } from "../serial/testing/pty-pair.ts";
import { systemParts } from "../testing/require-system.ts";
import { pn532Reader } from "./index.ts";

const ATR = fromHex("3B 88 80 01 00 00 41 E0 B3 81 A1 00 3B");
const run = promisify(execFile);

let ptys: PtyPair;
let served: ServedReader<Pn532Chip>;
let card: LogCard;

async function start(): Promise<void> {
  ptys = await PtyPair.open();
  served = serveOnDevice(ptys.far, (send) => new Pn532Chip({ send, random: new Random("pty") }));
  card = new LogCard(() => fromHex("9000"), ATR);
}

async function stop(): Promise<void> {
  await served.close();
  await ptys.close();
}

const serial = systemParts(["socat", "serialport"]);

describe.skipIf(serial.missing.length > 0)(serial.title("a PN532 by serialport"), () => {
  beforeEach(start);
  afterEach(stop);

  const reader = () => pn532Reader({ device: ptys.near, physical: false, baudRate: 460800 });

  it("opens, transmits, resets and closes, again and again", async () => {
    served.reader.insert(card);
    const pn532 = reader();
    for (let round = 0; round < 3; round += 1) {
      expect(await pn532.open()).toEqual({ atr: ATR });
      expect(await pn532.transmit(fromHex("00840000FF"))).toEqual(fromHex("9000"));
      expect(await pn532.reset("warm")).toEqual({ atr: ATR });
      expect(await pn532.reset("cold")).toEqual({ atr: ATR });
      await pn532.close();
    }
    expect(card.log.at(-1)).toBe("off");
  });

  it("carries every byte as it is, there and back", async () => {
    const all = new Uint8Array(2048).map((_, i) => i);
    served.reader.insert(new LogCard((command) => command, ATR));
    const pn532 = reader();
    await pn532.open();
    expect(await pn532.transmit(all)).toEqual(all);
    await pn532.close();
  });

  it("is used by one program at a time", async () => {
    served.reader.insert(card);
    const pn532 = reader();
    await pn532.open();
    await expect(reader().open()).rejects.toMatchObject({ code: "READER_BUSY" });
    await pn532.close();
  });

  it("is lost with its cable, and is not there afterwards", async () => {
    served.reader.insert(card);
    const pn532 = reader();
    await pn532.open();
    await ptys.cut();
    await served.closed;
    await expect(pn532.transmit(fromHex("00840000FF"))).rejects.toMatchObject({
      code: "READER_LOST",
    });
    await expect(pn532.open()).rejects.toMatchObject({ code: "READER_NOT_FOUND" });
  });
});

const LIBNFC = ["nfc-list", "nfc-poll", "pn53x-diagnose", "pn53x-tamashell"];
const independent = systemParts(["socat", ...LIBNFC]);

describe.skipIf(independent.missing.length > 0)(independent.title("a PN532 by libnfc"), () => {
  beforeEach(start);
  afterEach(stop);

  const env = () => ({ ...process.env, LIBNFC_DEFAULT_DEVICE: `pn532_uart:${ptys.near}` });

  it("shows the card as type B with ISO/IEC 14443-4", async () => {
    served.reader.insert(card);
    const { stdout } = await run("nfc-list", ["-v"], { env: env() });
    expect(stdout).toContain("1 ISO14443B passive target(s) found");
    expect(stdout).toContain("0 ISO14443A passive target(s) found");
    expect(stdout).toMatch(/Application Data: 00 {2}00 {2}41 {2}e0/);
    expect(stdout).toMatch(/Protocol Info: b3 {2}81 {2}a1/);
    expect(stdout).toContain("Maximum frame sizes: 256 bytes");
    expect(stdout).toContain("Protocol types supported: ISO/IEC 14443-4");
    expect(stdout).toContain("Frame Waiting Time: 309.3 ms");
  });

  it("shows no card where there is none", async () => {
    const { stdout } = await run("nfc-list", ["-v"], { env: env() });
    expect(stdout).toContain("0 ISO14443B passive target(s) found");
  });

  it("passes the tests of a chip", async () => {
    const { stdout } = await run("pn53x-diagnose", { env: env() });
    expect(stdout).toContain("Communication line test: OK");
    expect(stdout).toContain("ROM test: OK");
    expect(stdout).toContain("RAM test: OK");
  });

  it("passes commands to the card, and answers longer than a normal frame back", async () => {
    const content = new Uint8Array(256).map((_, i) => i);
    const answers = [fromHex("9000"), fromHex("63C3"), Uint8Array.of(...content, 0x90, 0x00)];
    served.reader.insert(new LogCard(() => answers.shift() ?? fromHex("6F00"), ATR));
    const script = [
      "4a 01 03 00",
      "40 01 00 a4 04 0c 0a d3 92 f0 00 26 01 00 00 00 01",
      "40 01 00 20 00 80",
      "40 01 00 b0 00 00 00",
      "44 01",
      "52 00",
      "q",
    ];
    const { stdout } = await run("pn53x-tamashell", [ptys.keep("script", script)], { env: env() });
    const received = [...stdout.matchAll(/Rx: (.*)/g)].map(([, hex = ""]) => fromHex(hex));
    expect(received.slice(1)).toEqual([
      fromHex("009000"),
      fromHex("0063C3"),
      Uint8Array.of(0x00, ...content, 0x90, 0x00),
      fromHex("00"),
      fromHex("00"),
    ]);
  });

  it("is seen to come and to go", async () => {
    const [program, ...words] = ["stdbuf", "-oL", "nfc-poll"] as const;
    // Into a pipe it would say nothing before its end.
    const poll = spawn(program, words, { env: env(), stdio: ["ignore", "pipe", "ignore"] });
    const ended = once(poll, "exit");
    const lines = linesOf(poll);
    await said(lines, "NFC device will poll");
    served.reader.insert(card);
    await said(lines, "ISO/IEC 14443-4B (106 kbps) target:");
    await said(lines, "Protocol Info");
    served.reader.remove();
    expect(await ended).toEqual([0, null]);
  });
});

function linesOf(program: ChildProcess): AsyncIterator<string> {
  if (program.stdout === null) throw new Error("its output is not piped");
  return createInterface(program.stdout)[Symbol.asyncIterator]();
}

async function said(lines: AsyncIterator<string>, text: string): Promise<void> {
  for (;;) {
    const { value, done } = await lines.next();
    if (done === true) throw new Error(`ended without saying "${text}"`);
    if (value.includes(text)) return;
  }
}

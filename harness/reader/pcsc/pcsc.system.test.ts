import { readFile } from "node:fs/promises";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { fromHex } from "../../../simulator/iso7816/index.ts";
import { type VirtualCard, VpcdCard } from "../../../simulator/reader/index.ts";
import { LogCard, mute } from "../../../simulator/reader/testing/log-card.ts";
import { bindings } from "../testing/bindings.ts";
import { type Pcscd, startPcscd } from "../testing/pcscd.ts";
import { until } from "../testing/until.ts";
import { listPcscReaders, type OpenPcscReader, openPcscReader, type PcscReader } from "./index.ts";

const GET_CHALLENGE = fromHex("0084000008");
const ANSWER = fromHex("00840000 9000");

describe.each(bindings())("a PC/SC reader $title", ({ binding, missing }) => {
  if (missing) return it.skip("lacks a part");
  let pcscd: Pcscd;
  const readers: PcscReader[] = [];
  const cards: VpcdCard[] = [];

  beforeAll(async () => {
    pcscd = await startPcscd();
  });

  afterEach(async () => {
    await Promise.all(readers.splice(0).map((reader) => reader.close()));
    await Promise.all(cards.splice(0).map((card) => card.close()));
    await pcscd.cardGone(0);
  });

  afterAll(() => pcscd.stop());

  async function insert(card: VirtualCard): Promise<VpcdCard> {
    const inserted = await VpcdCard.connect({ card, port: pcscd.ports[0] ?? 0 });
    cards.push(inserted);
    await pcscd.cardSeen(0);
    return inserted;
  }

  async function find(options: Partial<OpenPcscReader> = {}): Promise<PcscReader> {
    const known = { name: /00 00$/, physical: false, service: pcscd.socket, binding };
    const reader = await openPcscReader({ ...known, ...options });
    readers.push(reader);
    return reader;
  }

  async function open(options: Partial<OpenPcscReader> = {}): Promise<PcscReader> {
    const reader = await find(options);
    await reader.open();
    return reader;
  }

  it("is listed, with the answer to reset of the card in it", async () => {
    const card = new LogCard();
    await insert(card);

    expect(await listPcscReaders({ service: pcscd.socket, binding })).toEqual([
      { name: "Virtual PCD 00 00", atr: card.atr },
      { name: "Virtual PCD 00 01" },
    ]);
  });

  it("must be meant clearly", async () => {
    await expect(find({ name: "Virtual" })).rejects.toMatchObject({ code: "READER_AMBIGUOUS" });
    await expect(find({ name: "RC-S300" })).rejects.toMatchObject({ code: "READER_NOT_FOUND" });
  });

  it("gives the answer to reset and passes commands on", async () => {
    const card = new LogCard();
    await insert(card);
    const reader = await find();

    expect(await reader.open()).toEqual({ atr: card.atr });
    expect(await reader.transmit(GET_CHALLENGE)).toEqual(ANSWER);
    expect(reader.info).toEqual({ driver: "pcsc", name: "Virtual PCD 00 00", physical: false });
  });

  it("passes the longest response on", async () => {
    const longest = Uint8Array.from({ length: 65535 }, (_, i) => (i < 65533 ? i & 0xff : 0x90));
    await insert(new LogCard(() => longest));
    const reader = await open();

    expect(await reader.transmit(fromHex("00B08A00000000"))).toEqual(longest);
  });

  it("says that no card is in it", async () => {
    await expect(open()).rejects.toMatchObject({ code: "READER_NO_CARD" });
  });

  it("cuts the power on a cold reset and on closing, and not on a warm reset", async () => {
    const card = new LogCard();
    await insert(card);
    const reader = await open();

    card.log.length = 0;
    await reader.reset("warm");
    expect(card.log).toEqual(["reset"]);
    expect(await reader.reset("cold")).toEqual({ atr: card.atr });
    expect(card.log).toEqual(["reset", "off", "on"]);
    expect(await reader.transmit(GET_CHALLENGE)).toEqual(ANSWER);
    await reader.close();
    await until(() => card.log.at(-1) === "off", "the card has lost its power");
  });

  it("loses its session with the card, and opens anew with the next", async () => {
    const card = await insert(new LogCard());
    const reader = await open();

    await card.remove();
    await expect(reader.transmit(GET_CHALLENGE)).rejects.toMatchObject({
      code: "READER_CARD_REMOVED",
    });
    await expect(reader.open()).rejects.toMatchObject({ code: "READER_NO_CARD" });

    await card.insert();
    await pcscd.cardSeen(0);
    await reader.open();
    expect(await reader.transmit(GET_CHALLENGE)).toEqual(ANSWER);
  });

  it("takes an answer without status word for a broken transport, where the card stays", async () => {
    await insert(new LogCard(() => Uint8Array.of(0x90)));
    const reader = await open();

    await expect(reader.transmit(GET_CHALLENGE)).rejects.toMatchObject({
      code: "READER_TRANSPORT",
    });
    await expect(reader.transmit(GET_CHALLENGE)).rejects.toMatchObject({ code: "READER_LOST" });
  });

  it("notices a reset by another client, who is not disturbed in turn", async () => {
    const card = new LogCard();
    await insert(card);
    const mine = await open();
    const other = await open();

    await other.reset("warm");

    await expect(mine.transmit(GET_CHALLENGE)).rejects.toMatchObject({ code: "READER_CARD_RESET" });
    await expect(mine.transmit(GET_CHALLENGE)).rejects.toMatchObject({ code: "READER_CARD_RESET" });
    expect(await other.transmit(GET_CHALLENGE)).toEqual(ANSWER);
    await mine.open();
    expect(await mine.transmit(GET_CHALLENGE)).toEqual(ANSWER);
    expect(await other.transmit(GET_CHALLENGE)).toEqual(ANSWER);
  });

  it("is one client's alone when opened so", async () => {
    await insert(new LogCard());
    await open({ share: "exclusive" });

    await expect(open()).rejects.toMatchObject({ code: "READER_BUSY" });
  });

  it("gives up on a mute card in time, leaves the bench free meanwhile, and opens again", async () => {
    const dazed = await insert(new LogCard(mute));
    const reader = await open();
    const order: string[] = [];

    const answer = reader.transmit(GET_CHALLENGE, { deadline: 1000 }).catch(({ code }) => {
      order.push(code);
    });
    // More than there are threads in the pool that a waiting call inside this process would hold.
    const files = Array.from({ length: 8 }, () => readFile(import.meta.filename));
    await Promise.all(files).then(() => order.push("files read"));
    await answer;

    expect(order).toEqual(["files read", "READER_DEADLINE"]);
    await expect(reader.transmit(GET_CHALLENGE)).rejects.toMatchObject({ code: "READER_LOST" });

    await dazed.close();
    await pcscd.cardGone(0);
    await insert(new LogCard());
    await reader.open();
    expect(await reader.transmit(GET_CHALLENGE)).toEqual(ANSWER);
  });

  it("says that the service stopped, and works again when it is back", async () => {
    await insert(new LogCard());
    const reader = await open();

    await pcscd.halt();
    await expect(reader.transmit(GET_CHALLENGE)).rejects.toMatchObject({
      code: "PCSC_SERVICE_STOPPED",
    });
    await expect(reader.open()).rejects.toMatchObject({ code: "PCSC_SERVICE_STOPPED" });
    await expect(listPcscReaders({ service: pcscd.socket, binding })).rejects.toMatchObject({
      code: "PCSC_SERVICE_STOPPED",
    });

    await pcscd.start();
    await pcscd.cardSeen(0);
    await reader.open();
    expect(await reader.transmit(GET_CHALLENGE)).toEqual(ANSWER);
  });

  it("can be spoken to itself, where its driver knows how", async () => {
    await insert(new LogCard());
    const reader = await open();

    await expect(reader.control(0x42000001, GET_CHALLENGE)).rejects.toMatchObject({
      code: "READER_UNSUPPORTED",
      status: 0x8010001f,
    });
    expect(await reader.transmit(GET_CHALLENGE)).toEqual(ANSWER);
  });

  it("is reached itself, with no card in it", async () => {
    const reader = await open({ share: "direct" });
    await expect(reader.control(0x42000001, GET_CHALLENGE)).rejects.toMatchObject({
      code: "READER_UNSUPPORTED",
    });
  });

  it("keeps the card for a transaction, where the binding knows them", async () => {
    await insert(new LogCard());
    const mine = await open();
    const other = await open();
    if (binding === "pcsclite") {
      const refused = mine.beginTransaction();
      await expect(refused).rejects.toMatchObject({ code: "READER_UNSUPPORTED" });
      return;
    }
    const order: string[] = [];
    await mine.beginTransaction();
    const waiting = other.transmit(GET_CHALLENGE).then(() => order.push("other"));
    expect(await mine.transmit(GET_CHALLENGE)).toEqual(ANSWER);
    order.push("mine");
    await mine.endTransaction();
    await waiting;
    expect(order).toEqual(["mine", "other"]);
  });
});

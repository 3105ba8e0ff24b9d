import { once } from "node:events";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { VirtualCard } from "./card-slot.ts";
import { type CardEnd, FakeVpcd } from "./testing/fake-vpcd.ts";
import { LogCard, mute } from "./testing/log-card.ts";
import { VpcdCard, type VpcdOptions } from "./vpcd.ts";

let vpcd: FakeVpcd;
const cards: VpcdCard[] = [];
const links: CardEnd[] = [];

beforeEach(async () => {
  vpcd = await FakeVpcd.listen();
});

afterEach(async () => {
  await Promise.all(cards.splice(0).map((card) => card.close()));
  await vpcd.stop(links.splice(0));
});

async function insert(card: VirtualCard, options: Partial<VpcdOptions> = {}) {
  const inserted = await VpcdCard.connect({ card, port: vpcd.port, ...options });
  cards.push(inserted);
  return { inserted, link: await nextLink() };
}

async function nextLink(): Promise<CardEnd> {
  const link = await vpcd.card();
  links.push(link);
  return link;
}

describe("a card behind vpcd", () => {
  it("answers GET ATR and commands, and nothing else", async () => {
    const card = new LogCard();
    const { link } = await insert(card);

    // Power on, GET ATR, reset, GET CHALLENGE, power off, GET ATR.
    link.send("0001 01  0001 04  0001 02  0005 0084000008  0001 00  0001 04");

    expect(await link.receive(7)).toBe("00053B80800101");
    expect(await link.receive(8)).toBe("0006008400009000");
    expect(await link.receive(7)).toBe("00053B80800101");
    expect(card.log).toEqual(["on", "reset", "0084000008", "off"]);
  });

  it("answers commands in their order even when the card takes its time", async () => {
    const slowly = (command: Uint8Array) =>
      new Promise<Uint8Array>((resolve) => setImmediate(resolve, command));
    const { link } = await insert(new LogCard(slowly));

    link.send("0004 00840000  0004 00850000");

    expect(await link.receive(12)).toBe("000400840000000400850000");
  });

  it("is without power after it was taken out, and can be put back", async () => {
    const card = new LogCard();
    const { inserted, link } = await insert(card);

    await inserted.remove();
    expect(inserted.connected).toBe(false);
    expect(card.log).toEqual(["off"]);
    expect(await link.endsSilently()).toBe(true);

    await inserted.insert();
    const again = await nextLink();
    again.send("0001 04");
    expect(await again.receive(7)).toBe("00053B80800101");
  });

  it("comes back by itself when pcscd is started again", async () => {
    const { inserted, link } = await insert(new LogCard());
    const gone = once(inserted, "disconnected");
    await vpcd.stop([link]);
    await gone;

    vpcd = await FakeVpcd.listen(vpcd.port);

    const again = await nextLink();
    again.send("0001 04");
    expect(await again.receive(7)).toBe("00053B80800101");
  });

  it("waits for vpcd to be started", async () => {
    const { port } = vpcd;
    await vpcd.stop();
    const waiting = VpcdCard.connect({ card: new LogCard(), port });

    vpcd = await FakeVpcd.listen(port);

    const inserted = await waiting;
    cards.push(inserted);
    expect(inserted.connected).toBe(true);
  });

  it("says when nobody listens within its patience", async () => {
    const { port } = vpcd;
    await vpcd.stop();

    const connecting = VpcdCard.connect({ card: new LogCard(), port, patience: 20 });

    await expect(connecting).rejects.toMatchObject({ code: "VPCD_UNREACHABLE" });
    vpcd = await FakeVpcd.listen();
  });

  it("is not handed to another machine unless that is allowed", async () => {
    const card = new LogCard();
    const elsewhere = { card, host: "192.0.2.1", patience: 20 };

    await expect(VpcdCard.connect(elsewhere)).rejects.toMatchObject({
      code: "VPCD_REMOTE_REFUSED",
    });
    await expect(
      VpcdCard.connect({ ...elsewhere, host: "127.evil.example" }),
    ).rejects.toMatchObject({
      code: "VPCD_REMOTE_REFUSED",
    });
    await expect(VpcdCard.connect({ ...elsewhere, allowRemote: true })).rejects.toMatchObject({
      code: "VPCD_UNREACHABLE",
    });
  });

  it("leaves for good when its signal aborts", async () => {
    const leave = new AbortController();
    const { inserted, link } = await insert(new LogCard(), { signal: leave.signal });

    leave.abort();

    expect(await link.endsSilently()).toBe(true);
    await inserted.close();
    expect(inserted.connected).toBe(false);
  });
});

describe("a card that fails behind vpcd", () => {
  const torn = (): never => {
    throw new Error("the state could not be saved");
  };
  it.each([
    ["answers nothing at all", () => new Uint8Array(0), { code: "VPCD_PROTOCOL" }],
    ["answers more than fits", () => new Uint8Array(65538), { code: "VPCD_PROTOCOL" }],
    ["throws", torn, { message: "the state could not be saved" }],
    ["is mute", mute, { code: "READER_CARD_MUTE" }],
  ])("is torn out when it %s, so that pcscd does not freeze", async (_, answer, expected) => {
    const { inserted, link } = await insert(new LogCard(answer), { answerWithin: 20 });
    const failed = once(inserted, "error");

    link.send("0005 0084000008");

    expect(await link.endsSilently()).toBe(true);
    expect((await failed)[0]).toMatchObject(expected);
    expect(inserted.connected).toBe(false);
  });

  it("is torn out when the other end does not speak vpcd's protocol", async () => {
    const { inserted, link } = await insert(new LogCard());
    const failed = once(inserted, "error");

    link.send("0000");

    expect(await link.endsSilently()).toBe(true);
    expect((await failed)[0]).toMatchObject({ code: "VPCD_PROTOCOL" });
  });

  it("gets no command that was waiting when it was taken out", async () => {
    let answer: (response: Uint8Array) => void = () => undefined;
    const card = new LogCard(
      () =>
        new Promise((resolve) => {
          answer = resolve;
        }),
    );
    const { inserted, link } = await insert(card);
    link.send("0001 01  0004 00840000  0004 00850000  0001 04");
    await expect.poll(() => card.log).toContain("00840000");

    await inserted.close();
    answer(Uint8Array.of(0x90, 0x00));

    expect(await link.endsSilently()).toBe(true);
    expect(card.log).toEqual(["on", "00840000", "off"]);
  });
});

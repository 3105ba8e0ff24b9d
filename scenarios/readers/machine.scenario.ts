/** The machine around the reader: a service that may stop, readers that come, go and change names. */
import {
  expect,
  JpkiClient,
  type ReaderDirectory,
  readerWithCard,
  scenario,
  waitForCard,
} from "../../harness/index.ts";

/** Opens a reader by name, reads the certificate in it, and lets go. */
async function readFrom(readers: ReaderDirectory, name: string): Promise<Uint8Array> {
  const reader = await readers.reader(name);
  await reader.open();
  try {
    const jpki = new JpkiClient(reader);
    await jpki.select();
    return await jpki.authCertificate();
  } finally {
    await reader.close();
  }
}

scenario(
  "CR-12",
  {
    title: {
      ja: "スマートカードサービスが停止している",
      en: "the smart card service is stopped",
    },
    system: "card",
    source: "PC/SC part 5 (SCARD_E_NO_SERVICE, SCARD_E_SERVICE_STOPPED); web-eid retriable errors",
    effect: "read-only",
    needs: ["lab", "reader-faults"],
  },
  async ({ insertCard, desk, step, note }) => {
    const { reader } = await insertCard();
    const jpki = new JpkiClient(reader);
    await jpki.select();
    const certificate = await jpki.authCertificate();
    const cases = [
      ["noService", 0x8010001d],
      ["serviceStopped", 0x8010001e],
    ] as const;
    for (const [condition, status] of cases) {
      const stopped = { code: "PCSC_SERVICE_STOPPED", status };
      await step(
        { ja: `使用中に停止 (${condition})`, en: `stopped during use (${condition})` },
        async () => {
          desk.pcsc.stop(condition);
          await expect(jpki.authCertificate()).rejects.toMatchObject(stopped);
        },
      );
      await step(
        { ja: "1回尋ねて案内し、繰り返さない", en: "asked once, told, and not asked again" },
        async () => {
          const before = desk.pcsc.asked;
          const pauses: number[] = [];
          const pause = async (milliseconds: number) => pauses.push(milliseconds);
          await expect(waitForCard(desk.readers, { pause })).rejects.toMatchObject(stopped);
          expect({ asked: desk.pcsc.asked - before, pauses }).toEqual({ asked: 1, pauses: [] });
          note({ ja: "状態コード", en: "status" }, `0x${status.toString(16)}`);
        },
      );
      await step({ ja: "再開すれば使える", en: "started again, it serves" }, async () => {
        desk.pcsc.start();
        await reader.open();
        await jpki.select();
        expect(Buffer.from(await jpki.authCertificate()).equals(certificate)).toBe(true);
      });
    }
  },
);

scenario(
  "CR-13",
  {
    title: {
      ja: "読取装置がない、使用中に抜かれる、つなぎ直す",
      en: "no reader, a reader unplugged in mid-use, and plugged in again",
    },
    system: "card",
    source: "PC/SC part 5 (SCARD_E_NO_READERS_AVAILABLE, SCARD_E_READER_UNAVAILABLE)",
    effect: "read-only",
    needs: ["lab", "reader-faults"],
  },
  async ({ insertCard, desk, step, note }) => {
    const { reader } = await insertCard();
    const slot = desk.pcsc.reader(reader.info.name);
    const jpki = new JpkiClient(reader);
    await jpki.select();

    await step({ ja: "使用中に抜かれる", en: "unplugged in mid-use" }, async () => {
      desk.pcsc.unplug(slot);
      await expect(jpki.authCertificate()).rejects.toMatchObject({
        code: "READER_LOST",
        status: 0x80100017,
      });
    });
    await step({ ja: "読取装置が1台もない", en: "no reader at all" }, async () => {
      await expect(readerWithCard(desk.readers)).rejects.toMatchObject({
        code: "READER_NOT_FOUND",
        status: 0x8010002e,
      });
    });
    await step(
      { ja: "待つ間につなぎ直されれば続けられる", en: "plugged in while waiting, it goes on" },
      async () => {
        let pauses = 0;
        const pause = async () => {
          pauses += 1;
          if (pauses === 3) desk.pcsc.replug(slot);
        };
        const name = await waitForCard(desk.readers, { pause });
        expect(pauses).toBe(3);
        expect((await readFrom(desk.readers, name)).length).toBeGreaterThan(1000);
        note({ ja: "つなぎ直すまで", en: "until it was back" }, `${pauses} × 500 ms`);
      },
    );
  },
);

scenario(
  "CR-14",
  {
    title: {
      ja: "読取装置が2台あり、カードは2台目にある",
      en: "two readers, and the card in the second",
    },
    system: "card",
    source: "jpki-web（読取装置の選択）; PC/SC part 5 (SCardListReaders)",
    effect: "read-only",
    needs: ["lab", "reader-faults"],
  },
  async ({ lab, issueCard, desk, step, note }) => {
    const second = desk.pcsc.plug("Second Reader 01 00");
    const holder = await issueCard();
    second.insert(holder.card);

    const name = await step(
      { ja: "カードのある読取装置が選ばれる", en: "the one with the card is chosen" },
      async () => {
        const readers = await desk.readers.list();
        expect(readers.map(({ atr }) => atr !== undefined)).toEqual([false, true]);
        return readerWithCard(desk.readers);
      },
    );
    expect(name).toBe(second.name);
    note({ ja: "選ばれた読取装置", en: "reader chosen" }, name);

    await step(
      { ja: "両方にカードがあれば選ばず、利用者に尋ねる", en: "with two cards the user is asked" },
      async () => {
        const first = (await desk.readers.list())[0]?.name ?? "";
        desk.pcsc.reader(first).insert((await lab.issueCard("elder")).card);
        await expect(readerWithCard(desk.readers)).rejects.toMatchObject({
          code: "READER_AMBIGUOUS",
          message: expect.stringMatching(new RegExp(`${first}.*${second.name}`)),
        });
      },
    );
    await step(
      { ja: "利用者が選んだ方のカードを読む", en: "what is read is the card the user chose" },
      async () => {
        const reader = await desk.readers.reader(name);
        await reader.open();
        const jpki = new JpkiClient(reader);
        await jpki.select();
        expect((await jpki.tokenInfo()).serialNumber).toBe(holder.tokenSerial);
        await reader.close();
      },
    );
  },
);

scenario(
  "CR-15",
  {
    title: {
      ja: "つなぎ直すと読取装置の名前が変わる",
      en: "the reader has another name after it was plugged in again",
    },
    system: "card",
    source: "pcsc-lite（名前の末尾は接続ごとの番号）; PC/SC part 5 (SCARD_E_UNKNOWN_READER)",
    effect: "read-only",
    needs: ["lab", "reader-faults"],
  },
  async ({ insertCard, desk, step, note }) => {
    const { reader } = await insertCard();
    const before = reader.info.name;
    const slot = desk.pcsc.reader(before);
    desk.pcsc.unplug(slot);
    desk.pcsc.replug(slot, "Simulated Reader 01 00");

    await step(
      { ja: "覚えておいた名前では開けない", en: "the name that was kept leads nowhere" },
      async () => {
        await expect(reader.open()).rejects.toMatchObject({
          code: "READER_NOT_FOUND",
          status: 0x80100009,
        });
      },
    );
    await step({ ja: "列挙し直して見つける", en: "listed anew, the reader is found" }, async () => {
      const name = await readerWithCard(desk.readers);
      expect(name).not.toBe(before);
      expect((await readFrom(desk.readers, name)).length).toBeGreaterThan(1000);
      note({ ja: "新しい名前", en: "new name" }, name);
    });
  },
);

scenario(
  "CR-16",
  {
    title: {
      ja: "Type Bのカードを探さない読取装置",
      en: "a reader that does not look for type B cards",
    },
    system: "card",
    source: "ISO/IEC 14443-3 (Type A / Type B); vsmartcard issue 251",
    effect: "read-only",
    needs: ["lab", "reader-faults"],
  },
  async ({ issueCard, desk, step, note }) => {
    const card = await issueCard();
    const [plain] = await desk.readers.list();
    const other = desk.pcsc.reader(plain?.name ?? "");
    const typeA = desk.pcsc.plug("Type A Reader 01 00", { pollsTypeB: false });
    typeA.insert(card.card);

    await step(
      {
        ja: "置いてあってもカードなしのままで、期限が来たら伝える",
        en: "a card lies there and is never found, which is told in the end",
      },
      async () => {
        let pauses = 0;
        const pause = async () => {
          pauses += 1;
        };
        // The message names every reader there is: another one can be tried.
        await expect(waitForCard(desk.readers, { looks: 8, pause })).rejects.toMatchObject({
          code: "READER_NO_CARD",
          message: expect.stringContaining(other.name),
        });
        expect(pauses).toBe(7);
        const reader = await desk.readers.reader(typeA.name);
        await expect(reader.open()).rejects.toMatchObject({ status: 0x8010000c });
      },
    );
    await step({ ja: "別の読取装置なら読める", en: "another reader reads it" }, async () => {
      typeA.remove();
      other.insert(card.card);
      const name = await waitForCard(desk.readers);
      expect((await readFrom(desk.readers, name)).length).toBeGreaterThan(1000);
      note({ ja: "読めた読取装置", en: "reader that reads it" }, name);
    });
  },
);

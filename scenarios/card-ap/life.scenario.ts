/** カードAP: what becomes of an application on the card when something happens in its holder's life. */
import { cardNumberOf, expect, findCardAp, onTerminal, scenario } from "../../harness/index.ts";

const SOURCE =
  "番号法 18条; デジタル庁 自治体の皆様へ v1.9「カードアプリの利用」（カードAP搭載システム）";
const CHIYODA = "13101";
const KOBE = "28100";
/** UNVERIFIED: DF names of real card applications are not public. */
const LIBRARY = "D392990001";
const PASS = "D392990003";
const application = (name: string, aid: string) => ({
  name,
  aid,
  files: [{ id: 1, read: "free" as const, content: "3132333435" }],
});
const CITY = { name: "試験市", ground: "ordinance", municipalityCode: CHIYODA } as const;
const OTHER_CITY = { name: "試験港市", ground: "ordinance", municipalityCode: KOBE } as const;
const RAILWAY = { name: "試験鉄道", ground: "approval" } as const;

scenario(
  "AP-03",
  {
    title: {
      ja: "転出すると地域住民向け領域は消え、拡張利用領域は残り、転入先が搭載できる",
      en: "on moving out the local area is cleared, the extended one kept, and the new city may load",
    },
    system: "card-ap",
    source: `${SOURCE}（地域住民向け領域・拡張利用領域）`,
    effect: "changes-card",
    needs: ["lab", "removal"],
  },
  async ({ lab, systems, insertCard, step }) => {
    const card = await insertCard();
    const number = await cardNumberOf(card);
    const library = { card: number, application: LIBRARY };
    const pass = { card: number, application: PASS };
    const city = systems.cardApOperator(CITY, application("図書館利用カード", LIBRARY)).terminal;
    const railway = systems.cardApOperator(RAILWAY, application("定期券", PASS)).terminal;
    const harbour = systems.cardApOperator(OTHER_CITY, application("港市カード", "D392990002"));
    await onTerminal(card, async () => {
      await city.load(library);
      await railway.load(pass);
    });
    const onCard = async () => [
      (await findCardAp(card.reader, LIBRARY)).state,
      (await findCardAp(card.reader, PASS)).state,
    ];

    await step({ ja: "転居（市区町村内）ではどちらも残る", en: "a move within" }, async () => {
      await onTerminal(card, async () => lab.counter.move(card.issued.resident));
      expect(await onCard()).toEqual(["usable", "usable"]);
      expect(await city.standing(library)).toEqual({ result: "active" });
    });
    await step({ ja: "転出で地域住民向け領域が消える", en: "moving out clears it" }, async () => {
      await onTerminal(card, async () => lab.counter.move(card.issued.resident, KOBE));
      expect(await onCard()).toEqual(["absent", "usable"]);
      expect(await city.standing(library)).toEqual({ result: "stopped", reason: "movedOut" });
      expect(await railway.standing(pass)).toEqual({ result: "active" });
    });
    await step({ ja: "転出元はもう搭載できない", en: "the former city may not" }, async () => {
      await expect(city.start(library)).rejects.toMatchObject({
        refusal: lab.cardApLoader.profile.errors.notResident,
      });
    });
    await step({ ja: "転入先は搭載できる", en: "the new city may" }, async () => {
      const theirs = { card: number, application: "D392990002" };
      await onTerminal(card, () => harbour.terminal.load(theirs));
      expect((await findCardAp(card.reader, "D392990002")).state).toBe("usable");
    });
    await step({ ja: "戻って来れば搭載し直せる", en: "back again, loaded again" }, async () => {
      await onTerminal(card, async () => {
        lab.counter.move(card.issued.resident, CHIYODA);
        await city.load(library);
      });
      expect(await onCard()).toEqual(["usable", "usable"]);
      expect((await findCardAp(card.reader, "D392990002")).state).toBe("absent");
    });
  },
);

scenario(
  "AP-06",
  {
    title: {
      ja: "再交付後、旧カードのカードAPは応答しても利用させず、新カードには搭載し直す",
      en: "after a reissue the old card still answers and is not served; the new one is loaded anew",
    },
    system: "card-ap",
    source: `${SOURCE}; 個人番号カードの再交付（旧カードの失効）`,
    effect: "changes-card",
    needs: ["lab", "removal"],
  },
  async ({ lab, systems, insertCard, step }) => {
    const old = await insertCard();
    const { resident } = old.issued;
    const before = { card: await cardNumberOf(old), application: LIBRARY };
    const { terminal } = systems.cardApOperator(CITY, application("図書館利用カード", LIBRARY));
    await onTerminal(old, () => terminal.load(before));

    await step({ ja: "紛失届のあとは利用させない", en: "lost: not served" }, async () => {
      lab.counter.lose(resident);
      expect((await findCardAp(old.reader, LIBRARY)).state).toBe("usable");
      expect(await terminal.standing(before)).toEqual({ result: "stopped", reason: "cardStopped" });
      await expect(terminal.delete(before)).rejects.toMatchObject({
        refusal: lab.cardApLoader.profile.errors.cardNotUsable,
      });
    });
    await step({ ja: "再交付しても旧カードは戻らない", en: "reissued: for good" }, async () => {
      await lab.handOut(resident);
      expect((await findCardAp(old.reader, LIBRARY)).state).toBe("usable");
      expect(await terminal.standing(before)).toEqual({
        result: "stopped",
        reason: "cardReplaced",
      });
    });
    await step({ ja: "新カードには搭載されていない", en: "the new card is empty" }, async () => {
      await old.remove();
      const card = await insertCard({ card: lab.shownBy(resident) });
      const place = { card: await cardNumberOf(card), application: LIBRARY };
      expect(place.card).not.toBe(before.card);
      expect((await findCardAp(card.reader, LIBRARY)).state).toBe("absent");
      expect(await terminal.standing(place)).toEqual({ result: "stopped", reason: "notLoaded" });
      await onTerminal(card, () => terminal.load(place));
      expect((await findCardAp(card.reader, LIBRARY)).state).toBe("usable");
      expect(await terminal.standing(place)).toEqual({ result: "active" });
    });
  },
);

scenario(
  "AP-07",
  {
    title: {
      ja: "証明書の更新と氏名変更ではカードAPは残り、国外転出では地域住民向け領域が消える",
      en: "a renewal and a new name keep applications; emigration clears the local area",
    },
    system: "card-ap",
    source: `${SOURCE}（地域住民向け領域・拡張利用領域）; 電子証明書の更新手続`,
    effect: "changes-card",
    needs: ["lab", "removal"],
  },
  async ({ lab, systems, insertCard, step }) => {
    const card = await insertCard();
    const { resident } = card.issued;
    const number = await cardNumberOf(card);
    const library = { card: number, application: LIBRARY };
    const city = systems.cardApOperator(CITY, application("図書館利用カード", LIBRARY)).terminal;
    const railway = systems.cardApOperator(RAILWAY, application("定期券", PASS)).terminal;
    await onTerminal(card, async () => {
      await city.load(library);
      await railway.load({ card: number, application: PASS });
    });

    const events = [
      { ja: "証明書の更新", en: "a renewal", live: () => lab.counter.renew(resident) },
      { ja: "氏名変更", en: "a new name", live: async () => lab.counter.rename(resident) },
    ];
    for (const { ja, en, live } of events) {
      await step({ ja: `${ja}のあとも使える`, en: `served after ${en}` }, async () => {
        await onTerminal(card, live);
        expect((await findCardAp(card.reader, LIBRARY)).state).toBe("usable");
        expect(await cardNumberOf(card)).toBe(number);
        expect(await city.standing(library)).toEqual({ result: "active" });
      });
    }
    await step({ ja: "国外転出で地域住民向け領域が消える", en: "emigrated: cleared" }, async () => {
      await onTerminal(card, async () => lab.counter.emigrate(resident));
      expect((await findCardAp(card.reader, LIBRARY)).state).toBe("absent");
      expect((await findCardAp(card.reader, PASS)).state).toBe("usable");
      expect((await city.standing(library)).result).toBe("stopped");
    });
  },
);

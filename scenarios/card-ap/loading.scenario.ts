/** カードAP: applications of municipalities and others are loaded into the free area of a card. */
import {
  cardNumberOf,
  expect,
  findCardAp,
  JpkiClient,
  onTerminal,
  scenario,
} from "../../harness/index.ts";

const SOURCE =
  "番号法 18条（条例で定める事務等での個人番号カードの利用）; デジタル庁 自治体の皆様へ v1.9「カードアプリの利用」（カードAP搭載システム）";
const CHIYODA = "13101";
const CITY = { name: "試験市", ground: "ordinance", municipalityCode: CHIYODA } as const;
/** UNVERIFIED: DF names of real card applications are not public. */
const LIBRARY = "D392990001";
const USER_NUMBER = "4C3030303132333435";
const LIBRARY_CARD = {
  name: "図書館利用カード",
  aid: LIBRARY,
  files: [{ id: 1, read: "free" as const, content: USER_NUMBER }],
};
/** Content nobody looks at. */
const file = (bytes: number) => [{ id: 1, read: "free" as const, content: "00".repeat(bytes) }];
const usable = { state: "usable", content: new Uint8Array(Buffer.from(USER_NUMBER, "hex")) };

scenario(
  "AP-01",
  {
    title: {
      ja: "窓口で搭載したカードAPは、以後オフラインで読める",
      en: "an application loaded at a counter can be read offline from then on",
    },
    system: "card-ap",
    source: SOURCE,
    effect: "changes-card",
    needs: ["lab", "removal"],
  },
  async ({ lab, systems, insertCard, step, note }) => {
    const card = await insertCard();
    const place = { card: await cardNumberOf(card), application: LIBRARY };
    const { terminal } = systems.cardApOperator(CITY, LIBRARY_CARD);

    await step({ ja: "搭載前はカードにない", en: "before: not on the card" }, async () => {
      expect(await findCardAp(card.reader, LIBRARY)).toEqual({ state: "absent" });
      expect(await terminal.standing(place)).toEqual({ result: "stopped", reason: "notLoaded" });
    });
    await step({ ja: "窓口の端末で搭載する", en: "loaded at a counter" }, async () => {
      await onTerminal(card, () => terminal.load(place));
      expect(await terminal.standing(place)).toEqual({ result: "active" });
      const { applications, area, free } = await terminal.inventory(place.card);
      expect(applications).toEqual([{ application: LIBRARY, standing: { result: "active" } }]);
      expect(area).toBe("local");
      note(
        { ja: "地域住民向け領域の残り（バイト）", en: "bytes left in the local area" },
        `${free}`,
      );
    });
    await step({ ja: "システムが止まっていても読める", en: "read while all is down" }, async () => {
      lab.cardApLoader.faults.plan({ mode: "reset" });
      expect(await findCardAp(card.reader, LIBRARY)).toEqual(usable);
      await expect(terminal.standing(place)).rejects.toMatchObject({
        code: "PLATFORM_UNREACHABLE",
      });
      lab.cardApLoader.faults.clear();
    });
    await step({ ja: "二重には搭載されない", en: "not loaded twice" }, async () => {
      await expect(onTerminal(card, () => terminal.load(place))).rejects.toMatchObject({
        code: "PLATFORM_REFUSED",
        refusal: lab.cardApLoader.profile.errors.alreadyLoaded,
      });
      expect(await findCardAp(card.reader, LIBRARY)).toEqual(usable);
    });
    await step({ ja: "削除すると読めない", en: "deleted, it is gone" }, async () => {
      await onTerminal(card, () => terminal.delete(place));
      expect(await findCardAp(card.reader, LIBRARY)).toEqual({ state: "absent" });
      expect((await terminal.inventory(place.card)).applications).toEqual([]);
    });
  },
);

scenario(
  "AP-02",
  {
    title: {
      ja: "他団体のカードAPは見えず消せず、他市区町村の住民には搭載しない",
      en: "tenants do not see or delete each other's applications, nor load for others' residents",
    },
    system: "card-ap",
    source: `${SOURCE}（全国共通の1システムを市区町村が共同で利用）`,
    effect: "changes-card",
    needs: ["lab", "removal"],
  },
  async ({ lab, systems, insertCard, step }) => {
    const card = await insertCard();
    const number = await cardNumberOf(card);
    const place = { card: number, application: LIBRARY };
    const city = systems.cardApOperator(CITY, LIBRARY_CARD);
    const elsewhere = systems.cardApOperator(
      { name: "別の試験市", ground: "ordinance", municipalityCode: "28100" },
      { name: "施設利用カード", aid: "D392990002", files: file(8) },
    );
    const railway = systems.cardApOperator(
      { name: "試験鉄道", ground: "approval" },
      { name: "定期券", aid: "D392990003", files: file(8) },
    );
    await onTerminal(card, () => city.terminal.load(place));

    await step({ ja: "他市区町村の住民には搭載しない", en: "no resident of theirs" }, async () => {
      const theirs = { card: number, application: "D392990002" };
      await expect(elsewhere.terminal.start(theirs)).rejects.toMatchObject({
        status: 403,
        refusal: lab.cardApLoader.profile.errors.notResident,
      });
      expect(await findCardAp(card.reader, "D392990002")).toEqual({ state: "absent" });
    });
    await step({ ja: "他団体のAPは操作も照会もできない", en: "not theirs" }, async () => {
      for (const { terminal } of [elsewhere, railway]) {
        for (const ask of [
          () => terminal.start(place),
          () => terminal.delete(place),
          () => terminal.standing(place),
        ]) {
          await expect(ask()).rejects.toMatchObject({
            refusal: lab.cardApLoader.profile.errors.applicationUnknown,
          });
        }
      }
      expect(await findCardAp(card.reader, LIBRARY)).toEqual(usable);
    });
    await step({ ja: "拡張利用領域は別で、互いに見えない", en: "areas apart" }, async () => {
      const pass = { card: number, application: "D392990003" };
      await onTerminal(card, () => railway.terminal.load(pass));
      const theirs = await railway.terminal.inventory(number);
      expect(theirs.area).toBe("extended");
      expect(theirs.applications.map(({ application }) => application)).toEqual(["D392990003"]);
      const ours = await city.terminal.inventory(number);
      expect(ours.applications.map(({ application }) => application)).toEqual([LIBRARY]);
    });
    await step({ ja: "他団体の搭載手続は引き継げない", en: "no loading taken over" }, async () => {
      await onTerminal(card, () => city.terminal.delete(place));
      const { loading } = await city.terminal.start(place);
      for (const act of [railway.terminal.write(loading), railway.terminal.cancel(loading)]) {
        await expect(act).rejects.toMatchObject({
          refusal: lab.cardApLoader.profile.errors.loadingUnknown,
        });
      }
    });
  },
);

scenario(
  "AP-04",
  {
    title: {
      ja: "空きのない領域への搭載は何も残さず断られ、削除すれば入る",
      en: "a full area refuses and keeps nothing; after a deletion there is room",
    },
    system: "card-ap",
    source: `${SOURCE}（空き領域の容量は非公開）`,
    effect: "changes-card",
    needs: ["lab", "removal"],
  },
  async ({ lab, systems, insertCard, step, note }) => {
    const { localBytes, overheadBytes } = lab.cardApLoader.profile.rules;
    const half = Math.floor(localBytes / 2) - overheadBytes;
    const names = ["D392990011", "D392990012", "D392990013"] as const;
    const { terminal } = systems.cardApOperator(
      CITY,
      ...names.map((aid) => ({ name: `試験AP ${aid}`, aid, files: file(half) })),
    );
    const card = await insertCard();
    const number = await cardNumberOf(card);
    const [first, second, third] = names.map((application) => ({ card: number, application }));
    expect.assert(first !== undefined && second !== undefined && third !== undefined);

    await step({ ja: "二つで領域が埋まる", en: "two fill the area" }, async () => {
      await onTerminal(card, async () => {
        await terminal.load(first);
        await terminal.load(second);
      });
      const { free } = await terminal.inventory(number);
      expect(free).toBeLessThan(half);
      note({ ja: "残り（バイト）", en: "bytes left" }, String(free));
    });
    await step({ ja: "三つめは断られ、何も残らない", en: "a third is refused" }, async () => {
      await expect(onTerminal(card, () => terminal.load(third))).rejects.toMatchObject({
        status: 409,
        refusal: lab.cardApLoader.profile.errors.areaFull,
      });
      expect(await findCardAp(card.reader, third.application)).toEqual({ state: "absent" });
      expect((await findCardAp(card.reader, first.application)).state).toBe("usable");
    });
    await step({ ja: "一つ消せば入る", en: "room after a deletion" }, async () => {
      await onTerminal(card, async () => {
        await terminal.delete(first);
        await terminal.load(third);
      });
      expect((await findCardAp(card.reader, third.application)).state).toBe("usable");
    });
  },
);

scenario(
  "AP-05",
  {
    title: {
      ja: "キオスク端末の電源が搭載の途中で切れても、再開して一つだけ搭載される",
      en: "a kiosk that loses power half-way: taken up again, and loaded once",
    },
    system: "card-ap",
    source: `${SOURCE}（コンビニのキオスク端末での搭載）; ISO/IEC 7816-4（6283 選択したファイルは閉塞中）`,
    effect: "changes-card",
    needs: ["lab", "pins", "removal"],
  },
  async ({ lab, systems, insertCard, step, note }) => {
    const { faults, profile, state } = lab.cardApLoader;
    const { terminal } = systems.cardApOperator(CITY, { ...LIBRARY_CARD, channels: ["kiosk"] });
    const card = await insertCard();
    const place = { card: await cardNumberOf(card), application: LIBRARY };
    const jpki = async () => {
      const client = new JpkiClient(card.reader);
      await client.select();
      return client.triesLeft("auth");
    };
    const tries = await jpki();

    await step({ ja: "窓口ではこのAPを搭載しない", en: "kiosks only" }, async () => {
      await expect(terminal.start(place)).rejects.toMatchObject({
        refusal: lab.cardApLoader.profile.errors.channelNotPermitted,
      });
    });
    await step({ ja: "書込みの直後に電源が切れる", en: "power fails after writing" }, async () => {
      faults.plan({ mode: "answer-lost", path: profile.paths.write, times: 1 });
      await expect(onTerminal(card, () => terminal.load(place, "kiosk"))).rejects.toMatchObject({
        code: "PLATFORM_UNREACHABLE",
      });
    });
    await step(
      { ja: "未完了のAPは利用されない", en: "what is half there does not serve" },
      async () => {
        expect(await findCardAp(card.reader, LIBRARY)).toEqual({ state: "unfinished" });
        expect(await terminal.standing(place)).toEqual({ result: "stopped", reason: "unfinished" });
        expect(await jpki()).toBe(tries);
      },
    );
    await step({ ja: "別の端末で再開し、完了する", en: "taken up elsewhere" }, async () => {
      const { result, loading } = await onTerminal(card, () => terminal.start(place, "kiosk"));
      expect(result).toBe("resumed");
      await onTerminal(card, async () => {
        await terminal.write(loading);
        await terminal.confirm(loading);
      });
      expect(await findCardAp(card.reader, LIBRARY)).toEqual(usable);
      expect(await terminal.standing(place)).toEqual({ result: "active" });
    });
    await step({ ja: "搭載は一件だけ", en: "one loading" }, () => {
      const { loadings } = state();
      expect(loadings).toMatchObject([{ state: "loaded", channel: "kiosk" }]);
      note({ ja: "搭載手続の件数", en: "loadings" }, String(loadings.length));
    });
    await step({ ja: "取りやめれば何も残らない", en: "given up, nothing is left" }, async () => {
      await onTerminal(card, async () => {
        await terminal.delete(place);
        const { loading } = await terminal.start(place, "kiosk");
        await terminal.write(loading);
        await terminal.cancel(loading);
      });
      expect(await findCardAp(card.reader, LIBRARY)).toEqual({ state: "absent" });
    });
  },
);

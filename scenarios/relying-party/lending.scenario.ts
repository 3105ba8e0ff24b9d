/** 図書館システム under test: lending by touch when something is not as on every other day. */
import { type Excursion, expect, type ScenarioContext, scenario } from "../../harness/index.ts";
import { FLOW, TIMEOUT, toldSomething } from "./expectations.ts";

const DAY = 24 * 60 * 60_000;

/** Somebody whose card is a library card since today, and two books nobody has borrowed. */
async function borrower({ systemUnderTest, people, insertCard }: ScenarioContext) {
  const { library } = systemUnderTest;
  const [number] = library.testData.patrons;
  const [book, other] = library.testData.books;
  const card = await insertCard();
  await library.linkPatron(number, people.visitor(card));
  return { library, number, book, other, card };
}

scenario(
  "RP-03",
  {
    title: {
      ja: "図書館：有効性を確認できないときは貸し出さず、失効とは別のこととして職員に伝える",
      en: "library: where nothing could be checked it lends nothing, and does not call it revoked",
    },
    system: "relying-party",
    source: `${FLOW} 有効性確認（確認不可）; 公的個人認証サービス 利用者証明用認証局運用規程 4.9（失効情報の提供）`,
    effect: "spends-tries",
    needs: ["lab", "pins", "library"],
    timeout: TIMEOUT,
  },
  async (context) => {
    const { lab, people, step } = context;
    const { library, number, book, card } = await borrower(context);

    const unchecked = await step({ ja: "OCSPもCRLも不通", en: "no OCSP, no list" }, async () => {
      Object.assign(lab.jpki.faults, { ocsp: "http-503", crl: "reset" });
      // Longer than any list is good for.
      lab.clock.advance(10 * DAY);
      const { text } = toldSomething(await library.lendByTouch(book, people.visitor(card)));
      Object.assign(lab.jpki.faults, { ocsp: "none", crl: "none" });
      return text;
    });
    await step(
      { ja: "画面から戻った直後のMKPF停止", en: "MKPF down on the way back" },
      async () => {
        const { faults } = lab.mkpf.verification;
        const cutOnTheWayBack: Excursion = async (away) => {
          const back = await people.visitor(card)(away);
          faults.plan({ mode: "outage" });
          return back;
        };
        toldSomething(await library.lendByTouch(book, cutOnTheWayBack));
        faults.clear();
      },
    );
    await step({ ja: "何も貸し出されていない", en: "nothing was lent" }, async () => {
      const lent = await library.lendByTouch(book, people.visitor(card));
      expect(lent).toMatchObject({ done: true, patron: number });
      expect(await library.takeBack(book)).toMatchObject({ done: true });
    });
    await step(
      { ja: "失効した人には別の案内", en: "a revoked card is told otherwise" },
      async () => {
        lab.counter.lose(card.issued.resident);
        lab.jpki.publishNow();
        const { text } = toldSomething(await library.lendByTouch(book, people.visitor(card)));
        expect(text, "for revoked and for unchecked").not.toBe(unchecked);
      },
    );
  },
);

scenario(
  "RP-04",
  {
    title: {
      ja: "図書館：転居した人にも貸し出し、4情報が変わった可能性を職員に伝える",
      en: "library: who has moved may borrow, and staff learn that attributes may have changed",
    },
    system: "relying-party",
    source: `${FLOW} 署名用電子証明書の状態確認; 公的個人認証サービス 署名用認証局運用規程 4.9`,
    effect: "spends-tries",
    needs: ["lab", "pins", "library"],
    timeout: TIMEOUT,
  },
  async (context) => {
    const { lab, people, step } = context;
    const { library, number, book, other, card } = await borrower(context);

    await step({ ja: "転居前は何も言わない", en: "before: no hint" }, async () => {
      const lent = await library.lendByTouch(book, people.visitor(card));
      expect(lent).toEqual({ done: true, patron: number, mayHaveChanged: false });
    });
    await step({ ja: "転居後は貸し出して伝える", en: "after: lent, with the hint" }, async () => {
      lab.office.move(card.issued.resident);
      lab.clock.advance(2 * DAY);
      const lent = await library.lendByTouch(other, people.visitor(card));
      expect(lent).toEqual({ done: true, patron: number, mayHaveChanged: true });
    });
  },
);

scenario(
  "RP-07",
  {
    title: {
      ja: "図書館：紛失届の出たカードは、かざしても借りられない",
      en: "library: a card reported lost borrows nothing by touch",
    },
    system: "relying-party",
    source: `${FLOW} かざし利用; 公的個人認証サービス 利用者証明用認証局運用規程 4.9（失効事由）`,
    effect: "spends-tries",
    needs: ["lab", "pins", "library"],
    timeout: TIMEOUT,
  },
  async (context) => {
    const { lab, people, step } = context;
    const { library, number, book, other, card } = await borrower(context);

    await step({ ja: "紛失前は借りられる", en: "before the loss" }, async () => {
      const lent = await library.lendByTouch(book, people.visitor(card));
      expect(lent).toMatchObject({ done: true, patron: number });
    });
    await step({ ja: "紛失届のあとは借りられない", en: "lost: nothing is lent" }, async () => {
      lab.counter.lose(card.issued.resident);
      lab.jpki.publishNow();
      toldSomething(await library.lendByTouch(other, people.visitor(card)));
    });
    await step({ ja: "再交付しても旧カードは戻らない", en: "reissued: neither" }, async () => {
      await lab.handOut(card.issued.resident);
      toldSomething(await library.lendByTouch(other, people.visitor(card)));
    });
  },
);

/** 図書館システム under test: who becomes a patron, and who does not. */
import { expect, scenario } from "../../harness/index.ts";
import { FLOW, TIMEOUT, toldSomething } from "./expectations.ts";

scenario(
  "RP-01",
  {
    title: {
      ja: "図書館：一体化登録のあと、かざすだけで本人に貸し出し、他人には貸し出さない",
      en: "library: after registration A a touch lends to that patron, and to nobody else",
    },
    system: "relying-party",
    source: `${FLOW} 利用の流れ（一体化・かざし利用）`,
    effect: "spends-tries",
    needs: ["lab", "pins", "library"],
    timeout: TIMEOUT,
  },
  async ({ systemUnderTest, people, insertCard, step, note }) => {
    const { library } = systemUnderTest;
    const [number] = library.testData.patrons;
    const [book, other] = library.testData.books;
    const card = await insertCard();

    await step({ ja: "一体化登録", en: "registration A" }, async () => {
      const linked = await library.linkPatron(number, people.visitor(card));
      expect(linked).toEqual({ done: true, patron: number });
    });
    await step({ ja: "かざして借りる", en: "lending by touch" }, async () => {
      const lent = await library.lendByTouch(book, people.visitor(card));
      expect(lent).toEqual({ done: true, patron: number, mayHaveChanged: false });
    });
    await step({ ja: "未登録の人には貸し出さない", en: "a stranger's touch" }, async () => {
      const stranger = people.visitor(await insertCard());
      toldSomething(await library.lendByTouch(other, stranger));
    });
    await step({ ja: "返却のあと、同じ人がまた借りる", en: "returned, lent again" }, async () => {
      expect(await library.takeBack(book)).toMatchObject({ done: true });
      const again = people.visitor(await insertCard({ card: card.issued }));
      expect(await library.lendByTouch(book, again)).toMatchObject({ done: true, patron: number });
      note({ ja: "利用者番号", en: "patron" }, number);
    });
  },
);

scenario(
  "RP-02",
  {
    title: {
      ja: "図書館：同意しない人・中止した人は登録されず、かざしても借りられない",
      en: "library: who declines or walks away is not registered, and cannot borrow by touch",
    },
    system: "relying-party",
    source: `${FLOW} 同意画面; RFC 6749 4.1.2.1 (access_denied)`,
    effect: "spends-tries",
    needs: ["lab", "pins", "library"],
    timeout: TIMEOUT,
  },
  async ({ systemUnderTest, people, insertCard, step }) => {
    const { library } = systemUnderTest;
    const [number] = library.testData.patrons;
    const [book] = library.testData.books;
    const card = await insertCard();

    await step({ ja: "新規登録に同意しない", en: "registration B declined" }, async () => {
      toldSomething(await library.enrolPatron(people.visitor(card, "decline")));
    });
    await step({ ja: "一体化を中止する", en: "registration A cancelled" }, async () => {
      toldSomething(await library.linkPatron(number, people.visitor(card, "cancel")));
    });
    await step({ ja: "かざしても借りられない", en: "the touch lends nothing" }, async () => {
      toldSomething(await library.lendByTouch(book, people.visitor(card)));
    });
    await step({ ja: "同意すれば登録され、借りられる", en: "agreed: a patron" }, async () => {
      const linked = await library.linkPatron(number, people.visitor(card));
      expect(linked).toEqual({ done: true, patron: number });
      expect(await library.lendByTouch(book, people.visitor(card))).toMatchObject({ done: true });
    });
  },
);

scenario(
  "RP-05",
  {
    title: {
      ja: "図書館：同じ人が二度登録しても、利用者は増えない",
      en: "library: somebody who registers twice stays one patron",
    },
    system: "relying-party",
    source: `${FLOW} PPID（二重登録）`,
    effect: "spends-tries",
    needs: ["lab", "pins", "library"],
    timeout: TIMEOUT,
  },
  async ({ systemUnderTest, people, insertCard, step, note }) => {
    const { library } = systemUnderTest;
    const [number] = library.testData.patrons;
    const [book] = library.testData.books;
    const card = await insertCard();
    const first = await library.enrolPatron(people.visitor(card));
    expect.assert(first.done, "the first registration came to nothing");
    note({ ja: "利用者番号", en: "patron" }, first.patron);

    await step({ ja: "もう一度の新規登録", en: "registration B again" }, async () => {
      const again = await library.enrolPatron(people.visitor(card));
      expect(again.done ? again.patron : first.patron).toBe(first.patron);
    });
    await step({ ja: "別の利用者番号への一体化", en: "A for another number" }, async () => {
      const linked = await library.linkPatron(number, people.visitor(card));
      expect(linked.done ? linked.patron : first.patron).toBe(first.patron);
    });
    await step({ ja: "かざすと最初の利用者", en: "the touch finds the first" }, async () => {
      const lent = await library.lendByTouch(book, people.visitor(card));
      expect(lent).toMatchObject({ done: true, patron: first.patron });
    });
  },
);

scenario(
  "RP-06",
  {
    title: {
      ja: "図書館：4情報がすべて同じ二人は、別々の利用者になる",
      en: "library: two people with the same four attributes become two patrons",
    },
    system: "relying-party",
    source: `${FLOW} PPID（利用者の突合）`,
    effect: "spends-tries",
    needs: ["lab", "pins", "library"],
    timeout: TIMEOUT,
  },
  async ({ lab, systemUnderTest, people, insertCard, step, note }) => {
    const { library } = systemUnderTest;
    const [one, other] = [lab.office.register("adult"), lab.office.register("adult")];
    const { name, address, birthDate, sex } = one;
    lab.office.correct(other, { name, address, birthDate, sex });
    const cards = [await lab.handOut(one), await lab.handOut(other)];

    const attributes = cards.map(({ resident }) => {
      const { name, address, birthDate, sex } = resident;
      return [name, address, birthDate, sex].join();
    });
    expect(new Set(attributes).size, "different sets of attributes").toBe(1);
    const patrons = await step({ ja: "二人を新規登録", en: "both register" }, async () => {
      const numbers = [];
      for (const card of cards) {
        const enrolled = await library.enrolPatron(people.visitor(await insertCard({ card })));
        expect.assert(enrolled.done, "a registration came to nothing");
        numbers.push(enrolled.patron);
      }
      expect(new Set(numbers).size).toBe(2);
      return numbers;
    });
    for (const [place, card] of cards.entries()) {
      const who = { ja: `${place + 1}人目のかざし利用`, en: `touch of number ${place + 1}` };
      await step(who, async () => {
        const visitor = people.visitor(await insertCard({ card }));
        const lent = await library.lendByTouch(library.testData.books[place] ?? "", visitor);
        expect(lent).toMatchObject({ done: true, patron: patrons[place] });
      });
    }
    note({ ja: "利用者番号", en: "patrons" }, patrons.join(", "));
  },
);

/** `sub`: whom a service knows a person as. */
import { expect, scenario } from "../../harness/index.ts";

const REFERENCE = "デジタル庁 デジタル認証アプリサービスAPI 認証API リファレンス（sub）";

scenario(
  "DA-16",
  {
    title: {
      ja: "電子証明書の更新・再交付・転居のあともsubは変わらない",
      en: "sub stays the same over a renewal, a new card and a move",
    },
    system: "digital-auth-app",
    source: `${REFERENCE}; OpenID Connect Core 1.0 2 (sub: never reassigned)`,
    effect: "read-only",
    needs: ["lab"],
  },
  async ({ lab, systems, issueCard, step, note }) => {
    const service = await systems.service("試験市 電子申請");
    const { resident, authSerial } = await issueCard();
    const present = () => {
      const card = lab.cards.find((one) => one.resident.id === resident.id);
      expect.assert(card !== undefined);
      return card;
    };
    const { sub } = await service.signIn(present());
    const events = [
      { ja: "転居", en: "a move", happen: () => lab.counter.move(resident) },
      { ja: "電子証明書の更新", en: "a renewal", happen: () => lab.counter.renew(resident) },
      {
        ja: "紛失と再交付",
        en: "a lost card and a new one",
        happen: async () => {
          lab.counter.lose(resident);
          await lab.counter.handOut(resident);
        },
      },
    ];
    const serials = new Set([authSerial]);
    for (const { ja, en, happen } of events) {
      await step({ ja, en }, async () => {
        await happen();
        lab.jpki.publishNow();
        expect((await service.signIn(present())).sub).toBe(sub);
        serials.add(present().authSerial);
      });
    }
    await step({ ja: "証明書は実際に替わっている", en: "the certificate did change" }, () => {
      expect(serials.size).toBe(3);
      note({ ja: "同じsubの証明書の数", en: "certificates behind one sub" }, String(serials.size));
    });
  },
);

scenario(
  "DA-17",
  {
    title: {
      ja: "同じ人でもサービスごとにsubが異なり、互いに突き合わせられない",
      en: "one person has another sub with each service, and the two cannot be matched",
    },
    system: "digital-auth-app",
    source: `${REFERENCE}; OpenID Connect Core 1.0 8.1 (pairwise)`,
    effect: "read-only",
    needs: ["lab"],
  },
  async ({ systems, issueCard, step, note }) => {
    const one = await systems.service("試験市 電子申請");
    const other = await systems.service("試験市 図書館");
    const cards = [await issueCard(), await issueCard(), await issueCard({ persona: "elder" })];
    const subsAt = async (service: typeof one) => {
      const subs: string[] = [];
      for (const card of cards) subs.push((await service.signIn(card)).sub);
      return subs;
    };

    const [here, there] = await step(
      { ja: "同じ3人が2つのサービスでログイン", en: "three people, two services" },
      async () => [await subsAt(one), await subsAt(other)],
    );
    await step({ ja: "一つも共通しない", en: "nothing in common" }, () => {
      expect(new Set([...(here ?? []), ...(there ?? [])]).size).toBe(6);
      note({ ja: "subの種類", en: "different subs" }, "6");
    });
    await step(
      { ja: "サービスの中では変わらない", en: "the same within one service" },
      async () => {
        expect(await subsAt(one)).toEqual(here);
        expect(await subsAt(other)).toEqual(there);
      },
    );
    await step({ ja: "個人や証明書の番号を含まない", en: "no number of person or card" }, () => {
      for (const [i, { resident, authSerial, id }] of cards.entries()) {
        const subs = `${here?.[i]} ${there?.[i]}`;
        const numbers = [resident.id, resident.myNumber, authSerial, id];
        expect(numbers.some((number) => subs.includes(number))).toBe(false);
      }
    });
  },
);

/** The day on which a CA begins to sign with another key, under the same name. */
import { authCertificateOf, expect, scenario, signCertificateOf } from "../../harness/index.ts";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

scenario(
  "XS-02",
  {
    title: {
      ja: "認証局の世代交代の日も、旧世代・新世代の証明書がどのシステムでも確認できる",
      en: "on the day a CA rolls over, certificates of the old and the new generation are checked everywhere",
    },
    system: "cross",
    source:
      "公的個人認証サービス 認証局運用規程（CA鍵の更新）; RFC 5280 4.2.1.1（authorityKeyIdentifier）, 6.3.3; RFC 6960 4.2.2.2",
    effect: "read-only",
    needs: ["lab", "pins"],
    timeout: 60_000,
  },
  async ({ lab, systems, insertCard, step, note }) => {
    const oldCard = await insertCard();
    const old = { auth: await authCertificateOf(oldCard), sign: await signCertificateOf(oldCard) };
    const formerAnchors = lab.jpki.anchors;
    const library = await systems.mkpf("試験市 図書館");
    const archive = await systems.mkpf("試験市 文書館", { method: "crl" });
    const windows = {
      ocsp: systems.localAuthPf("試験市 市民課窓口"),
      crl: systems.localAuthPf("試験市 出張所", { method: "crl" }),
    };
    const before = await library.validity({ certificate: old.auth });
    expect.assert(before.result === "valid");
    expect((await windows.crl.verify(old.auth, "auth")).result).toBe("valid");
    expect((await archive.validity({ certificate: old.auth })).result).toBe("valid");

    await step(
      { ja: "新しい世代の認証局が発行を始める", en: "a new generation begins" },
      async () => {
        for (const kind of ["auth", "sign"] as const) await lab.jpki.found(kind);
        expect(lab.jpki.generations("auth")).toHaveLength(2);
      },
    );
    const newCard = await insertCard();
    const fresh = {
      auth: await authCertificateOf(newCard),
      sign: await signCertificateOf(newCard),
    };
    const everywhere = async ({ auth, sign }: typeof fresh) => [
      (await systems.verify(auth, "auth", "ocsp")).verdict,
      (await systems.verify(auth, "auth", "crl")).verdict,
      (await systems.verify(sign, "sign", "ocsp")).verdict,
      (await systems.verify(sign, "sign", "crl")).verdict,
      (await library.validity({ certificate: auth })).result,
      (await archive.validity({ certificate: auth })).result,
      (await windows.ocsp.verify(auth, "auth")).result,
      (await windows.ocsp.verify(sign, "sign")).result,
      (await windows.crl.verify(auth, "auth")).result,
      (await windows.crl.verify(sign, "sign")).result,
    ];

    for (const [ja, en, certificates] of [
      ["旧世代", "old", old],
      ["新世代", "new", fresh],
    ] as const) {
      await step({ ja: `${ja}の証明書はすべて有効`, en: `${en}: valid everywhere` }, async () => {
        const found = await everywhere(certificates);
        expect(found).toEqual(found.map(() => "valid"));
        note(
          { ja: `${ja}：有効と答えた確認`, en: `${en}: checks that said valid` },
          `${found.length}`,
        );
      });
    }
    await step(
      { ja: "世代ごとのCRLは互いの証明書を語らない", en: "each its own list" },
      async () => {
        const [first, second] = [1, 2].map((generation) =>
          systems.keptList("auth", { generation }),
        );
        expect.assert(first !== undefined && second !== undefined);
        const cases = [
          { list: first, own: old.auth, other: fresh.auth },
          { list: second, own: fresh.auth, other: old.auth },
        ];
        for (const { list, own, other } of cases) {
          expect((await systems.verify(own, "auth", { ask: [list] })).verdict).toBe("valid");
          expect(await systems.verify(other, "auth", { ask: [list] })).toMatchObject({
            verdict: "unchecked",
            why: { problem: "otherList" },
          });
        }
      },
    );
    await step(
      { ja: "新世代を信頼しないシステムは断る", en: "without the new CA: no" },
      async () => {
        const anchors = formerAnchors;
        expect((await systems.verify(old.auth, "auth", { anchors })).verdict).toBe("valid");
        expect(await systems.verify(fresh.auth, "auth", { anchors })).toMatchObject({
          verdict: "wrongCa",
        });
      },
    );
    await step({ ja: "失効もどちらの世代で知れる", en: "revocations of both" }, async () => {
      lab.counter.lose(oldCard.issued.resident);
      lab.counter.lose(newCard.issued.resident);
      lab.jpki.publishNow();
      lab.clock.advance(DAY);
      for (const certificates of [old, fresh]) {
        const found = await everywhere(certificates);
        expect(found.filter((one) => one === "valid")).toEqual([]);
        expect(found.filter((one) => one === "unchecked" || one === "unconfirmed")).toEqual([]);
      }
    });
    await step(
      { ja: "更新で世代が替わってもPPIDは同じ", en: "renewed across: one PPID" },
      async () => {
        const card = await insertCard();
        const first = await library.validity({ certificate: await authCertificateOf(card) });
        await lab.jpki.found("auth");
        await lab.counter.renew(card.issued.resident);
        lab.jpki.publishNow();
        lab.clock.advance(2 * HOUR);
        const renewed = await insertCard({ card: lab.shownBy(card.issued.resident) });
        const second = await library.validity({ certificate: await authCertificateOf(renewed) });
        expect(first).toMatchObject({ result: "valid", registration: "new" });
        expect.assert(first.result === "valid");
        expect(second).toMatchObject({ result: "valid", registration: "known", ppid: first.ppid });
      },
    );
  },
);

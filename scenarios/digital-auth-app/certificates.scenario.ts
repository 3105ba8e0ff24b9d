/** 認証API and 署名API: certificates that are no good, or no longer what they say. */
import {
  type CardInHand,
  differsFromCertificate,
  expect,
  LOGIN_NOTICES,
  LoginDesk,
  readUserAttributes,
  type ScenarioContext,
  scenario,
} from "../../harness/index.ts";

const MINUTE = 60_000;
const REFERENCE = "デジタル庁 デジタル認証アプリサービスAPI リファレンス";

scenario(
  "DA-10",
  {
    title: {
      ja: "失効・期限切れの電子証明書では認可コードが発行されず、理由がサービスに返る",
      en: "a revoked or expired certificate gets no code, and the service is told why",
    },
    system: "digital-auth-app",
    source: `${REFERENCE}（有効性確認）; RFC 6749 4.1.2.1; RFC 6960 2.2`,
    effect: "read-only",
    needs: ["lab"],
  },
  async ({ lab, systems, issueCard, step, note }) => {
    const service = await systems.service("試験市 電子申請");
    const card = await issueCard();
    const acrs = [undefined, "aal3 crl"];
    const refusals = async (detail: string) => {
      for (const acrValues of acrs) {
        const wish = acrValues === undefined ? {} : { acrValues };
        const pending = await service.begin(card, wish);
        const answer = await service.visit(pending);
        expect(answer.searchParams.has("code")).toBe(false);
        await expect(service.client.finish(answer, pending)).rejects.toMatchObject({
          refusal: "access_denied",
          detail,
        });
      }
      expect(service.requestsTo("/token")).toBe(acrs.length);
    };

    await step({ ja: "有効なうちは通る（OCSP・CRL）", en: "while it is good" }, async () => {
      for (const acrValues of acrs) {
        expect((await service.signIn(card, acrValues ? { acrValues } : {})).sub).toBeTruthy();
      }
    });
    await step({ ja: "紛失届で失効", en: "lost: revoked" }, async () => {
      lab.counter.lose(card.resident);
      lab.jpki.publishNow();
      // The platform's own copy of the list is of the day.
      lab.clock.advance(24 * 60 * MINUTE);
      await refusals("CERTIFICATE_REVOKED");
      note({ ja: "失効", en: "revoked" }, "access_denied CERTIFICATE_REVOKED");
    });
    await step({ ja: "利用者への案内", en: "what the person is told" }, async () => {
      const desk = new LoginDesk({ client: service.client, now: () => lab.clock.now() });
      const url = await desk.depart("a", { testResponse: { card: card.id } });
      const back = await service.browser().open(url);
      expect.assert(back.step === "back");
      const end = await desk.arrive("a", back.url);
      expect(end).toEqual({ result: "notSignedIn", trouble: "certificate" });
      note({ ja: "案内", en: "told" }, LOGIN_NOTICES.certificate.ja);
    });
    await step({ ja: "期限切れ", en: "expired" }, async () => {
      lab.clock.advance(11 * 365 * 24 * 60 * MINUTE);
      await refusals("CERTIFICATE_EXPIRED");
      note({ ja: "期限切れ", en: "expired" }, "access_denied CERTIFICATE_EXPIRED");
    });
  },
);

const ALL = ["name", "address", "birthdate", "gender"] as const;

/** Signs and reads 4情報 in one go, by the app with the card, and holds one against the other. */
async function compare({ systems }: ScenarioContext, card: CardInHand) {
  const service = await systems.service("試験市 電子申請");
  const id = await service.client.startSignature(new Uint8Array(32));
  const pending = await service.client.begin({ attributes: ALL, signTransactionId: id });
  const answer = await service.visitByApp(pending, card);
  const user = await service.client.finish(answer, pending);
  const { certificate, evidence } = await service.client.signResult(id, user);
  const { known } = readUserAttributes(user.claims, ALL);
  return { evidence, differing: differsFromCertificate(certificate, known.reveal()) };
}

scenario(
  "DA-15",
  {
    title: {
      ja: "署名用電子証明書が有効でも、券面の4情報と違えば気づく",
      en: "a good 署名用 certificate whose four attributes are not those of the card is noticed",
    },
    system: "digital-auth-app",
    source: `${REFERENCE}（署名API・4情報）; デジタル庁 公的個人認証サービス導入の手引き 5.1.2（OCSPは15分ごと）`,
    effect: "spends-tries",
    needs: ["lab", "pins", "removal"],
  },
  async (context) => {
    const { lab, insertCard, step, note } = context;
    const card = await insertCard({ persona: "gaiji" });
    const { resident } = card.issued;
    const atTheCounter = async (act: () => unknown) => {
      await card.remove();
      await act();
      await card.reinsert();
    };

    await step(
      { ja: "同じなら違いなし（代替文字は数えない）", en: "the same: nothing" },
      async () => {
        expect(await compare(context, card)).toMatchObject({
          evidence: { method: "ocsp" },
          differing: [],
        });
      },
    );
    await step(
      { ja: "転居の直後：証明書はまだ有効、住所が違う", en: "just moved: address" },
      async () => {
        await atTheCounter(() => lab.counter.move(resident));
        const { evidence, differing } = await compare(context, card);
        expect(evidence.method).toBe("ocsp");
        expect(differing).toEqual(["address"]);
        note({ ja: "違う項目", en: "differing" }, differing.join(", "));
      },
    );
    await step({ ja: "15分後は証明書も失効", en: "15 minutes later: revoked" }, async () => {
      lab.clock.advance(16 * MINUTE);
      await expect(compare(context, card)).rejects.toMatchObject({
        refusal: "access_denied",
        detail: "CERTIFICATE_REVOKED",
      });
    });
    await step({ ja: "再発行後は一致する", en: "issued anew: the same" }, async () => {
      await atTheCounter(() => lab.counter.reissueSign(resident));
      expect((await compare(context, card)).differing).toEqual([]);
    });
  },
);

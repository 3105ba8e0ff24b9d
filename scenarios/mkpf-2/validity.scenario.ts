/** MKPF 類型②: the municipal system reads and verifies, the platform judges and gives a PPID. */
import { randomBytes } from "node:crypto";
import {
  type CardInHand,
  expect,
  JpkiClient,
  type MkpfValidityQuestion,
  scenario,
} from "../../harness/index.ts";

const LINKAGE = "デジタル庁 マイキープラットフォーム連携の手引き（類型②）";
const MINUTE = 60_000;
const YEAR = 365 * 24 * 60 * MINUTE;

/** Reads the certificate and has the card sign a challenge, as a careful system does. */
async function present(card: CardInHand): Promise<MkpfValidityQuestion> {
  const jpki = new JpkiClient(card.reader);
  await jpki.select();
  const certificate = await jpki.authCertificate();
  await jpki.verifyAuthPin(card.pin("auth"));
  const challenge = new Uint8Array(randomBytes(32));
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", challenge));
  const signature = await jpki.signWithAuthKey({ sha256: digest });
  return { certificate, proof: { challenge, signature } };
}

scenario(
  "MK-06",
  {
    title: {
      ja: "失効・期限切れ・未知の証明書は「無効」で、PPIDは返らない",
      en: "a revoked, expired or unknown certificate is invalid and gets no PPID",
    },
    system: "mkpf-2",
    source: LINKAGE,
    effect: "read-only",
    needs: ["lab", "pins"],
  },
  async ({ lab, systems, insertCard, step, note }) => {
    const system = await systems.mkpf("試験市 図書館");
    const lost = await insertCard();
    const question = await present(lost);

    await step({ ja: "失効した証明書", en: "a revoked one" }, async () => {
      lab.office.lose(lost.issued.resident);
      lab.jpki.publishNow();
      const answer = await system.validity(question);
      expect(answer).toMatchObject({ result: "invalid", reason: "revoked" });
      expect(answer).not.toHaveProperty("ppid");
    });
    await step({ ja: "応答者の知らない証明書", en: "one unknown to the responder" }, async () => {
      const certificate = await systems.unregisteredCertificate();
      const answer = await system.validity({ certificate });
      expect(answer).toMatchObject({ result: "invalid", reason: "unknown" });
      expect(answer).not.toHaveProperty("ppid");
    });
    await step({ ja: "期限切れの証明書", en: "an expired one" }, async () => {
      const { certificate } = await present(await insertCard());
      lab.clock.advance(6 * YEAR);
      const answer = await system.validity({ certificate });
      expect(answer).toMatchObject({ result: "invalid", reason: "expired" });
      expect(answer).not.toHaveProperty("ppid");
      if (answer.result === "invalid") {
        note({ ja: "期限切れの根拠", en: "evidence of expiry" }, answer.evidence.method);
      }
    });
  },
);

scenario(
  "MK-07",
  {
    title: {
      ja: "利用者証明用の代わりに署名用証明書を送ると拒まれる",
      en: "a signature certificate in place of the authentication one is refused",
    },
    system: "mkpf-2",
    source: LINKAGE,
    effect: "spends-tries",
    needs: ["lab", "pins"],
  },
  async ({ systems, insertCard, step }) => {
    const system = await systems.mkpf("試験市 図書館");
    const card = await insertCard();
    const jpki = new JpkiClient(card.reader);
    await jpki.select();
    await jpki.verifySignPassword(card.pin("sign"));
    const certificate = (await jpki.signCertificate()).reveal();
    await step({ ja: "署名用証明書で問い合わせる", en: "ask with it" }, async () => {
      const answer = await system.validity({ certificate });
      expect(answer).toMatchObject({ result: "invalid", reason: "wrongKind" });
      expect(answer).not.toHaveProperty("ppid");
    });
  },
);

scenario(
  "MK-08",
  {
    title: {
      ja: "署名検証を省いたシステム（証明書の写しだけ）が見分けられる",
      en: "a system that skips proof of possession is flagged",
    },
    system: "mkpf-2",
    source: `${LINKAGE}（読取りと署名検証は自治体の責務）`,
    effect: "spends-tries",
    needs: ["lab", "pins"],
    version: 2,
  },
  async ({ lab, systems, insertCard, step, note }) => {
    const system = await systems.mkpf("試験市 図書館");
    const { proof: another } = await present(await insertCard());
    const question = await present(await insertCard());
    const cases = [
      { ja: "カードの署名つき", en: "with the card's signature", question, proof: "verified" },
      { ja: "同じ署名の使い回し", en: "the same signature again", question, proof: "replayed" },
      {
        ja: "証明書だけ（写しの恐れ）",
        en: "the certificate alone",
        question: { certificate: question.certificate },
        proof: "missing",
      },
    ];
    for (const { ja, en, question: asked, proof } of cases) {
      await step({ ja, en }, async () => {
        // The risk: the certificate is in order, whoever sends it.
        const answer = await system.validity(asked);
        expect(answer).toMatchObject({ result: "valid", proof });
        note({ ja: `所持の証明: ${ja}`, en: `proof of possession: ${en}` }, answer.proof);
      });
    }
    await step({ ja: "別のカードの署名は断られる", en: "another card's: refused" }, async () => {
      expect.assert(another !== undefined);
      const { certificate } = question;
      await expect(system.validity({ certificate, proof: another })).rejects.toMatchObject({
        refusal: lab.mkpf.verification.profile.errors.proofInvalid,
      });
    });
  },
);

scenario(
  "MK-10",
  {
    title: {
      ja: "OCSPもCRLも使えないときは「確認不可」で、決して「有効」ではない",
      en: "with OCSP and CRL both down the answer is “could not check”, never valid",
    },
    system: "mkpf-2",
    source: `${LINKAGE}; 同（類型①：OCSP、障害時はCRL）`,
    effect: "spends-tries",
    needs: ["lab", "pins"],
    version: 2,
  },
  async ({ lab, systems, insertCard, step, note }) => {
    const { lists, counterReasons } = lab.mkpf.verification.profile;
    const library = await systems.counter("試験市 図書館（類型①）");
    const patron = await insertCard();
    const { ppid } = (await library.register(patron)).visitor;
    const byOcsp = await systems.mkpf("試験市 図書館");
    const byList = await systems.mkpf("試験市 窓口", { method: "crl" });
    const question = await present(await insertCard());
    lab.jpki.faults.ocsp = "http-503";
    lab.jpki.faults.crl = "reset";
    for (const [method, system] of [
      ["OCSP", byOcsp],
      ["CRL", byList],
    ] as const) {
      await step({ ja: `${method}方式`, en: `${method} method` }, async () => {
        const answer = await system.validity(question);
        expect(answer).toMatchObject({ result: "unconfirmed", reason: "statusUnavailable" });
        expect(answer).not.toHaveProperty("ppid");
        note({ ja: `${method}方式の結果`, en: `${method} method` }, answer.result);
      });
    }
    const touch = async () =>
      (await library.touch(await insertCard({ card: patron.issued }))).visitor;
    await step({ ja: "類型①（OCSPもCRLも可）", en: "類型①, which may use either" }, async () => {
      await expect(touch()).rejects.toMatchObject({
        refusal: "temporarily_unavailable",
        detail: counterReasons.statusUnavailable,
      });
    });
    await step({ ja: "復旧後はどれも有効", en: "valid once both are back" }, async () => {
      lab.jpki.faults.ocsp = "none";
      lab.jpki.faults.crl = "none";
      lab.clock.advance(lists.retryMinutes * MINUTE);
      expect(await byOcsp.validity(question)).toMatchObject({ result: "valid" });
      expect(await byList.validity(question)).toMatchObject({ result: "valid" });
      expect(await touch()).toMatchObject({ ppid });
    });
  },
);

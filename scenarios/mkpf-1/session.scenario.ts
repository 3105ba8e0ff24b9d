/** MKPF 類型①: a long session at a counter, and a responder that is down. */
import { authCertificateOf, expect, scenario } from "../../harness/index.ts";

const COUNTER = "デジタル庁 マイキープラットフォーム連携の手引き";
const SECONDS = 1000;

scenario(
  "MK-09",
  {
    title: {
      ja: "OCSP停止中、類型①はCRLで答えてそう示し、類型②は申請した方式のまま答える",
      en: "with OCSP down 類型① answers by the list and says so, 類型② by the method applied for",
    },
    system: "mkpf-1",
    source: `${COUNTER}（類型①：OCSP、障害時はCRL。類型②：OCSPまたはCRL）`,
    effect: "spends-tries",
    needs: ["lab", "pins"],
  },
  async ({ lab, systems, insertCard, step, note }) => {
    const library = await systems.counter("試験市 図書館");
    const byOcsp = await systems.mkpf("試験市 体育館");
    const byList = await systems.mkpf("試験市 窓口", { method: "crl" });
    const card = await insertCard();
    const certificate = await authCertificateOf(card);

    const { ppid } = await step({ ja: "平常時はOCSPで答える", en: "by OCSP" }, async () => {
      const { visitor } = await library.register(card);
      expect(visitor.evidence.method).toBe("ocsp");
      expect(await byOcsp.validity({ certificate })).toMatchObject({
        result: "valid",
        evidence: { method: "ocsp" },
      });
      return visitor;
    });
    lab.jpki.faults.ocsp = "http-503";
    await step({ ja: "類型①はCRLで答える", en: "類型①: by the list" }, async () => {
      const { visitor } = await library.touch(card);
      expect(visitor).toMatchObject({ ppid, evidence: { method: "crl" } });
      note(
        { ja: "類型①の根拠（CRLの日時）", en: "evidence in 類型① (time of the list)" },
        visitor.evidence.thisUpdate.toISOString(),
      );
    });
    await step({ ja: "類型②（OCSP方式）は確認不可", en: "類型② by OCSP" }, async () => {
      const answer = await byOcsp.validity({ certificate });
      expect(answer).toMatchObject({ result: "unconfirmed", reason: "statusUnavailable" });
      expect(answer).not.toHaveProperty("ppid");
    });
    await step({ ja: "類型②（CRL方式）は有効", en: "類型② by the list" }, async () => {
      expect(await byList.validity({ certificate })).toMatchObject({
        result: "valid",
        evidence: { method: "crl" },
      });
    });
    await step({ ja: "復旧後は類型①もOCSPで答える", en: "back: by OCSP again" }, async () => {
      lab.jpki.faults.ocsp = "none";
      const { visitor } = await library.touch(card);
      expect(visitor).toMatchObject({ ppid, evidence: { method: "ocsp" } });
    });
  },
);

scenario(
  "MK-18",
  {
    title: {
      ja: "アクセストークンが切れても、暗証番号を求め直さずに続けられる",
      en: "after the access token has run out, work goes on without another PIN",
    },
    system: "mkpf-1",
    source: "RFC 6749 6 (refresh token), 5.2; RFC 6750 3.1 (invalid_token)",
    effect: "spends-tries",
    needs: ["lab", "pins", "removal"],
    version: 2,
  },
  async ({ lab, systems, insertCard, step, note }) => {
    const { accessTokenSeconds, refreshTokenSeconds } = lab.mkpf.verification.profile.rules;
    const library = await systems.counter("試験市 図書館");
    const { client } = library;
    const card = await insertCard();
    const visit = await step({ ja: "登録直後は使える", en: "at first it works" }, async () => {
      const visit = await library.register(card);
      expect(await client.signCertificateStatus(visit)).toMatchObject({ status: "unchanged" });
      return visit;
    });
    await card.remove();

    await step({ ja: "期限後のトークンは断られる", en: "too old a token" }, async () => {
      lab.clock.advance((accessTokenSeconds + 1) * SECONDS);
      await expect(client.signCertificateStatus(visit)).rejects.toMatchObject({
        status: 401,
        refusal: lab.mkpf.verification.profile.errors.invalidToken,
      });
      note({ ja: "有効秒数", en: "seconds it lives" }, String(accessTokenSeconds));
    });
    await step({ ja: "カードなしで更新して続ける", en: "refreshed without a card" }, async () => {
      const refreshed = await client.refresh(visit);
      expect(refreshed.visitor.ppid).toBe(visit.visitor.ppid);
      expect(await client.signCertificateStatus(refreshed)).toMatchObject({ status: "unchanged" });
    });
    await step({ ja: "更新の期限後はかざしてやり直す", en: "later: a touch" }, async () => {
      lab.clock.advance(refreshTokenSeconds * SECONDS);
      await expect(client.refresh(visit)).rejects.toMatchObject({ refusal: "invalid_grant" });
      await card.reinsert();
      const { reader } = card;
      const { visitor } = await library.touch({ reader, pin: neverAsked });
      expect(visitor.ppid).toBe(visit.visitor.ppid);
    });
    await step({ ja: "類型②は取り直して続ける", en: "類型② gets another token" }, async () => {
      const gym = await systems.register("試験市 体育館");
      const desk = await systems.connect(gym);
      const certificate = await systems.unregisteredCertificate();
      const tokens = () =>
        lab.mkpf.verification.seen
          .all()
          .filter((seen) => seen.request === "token" && seen.system === gym.clientId).length;
      expect(await desk.validity({ certificate })).toMatchObject({ result: "invalid" });
      expect(await desk.validity({ certificate })).toMatchObject({ result: "invalid" });
      expect(tokens()).toBe(1);
      lab.clock.advance((accessTokenSeconds + 1) * SECONDS);
      expect(await desk.validity({ certificate })).toMatchObject({ result: "invalid" });
      expect(tokens()).toBe(2);
    });
  },
);

/** Whoever has entered the PIN once at this counter does not do so again. */
function neverAsked(): never {
  throw new Error("the PIN was asked for a second time");
}

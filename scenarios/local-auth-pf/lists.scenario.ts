/** 地方認証プラットフォーム, CRL方式: answers rest on a list of some day, and the window has to know which. */
import { authCertificateOf, expect, japan, scenario } from "../../harness/index.ts";

const PLATFORM = "J-LIS 地方認証プラットフォーム（CRL方式）";
const FRESHNESS = "デジタル庁 公的個人認証サービス導入の手引き 5.1.2（CRLは日次、OCSPは15分ごと）";

scenario(
  "LA-02",
  {
    title: {
      ja: "当日のCRLを読み込む前の回答は前日のCRLによるものと、窓口でわかる",
      en: "before the list of the day is loaded, the answer says that it rests on yesterday's",
    },
    system: "local-auth-pf",
    source: `${PLATFORM}; ${FRESHNESS}`,
    effect: "read-only",
    needs: ["lab"],
  },
  async (context) => {
    const { lab, systems, insertCard, step, note } = context;
    const at = japan(context.lab);
    const window = systems.window("試験市 避難所", { methods: ["crl"] });
    const card = await insertCard();
    const certificate = await authCertificateOf(card);
    const evidence = (days: number) => ({ method: "crl", thisUpdate: at(days, "00:00") });

    await step({ ja: "1日目は1日目のCRLで有効", en: "day 1: by its list" }, async () => {
      lab.clock.travelTo(at(0, "10:00"));
      expect(await window.decide(certificate)).toMatchObject({
        action: "serve",
        evidence: evidence(0),
      });
      lab.counter.lose(card.issued.resident);
    });
    await step({ ja: "2日目3時：読込み前は前日のCRL", en: "day 2, 3:00: not loaded" }, async () => {
      lab.clock.travelTo(at(1, "03:00"));
      expect((await systems.verify(certificate, "auth", "crl")).verdict).toBe("revoked");
      const decision = await window.decide(certificate);
      expect(decision).toMatchObject({ action: "serve", evidence: evidence(0) });
      if (decision.action !== "serve") return;
      note(
        { ja: "窓口に示すCRLの日時", en: "time of the list, as shown" },
        decision.evidence.thisUpdate.toISOString(),
      );
    });
    await step({ ja: "2日目5時過ぎ：当日のCRLで失効", en: "day 2, after 5:00" }, async () => {
      lab.clock.travelTo(at(1, "05:05"));
      expect(await window.decide(certificate)).toMatchObject({
        action: "turnAway",
        answer: { result: "revoked", evidence: evidence(1) },
      });
    });
  },
);

scenario(
  "LA-03",
  {
    title: {
      ja: "30分前の失効はOCSP方式だけが知り、両方式の窓口は受け付けない",
      en: "a revocation of 30 minutes ago: known by OCSP alone, and enough to turn the person away",
    },
    system: "local-auth-pf",
    source: `${PLATFORM}、（OCSP方式）; ${FRESHNESS}`,
    effect: "read-only",
    needs: ["lab"],
  },
  async (context) => {
    const { lab, systems, insertCard, step, note } = context;
    const at = japan(context.lab);
    const windows = {
      ocsp: systems.window("試験市 市民課窓口", { methods: ["ocsp"] }),
      crl: systems.window("試験市 避難所", { methods: ["crl"] }),
      both: systems.window("試験市 総合窓口", { methods: ["crl", "ocsp"] }),
    };
    const card = await insertCard();
    const certificate = await authCertificateOf(card);
    const decisions = async () => ({
      ocsp: (await windows.ocsp.decide(certificate)).action,
      crl: (await windows.crl.decide(certificate)).action,
      both: (await windows.both.decide(certificate)).action,
    });

    await step({ ja: "失効前はどの窓口も受け付ける", en: "before: served" }, async () => {
      lab.clock.travelTo(at(0, "10:00"));
      expect(await decisions()).toEqual({ ocsp: "serve", crl: "serve", both: "serve" });
      lab.counter.lose(card.issued.resident);
    });
    await step({ ja: "30分後：方式で結果が異なる", en: "30 minutes later" }, async () => {
      lab.clock.travelTo(at(0, "10:30"));
      const found = await decisions();
      expect(found).toEqual({ ocsp: "turnAway", crl: "serve", both: "turnAway" });
      note(
        { ja: "OCSP方式／CRL方式／両方", en: "OCSP / CRL / both" },
        Object.values(found).join(" / "),
      );
    });
    await step({ ja: "翌朝はCRL方式も受け付けない", en: "the next morning" }, async () => {
      lab.clock.travelTo(at(1, "08:30"));
      expect(await decisions()).toEqual({ ocsp: "turnAway", crl: "turnAway", both: "turnAway" });
    });
  },
);

scenario(
  "LA-04",
  {
    title: {
      ja: "回線断のときは期限までは最後のCRLを使い、その後は別の方法で本人確認する",
      en: "with the line cut the last list serves up to its age, then people are identified otherwise",
    },
    system: "local-auth-pf",
    source: `${PLATFORM} 災害時の利用; RFC 5280 5.1.2.5 (Next Update)`,
    effect: "read-only",
    needs: ["lab"],
    version: 2,
  },
  async (context) => {
    const { lab, systems, insertCard, step, note } = context;
    const at = japan(context.lab);
    const window = systems.window("試験市 避難所", { methods: ["crl"] });
    const certificate = await authCertificateOf(await insertCard());
    const served = (days: number) => ({
      action: "serve",
      evidence: { method: "crl", thisUpdate: at(days, "00:00") },
    });

    await step({ ja: "回線断の前", en: "before the cut" }, async () => {
      lab.clock.travelTo(at(0, "10:00"));
      expect(await window.decide(certificate)).toMatchObject(served(0));
    });
    await step({ ja: "期限内は最後のCRLで受け付ける", en: "by the last list" }, async () => {
      lab.jpki.faults.crl = "reset";
      for (const moment of [at(1, "10:00"), at(2, "23:50")]) {
        lab.clock.travelTo(moment);
        expect(await window.decide(certificate)).toMatchObject(served(0));
      }
      const { maxAgeHours } = lab.localAuthPf.profile.lists;
      note({ ja: "CRLを使える時間", en: "hours a list is used" }, String(maxAgeHours));
    });
    await step({ ja: "期限後は確認不可", en: "too old: could not check" }, async () => {
      // The list promised the next for this midnight, and five minutes are forgiven: its age is not.
      lab.clock.travelTo(at(3, "00:01"));
      expect(await window.decide(certificate)).toEqual({
        action: "identifyOtherwise",
        why: "unconfirmed",
      });
    });
    await step({ ja: "窓口のLGWANも切れた場合", en: "the window's own line, too" }, async () => {
      const restore = lab.localAuthPf.faults.inject({ kind: "drop" });
      expect(await window.decide(certificate)).toEqual({
        action: "identifyOtherwise",
        why: "unreachable",
      });
      restore();
    });
    await step({ ja: "復旧後は新しいCRLで受け付ける", en: "back: by a new list" }, async () => {
      lab.jpki.faults.crl = "none";
      lab.clock.travelTo(at(3, "10:00"));
      expect(await window.decide(certificate)).toMatchObject(served(3));
    });
  },
);

/** Certificates that look right and are not by a CA that is trusted for them. */
import {
  authCertificateOf,
  expect,
  forgeryOf,
  isSignedWith,
  scenario,
} from "../../harness/index.ts";

const ROOTS = "J-LIS 公的個人認証サービス 認証局の自己署名証明書（2015・2019・2023年の各世代）";
const YEAR = 365 * 24 * 60 * 60_000;

scenario(
  "PK-28",
  {
    title: {
      ja: "試験環境の証明書は本番環境で、本番環境の証明書は試験環境で拒む",
      en: "a test certificate is refused in production, and the other way round",
    },
    system: "jpki",
    source: "J-LIS 公的個人認証サービス プロファイル仕様書（証明書ポリシー）; RFC 5280 4.2.1.4",
    effect: "read-only",
    needs: ["lab"],
    version: 2,
  },
  async ({ lab, systems, insertCard, step, note }) => {
    const test = await authCertificateOf(await insertCard());
    const { environment, anchors, list, certificate: real } = await systems.production();
    const production = { environment, anchors, ask: [list] } as const;

    await step({ ja: "それぞれの環境では有効", en: "each valid where it belongs" }, async () => {
      expect((await systems.verify(test, "auth")).verdict).toBe("valid");
      expect((await systems.verify(real, "auth", production)).verdict).toBe("valid");
    });
    await step({ ja: "試験用を本番で", en: "the test one in production" }, async () => {
      const verdict = await systems.verify(test, "auth", production);
      expect(verdict.verdict).toBe("wrongEnvironment");
      note({ ja: "試験用の証明書を本番環境で", en: "in production" }, verdict.verdict);
    });
    await step(
      { ja: "試験用の認証局を誤って信頼しても、ポリシーで拒む", en: "even with its CA trusted" },
      async () => {
        const careless = {
          ...production,
          anchors: [...anchors, ...lab.jpki.anchors],
          ask: ["ocsp"],
        } as const;
        const verdict = await systems.verify(test, "auth", careless);
        expect(verdict.verdict).toBe("wrongEnvironment");
      },
    );
    await step({ ja: "本番用を試験で", en: "the real one in the test service" }, async () => {
      expect((await systems.verify(real, "auth")).verdict).toBe("wrongEnvironment");
      const careless = { anchors: [...lab.jpki.anchors, ...anchors], ask: [list] } as const;
      expect((await systems.verify(real, "auth", careless)).verdict).toBe("wrongEnvironment");
    });
  },
);

scenario(
  "PK-29",
  {
    title: {
      ja: "中間の世代の認証局証明書が欠けると検証できず、加えれば有効になる",
      en: "without the middle generation's CA certificate no chain, and with it the certificate is valid",
    },
    system: "jpki",
    source: `${ROOTS}; RFC 5280 6.1`,
    effect: "read-only",
    needs: ["lab"],
  },
  async ({ lab, systems, insertCard, issueCard, step, note }) => {
    const middle = lab.jpki.auth;
    const auth = await authCertificateOf(await insertCard());
    const now = lab.clock.now().getTime();
    await lab.jpki.found("auth", { founded: new Date(now - 7 * YEAR) });
    const newest = await lab.jpki.found("auth");
    const { authSerial } = await issueCard();
    const { certificate: recent } = newest.authority.find(Number.parseInt(authSerial, 16));
    const complete = lab.jpki.anchors;
    const incomplete = complete.filter((anchor) => anchor !== middle.authority.certificate.der);

    await step({ ja: "新しい世代の証明書は有効", en: "one of the newest: valid" }, async () => {
      expect((await systems.verify(recent, "auth", { anchors: incomplete })).verdict).toBe("valid");
    });
    await step({ ja: "中間の世代の証明書は検証できない", en: "one of the middle" }, async () => {
      const verdict = await systems.verify(auth, "auth", { anchors: incomplete });
      expect(verdict).toMatchObject({
        verdict: "wrongCa",
        why: expect.stringContaining("generation"),
      });
      note({ ja: "認証局証明書が欠けた場合", en: "CA certificate missing" }, verdict.verdict);
    });
    await step({ ja: "加えれば有効", en: "valid once it is added" }, async () => {
      expect((await systems.verify(auth, "auth", { anchors: complete })).verdict).toBe("valid");
      note({ ja: "信頼する認証局証明書", en: "CA certificates trusted" }, String(complete.length));
    });
  },
);

scenario(
  "PK-31",
  {
    title: {
      ja: "他人の発行番号をもつ偽造証明書は、OCSPに聞く前に連鎖の検証で拒む",
      en: "a forged certificate with a victim's serial is refused by the chain, before anybody is asked",
    },
    system: "jpki",
    source: "RFC 5280 6.1.3 (a)(1)（署名の検証）; RFC 6960 2.2（goodは発行番号についての答え）",
    effect: "read-only",
    needs: ["lab"],
  },
  async ({ lab, systems, insertCard, step, note }) => {
    const victim = await authCertificateOf(await insertCard());
    const forgery = forgeryOf(victim);
    const challenge = lab.random("challenge").bytes(32);

    await step({ ja: "本物は有効", en: "the true one: valid" }, async () => {
      expect((await systems.verify(victim, "auth")).verdict).toBe("valid");
    });
    await step({ ja: "偽造証明書の鍵による署名は正しい", en: "its key signs well" }, () => {
      const signature = forgery.sign(challenge);
      expect(isSignedWith(forgery.certificate, { data: challenge }, signature)).toBe(true);
    });
    await step({ ja: "OCSPだけを見ると有効に見える", en: "OCSP alone says good" }, async () => {
      expect((await systems.responder().check(forgery.certificate)).status).toBe("good");
    });
    await step({ ja: "連鎖の検証で拒む", en: "refused by the chain" }, async () => {
      const verdict = await systems.verify(forgery.certificate, "auth");
      expect(verdict.verdict).toBe("wrongCa");
      note({ ja: "偽造証明書", en: "forged certificate" }, verdict.verdict);
    });
    await step({ ja: "OCSPが止まっていても拒む", en: "even with OCSP down" }, async () => {
      lab.jpki.faults.ocsp = "reset";
      expect((await systems.verify(victim, "auth")).verdict).toBe("unchecked");
      expect((await systems.verify(forgery.certificate, "auth")).verdict).toBe("wrongCa");
    });
  },
);

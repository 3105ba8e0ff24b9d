/** ID tokens: what a service must not believe, and keys that change. */
import { expect, type Outcome, scenario } from "../../harness/index.ts";

const CORE = "OpenID Connect Core 1.0";

const FORGED: readonly { ja: string; en: string; outcome: Outcome }[] = [
  { ja: "issが旧版（/realms/main/）", en: "iss of an old edition", outcome: "idToken.wrongIssuer" },
  { ja: "audが別のサービス", en: "aud: another service", outcome: "idToken.wrongAudience" },
  { ja: "nonceが別", en: "another nonce", outcome: "idToken.wrongNonce" },
  { ja: "at_hashが別", en: "another at_hash", outcome: "idToken.wrongAccessTokenHash" },
  { ja: "期限切れ", en: "expired", outcome: "idToken.expired" },
  { ja: "iatが1時間先", en: "iat an hour ahead", outcome: "idToken.issuedInFuture" },
  { ja: "alg none", en: "alg none", outcome: "idToken.algorithmNone" },
  { ja: "公開鍵を共通鍵にしたHS256", en: "HS256, public key", outcome: "idToken.algorithmHs256" },
  { ja: "別の鍵の署名", en: "another key", outcome: "idToken.wrongKey" },
];

scenario(
  "DA-05",
  {
    title: {
      ja: "発行者・宛先・nonce・at_hash・署名方式・期限・発行時刻の正しくないIDトークンを受け入れない",
      en: "no ID token with a wrong iss, aud, nonce, at_hash, alg, exp or iat is believed",
    },
    system: "digital-auth-app",
    source: `${CORE} 3.1.3.7, 3.1.3.8; RFC 8725 3.1, 3.8, 3.9`,
    effect: "read-only",
    needs: ["lab"],
  },
  async ({ systems, issueCard, step, note }) => {
    const service = await systems.service("試験市 電子申請");
    const card = await issueCard();
    const { sub } = await step({ ja: "正しいものは受け入れる", en: "a right one" }, () =>
      service.signIn(card),
    );
    for (const { ja, en, outcome } of FORGED) {
      await step({ ja, en }, async () => {
        const before = service.requestsTo("/userinfo");
        await expect(service.signIn(card, { outcome })).rejects.toMatchObject({
          code: "PLATFORM_PROTOCOL",
        });
        expect(service.lastAnswerOf("/token")).toBe(200);
        expect(service.requestsTo("/userinfo")).toBe(before);
      });
    }
    await step({ ja: "次の正しいログインは通る", en: "the next right one" }, async () => {
      expect((await service.signIn(card)).sub).toBe(sub);
      note({ ja: "退けたIDトークンの種類", en: "kinds refused" }, String(FORGED.length));
    });
  },
);

scenario(
  "DA-06",
  {
    title: {
      ja: "署名鍵が替わったら鍵セットを一度だけ取り直し、見つからない鍵には従わない",
      en: "after a change of keys the key set is fetched once more, and a key nobody has is not believed",
    },
    system: "digital-auth-app",
    source: `${CORE} 10.1.1（鍵のローテーション）; RFC 7517 4.5 (kid)`,
    effect: "read-only",
    needs: ["lab"],
  },
  async ({ lab, systems, issueCard, step, note }) => {
    const platform = lab.digitalAuthApp;
    const service = await systems.service("試験市 電子申請");
    const card = await issueCard();
    const fetched = async (login: () => Promise<unknown>) => {
      const before = service.requestsTo("/certs");
      await login();
      return service.requestsTo("/certs") - before;
    };
    const signIn = () => service.signIn(card);
    /** The keys change while the person is away, between the request and the token. */
    const meanwhile = (change: () => void) => async () => {
      const pending = await service.begin(card);
      const answer = await service.visit(pending);
      change();
      await service.client.finish(answer, pending);
    };

    await step({ ja: "初回は取得し、次は覚えている", en: "fetched, then remembered" }, async () => {
      expect(await fetched(signIn)).toBe(1);
      expect(await fetched(signIn)).toBe(0);
    });
    await step({ ja: "鍵が替わり、旧鍵も公開中", en: "a new key beside the old" }, async () => {
      expect(await fetched(meanwhile(() => platform.rotateKeys()))).toBe(1);
      expect(await fetched(signIn)).toBe(0);
    });
    await step({ ja: "鍵が替わり、旧鍵は公開終了", en: "a new key alone" }, async () => {
      expect(await fetched(meanwhile(() => platform.rotateKeys({ forget: true })))).toBe(1);
    });
    await step({ ja: "公開されていない鍵のトークン", en: "a key nobody has" }, async () => {
      const forged = async () => {
        const login = service.signIn(card, { outcome: "idToken.unknownKey" });
        await expect(login).rejects.toMatchObject({ code: "PLATFORM_PROTOCOL" });
        expect(service.lastAnswerOf("/token")).toBe(200);
      };
      expect(await fetched(forged)).toBe(1);
      expect(await fetched(signIn)).toBe(0);
      note({ ja: "知らない鍵での再取得", en: "fetches for an unknown key" }, "1");
    });
  },
);

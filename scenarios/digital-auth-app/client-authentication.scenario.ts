/** The token endpoint: how a service proves who it is. */
import { type AssertionSpoils, expect, scenario, type TokenDoor } from "../../harness/index.ts";

const MINUTE = 60;
const DAY = 86_400;

const REFUSED = { status: 401, error: "invalid_client" };

function now(): number {
  return Math.floor(Date.now() / 1000);
}

scenario(
  "DA-04",
  {
    title: {
      ja: "正しくないクライアントアサーションはinvalid_clientで拒まれる（1日の有効期間は厳格モードで）",
      en: "a wrong client assertion is invalid_client, and in strict mode one that lives for a day too",
    },
    system: "digital-auth-app",
    source: "RFC 7523 3 (private_key_jwt); OpenID Connect Core 1.0 9; RFC 8725 3.1, 3.9",
    effect: "read-only",
    needs: ["lab"],
  },
  async ({ lab, systems, step, note }) => {
    const service = await systems.service("試験市 電子申請");
    const stranger = await systems.service("試験町 電子申請");
    const door = systems.tokenDoor(service);
    const endpoint = `${lab.addresses.digitalAuthApp}/protocol/openid-connect/token`;
    const knock = async (at: TokenDoor, spoils?: AssertionSpoils) =>
      at.knock(await at.assertion(spoils));
    const bad: readonly { ja: string; en: string; spoils: AssertionSpoils }[] = [
      {
        ja: "audが別のサーバー",
        en: "aud: another server",
        spoils: { claims: { aud: `${endpoint}x` } },
      },
      {
        ja: "audが古い発行者",
        en: "aud: an old issuer",
        spoils: { claims: { aud: "https://auth-and-sign.go.jp/realms/main/" } },
      },
      {
        ja: "期限切れ",
        en: "expired",
        spoils: { claims: { iat: now() - 10 * MINUTE, exp: now() - 5 * MINUTE } },
      },
      {
        ja: "issが別のサービス",
        en: "iss: another service",
        spoils: { claims: { iss: stranger.clientId } },
      },
      {
        ja: "subが別のサービス",
        en: "sub: another service",
        spoils: { claims: { sub: stranger.clientId } },
      },
      { ja: "alg none", en: "alg none", spoils: { algorithm: "none" } },
      {
        ja: "公開鍵を共通鍵にしたHS256",
        en: "HS256 with the public key",
        spoils: { algorithm: "HS256" },
      },
      { ja: "知らないkid", en: "unknown kid", spoils: { header: { kid: "nobody" } } },
      { ja: "他人の鍵の署名", en: "another's key", spoils: { key: stranger.key } },
      { ja: "expが数でない", en: "exp is no number", spoils: { claims: { exp: "soon" as never } } },
      { ja: "有効期間2日", en: "a life of two days", spoils: { claims: { exp: now() + 2 * DAY } } },
    ];

    await step({ ja: "正しいものは通る", en: "a right one" }, async () => {
      expect(await knock(door)).toEqual({ status: 200 });
    });
    for (const { ja, en, spoils } of bad) {
      await step({ ja, en }, async () => {
        expect(await knock(door, spoils)).toEqual(REFUSED);
      });
    }
    await step({ ja: "同じjtiは二度使えない", en: "one jti, twice" }, async () => {
      const assertion = await door.assertion();
      expect(await door.knock(assertion)).toEqual({ status: 200 });
      expect(await door.knock(assertion)).toEqual(REFUSED);
    });
    const aDay = () => ({ claims: { exp: now() + DAY } });
    await step({ ja: "有効期間1日は通る（緩やかなモード）", en: "a day: lenient" }, async () => {
      expect(await knock(door, aDay())).toEqual({ status: 200 });
    });
    await step({ ja: "有効期間1日は拒まれる（厳格モード）", en: "a day: strict" }, async () => {
      await using strict = await systems.digitalAuthBy({ rules: { clientAssertions: "strict" } });
      const at = strict.tokenDoor(await strict.service("試験市 電子申請"));
      expect(await knock(at)).toEqual({ status: 200 });
      expect(await knock(at, aDay())).toEqual(REFUSED);
      note(
        { ja: "厳格モード：有効期間1日", en: "strict mode: a life of one day" },
        "invalid_client",
      );
    });
  },
);

/** 署名API: results, and signatures and certificates that a service must not take. */
import { createHash } from "node:crypto";
import {
  examineSignature,
  expect,
  type ScenarioContext,
  type SignatureFinding,
  scenario,
  toHex,
} from "../../harness/index.ts";

const REFERENCE = "デジタル庁 デジタル認証アプリサービスAPI 署名API リファレンス";
const SECONDS = 1000;

const DOCUMENT = new Uint8Array(Buffer.from("令和13年度 試験市 補助金交付申請書"));
const DIGEST = new Uint8Array(createHash("sha256").update(DOCUMENT).digest());

async function signing({ systems, issueCard }: ScenarioContext) {
  const service = await systems.service("試験市 電子申請");
  const card = await issueCard();
  const sign = async (outcome: Parameters<typeof service.signIn>[1] = {}) => {
    const id = await service.client.startSignature(DIGEST);
    const user = await service.signIn(card, { ...outcome, signTransactionId: id });
    return { id, user, result: () => service.client.signResult(id, user) };
  };
  return { service, card, sign };
}

scenario(
  "DA-12",
  {
    title: {
      ja: "署名結果は完了前は409、期限後は410、何度取得しても同じ",
      en: "a sign result is 409 before it is there, 410 when it is over, and the same each time between",
    },
    system: "digital-auth-app",
    source: `${REFERENCE}（署名結果取得）; RFC 9110 15.5.10 (409), 15.5.11 (410)`,
    effect: "read-only",
    needs: ["lab"],
  },
  async (context) => {
    const { lab, step, note } = context;
    const { service, sign } = await signing(context);
    const { client } = service;
    const { id, user, result } = await sign();

    await step({ ja: "利用者が署名する前", en: "before the person has signed" }, async () => {
      const open = await client.startSignature(DIGEST);
      await expect(client.signResult(open, user)).rejects.toMatchObject({
        status: 409,
        refusal: "not_finished",
      });
    });
    await step({ ja: "知らない取引", en: "nobody's transaction" }, async () => {
      await expect(client.signResult(crypto.randomUUID(), user)).rejects.toMatchObject({
        status: 404,
        refusal: "not_found",
      });
    });
    await step({ ja: "二度取得しても同じ結果", en: "twice the same" }, async () => {
      const [first, second] = [await result(), await result()];
      // Compared before it is expected: a failure prints no certificate.
      expect(toHex(second.signature) === toHex(first.signature)).toBe(true);
      expect(toHex(second.certificate) === toHex(first.certificate)).toBe(true);
      expect(second.evidence).toEqual(first.evidence);
      expect(examineSignature(DOCUMENT, first)).toBe("fits");
    });
    await step(
      { ja: "署名した人のトークンだけで取れる", en: "for the signer's token" },
      async () => {
        const another = await sign();
        await expect(client.signResult(id, another.user)).rejects.toMatchObject({ status: 403 });
        const neighbour = await context.systems.service("試験町 電子申請");
        const theirs = await neighbour.client.startSignature(DIGEST);
        const stranger = await neighbour.signIn(await context.issueCard(), {
          signTransactionId: theirs,
        });
        await expect(neighbour.client.signResult(id, stranger)).rejects.toMatchObject({
          status: 404,
        });
      },
    );
    await step({ ja: "期限後", en: "when it is over" }, async () => {
      const { signTransactionSeconds } = lab.digitalAuthApp.profile.rules;
      lab.clock.advance((signTransactionSeconds + 1) * SECONDS);
      const later = await client.refresh(user);
      await expect(client.signResult(id, later)).rejects.toMatchObject({
        status: 410,
        refusal: "expired",
      });
      note(
        { ja: "結果が取れる秒数", en: "seconds a result is there" },
        `${signTransactionSeconds}`,
      );
    });
  },
);

scenario(
  "DA-13",
  {
    title: {
      ja: "文書に合わない署名を、ハッシュ違い・DigestInfoなし・二重と見分けて退ける",
      en: "a signature that does not fit is refused, and told: another hash, DigestInfo missing or twice",
    },
    system: "digital-auth-app",
    source: `${REFERENCE}（署名検証は利用者側）; RFC 8017 8.2.2, 9.2`,
    effect: "read-only",
    needs: ["lab"],
  },
  async (context) => {
    const { step, note } = context;
    const { service, card, sign } = await signing(context);

    await step({ ja: "文書に合う署名", en: "a signature that fits" }, async () => {
      const signed = await (await sign()).result();
      expect(examineSignature(DOCUMENT, signed)).toBe("fits");
    });
    await step({ ja: "DigestInfoを渡しても合う", en: "handed in as DigestInfo" }, async () => {
      const prefix = Buffer.from("3031300d060960864801650304020105000420", "hex");
      const digestInfo = new Uint8Array([...prefix, ...DIGEST]);
      const id = await service.client.startSignature(digestInfo, "digestInfo");
      const user = await service.signIn(card, { signTransactionId: id });
      const signed = await service.client.signResult(id, user);
      expect(examineSignature(DOCUMENT, signed)).toBe("fits");
    });
    await step(
      { ja: "別の文書のハッシュを渡した", en: "the hash of another document" },
      async () => {
        const signed = await (await sign()).result();
        const other = new Uint8Array([...DOCUMENT, 0x0a]);
        expect(examineSignature(other, signed)).toBe("otherDocument");
      },
    );
    const misfits: readonly Exclude<SignatureFinding, "fits" | "otherKey">[] = [
      "otherDocument",
      "digestInfoMissing",
      "digestInfoTwice",
    ];
    for (const outcome of misfits) {
      await step({ ja: `不正な署名：${outcome}`, en: `a bad signature: ${outcome}` }, async () => {
        const signed = await (await sign({ outcome })).result();
        expect(examineSignature(DOCUMENT, signed)).toBe(outcome);
        note({ ja: "検証結果", en: "finding" }, outcome);
      });
    }
    await step({ ja: "他人の証明書では合わない", en: "another's certificate" }, async () => {
      const { signature } = await (await sign()).result();
      const id = await service.client.startSignature(DIGEST);
      const user = await service.signIn(await context.issueCard(), { signTransactionId: id });
      const { certificate } = await service.client.signResult(id, user);
      expect(examineSignature(DOCUMENT, { certificate, signature })).toBe("otherKey");
    });
  },
);

scenario(
  "DA-14",
  {
    title: {
      ja: "改ざんされたJWEと、別の鍵で暗号化されたJWEの証明書を受け入れない",
      en: "no certificate is taken from a JWE that was tampered with or encrypted for another key",
    },
    system: "digital-auth-app",
    source: `${REFERENCE}（sign_certificate_jwe）; RFC 7516 5.2, 11.5`,
    effect: "read-only",
    needs: ["lab"],
  },
  async (context) => {
    const { step, note } = context;
    const { sign } = await signing(context);
    const cases = [
      { ja: "認証タグの改ざん", en: "a tampered tag", outcome: "jweTampered" },
      { ja: "別の鍵への暗号化", en: "encrypted for another key", outcome: "jweWrongKey" },
    ] as const;
    for (const { ja, en, outcome } of cases) {
      await step({ ja, en }, async () => {
        const { result } = await sign({ outcome });
        await expect(result()).rejects.toMatchObject({ code: "PLATFORM_PROTOCOL" });
        note({ ja, en }, "PLATFORM_PROTOCOL");
      });
    }
    await step({ ja: "正しいJWEは開ける", en: "a right one opens" }, async () => {
      const signed = await (await sign()).result();
      expect(examineSignature(DOCUMENT, signed)).toBe("fits");
    });
  },
);

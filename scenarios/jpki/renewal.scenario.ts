/** New certificates in the place of old ones, and how a system learns that they are one person's. */
import { authCertificateOf, expect, scenario } from "../../harness/index.ts";

const LINKAGE =
  "デジタル庁 公的個人認証サービス導入の手引き（証明書紐付け情報・証明書新旧紐付け情報）";
const MINUTE = 60_000;

scenario(
  "PK-02",
  {
    title: {
      ja: "更新後は旧証明書が失効し、新旧紐付けで同じ人とわかる",
      en: "after a renewal the old certificate is refused, and linkage tells that it is one person",
    },
    system: "jpki",
    source: `公的個人認証サービス 利用者証明用認証局運用規程 4.9（失効事由）; ${LINKAGE}; RFC 5280 5.3.1`,
    effect: "read-only",
    needs: ["lab"],
  },
  async ({ lab, systems, insertCard, issueCard, step, note }) => {
    const { linkage } = systems;
    const card = await insertCard();
    const old = await authCertificateOf(card);
    const oldSerial = Number.parseInt(card.issued.authSerial, 16);
    const neighbour = Number.parseInt((await issueCard()).authSerial, 16);
    lab.clock.advance(91 * MINUTE);

    await step({ ja: "更新前は有効で、最新", en: "before: valid, and the newest" }, async () => {
      expect((await systems.verify(old, "auth")).verdict).toBe("valid");
      expect(linkage.newest(oldSerial)).toBe(oldSerial);
    });

    const { auth } = (await lab.office.renew(card.issued.resident)).certificates;
    expect.assert(auth !== undefined);
    lab.jpki.publishNow();
    lab.clock.advance(91 * MINUTE);

    await step({ ja: "旧証明書は失効（更新）", en: "the old one: revoked (4)" }, async () => {
      for (const method of ["ocsp", "crl"] as const) {
        expect(await systems.verify(old, "auth", method)).toMatchObject({
          verdict: "revoked",
          reason: "superseded",
        });
      }
      note({ ja: "旧証明書の失効理由", en: "reason" }, "superseded (4)");
    });
    await step({ ja: "新証明書は有効", en: "the new one: valid" }, async () => {
      expect((await systems.verify(auth.certificate, "auth")).verdict).toBe("valid");
    });
    await step({ ja: "新旧紐付けで同じ人", en: "linkage: one person" }, () => {
      expect(linkage.newest(oldSerial)).toBe(auth.serial);
      expect(linkage.previous(auth.serial)).toBe(oldSerial);
      expect(linkage.samePerson(oldSerial, auth.serial)).toBe(true);
      expect(linkage.samePerson(oldSerial, neighbour)).toBe(false);
    });
  },
);

scenario(
  "PK-03",
  {
    title: {
      ja: "発行直後の紐付け照会は「まだ」であり、待てば重複なく同じ利用者になる",
      en: "linkage asked too soon after issue says “not yet”; waiting makes no second account",
    },
    system: "jpki",
    source: `${LINKAGE}; PocketSign Verify ドキュメント（発行後90分は紐付け不可）`,
    effect: "read-only",
    needs: ["lab"],
    version: 2,
  },
  async ({ lab, systems, insertCard, step, note }) => {
    const library = await systems.mkpf("試験市 図書館");
    const card = await insertCard();
    const old = await authCertificateOf(card);
    const oldSerial = Number.parseInt(card.issued.authSerial, 16);
    lab.clock.advance(91 * MINUTE);
    const account = await library.validity({ certificate: old });
    const { auth } = (await lab.office.renew(card.issued.resident)).certificates;
    expect.assert(auth !== undefined);
    const accounts = () => lab.mkpf.verification.state().ppids.length;

    await step({ ja: "更新前の利用者登録", en: "registered before the renewal" }, () => {
      expect(account).toMatchObject({ result: "valid", registration: "new" });
      expect(accounts()).toBe(1);
    });
    await step({ ja: "発行10分後は「まだ」", en: "10 minutes after issue: not yet" }, async () => {
      lab.clock.advance(10 * MINUTE);
      expect(() => systems.linkage.samePerson(oldSerial, auth.serial)).toThrow(
        expect.objectContaining({ code: "PKI_LINKAGE_PENDING" }),
      );
      const answer = await library.validity(auth);
      expect(answer).toMatchObject({ result: "unconfirmed", reason: "linkagePending" });
      expect(answer).not.toHaveProperty("ppid");
      expect(accounts()).toBe(1);
      const { retryAfterSeconds = 0 } = answer as { retryAfterSeconds?: number };
      expect(Math.ceil(retryAfterSeconds / 60)).toBe(80);
      note({ ja: "再照会までの秒数", en: "seconds until to ask again" }, String(retryAfterSeconds));
    });
    await step({ ja: "発行91分後は同じ利用者", en: "after 91 minutes: one person" }, async () => {
      lab.clock.advance(81 * MINUTE);
      expect(systems.linkage.samePerson(oldSerial, auth.serial)).toBe(true);
      const answer = await library.validity(auth);
      expect(answer).toMatchObject({ result: "valid", registration: "known" });
      expect(answer).toHaveProperty("ppid", account.result === "valid" ? account.ppid : "");
      expect(accounts()).toBe(1);
    });
  },
);

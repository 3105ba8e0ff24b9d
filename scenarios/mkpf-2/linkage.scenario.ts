/**
 * What becomes of a PPID: after a renewal of the certificate, and after somebody has left and come
 * back. No public text settles either, so each rule is tried.
 */
import { authCertificateOf, expect, type MkpfClient, scenario } from "../../harness/index.ts";

const PPID = "デジタル庁 マイキープラットフォーム連携の手引き（類型②）PPID";
const MINUTE = 60_000;
const RULES = ["keep", "keep-after-delay", "new"] as const;

/** Asks about a certificate that is in order. */
async function ppidFor(system: MkpfClient, certificate: Uint8Array, registration: string) {
  const answer = await system.validity({ certificate });
  expect(answer).toMatchObject({ result: "valid", registration });
  return answer.result === "valid" ? answer.ppid : "";
}

scenario(
  "MK-13",
  {
    title: {
      ja: "証明書更新後のPPIDは設定どおり（同じ・待てば同じ・新しい）で、旧証明書は使えない",
      en: "after a renewal the PPID goes by the rule, and the old certificate is refused",
    },
    system: "mkpf-2",
    source: `${PPID}; デジタル庁 公的個人認証サービス導入の手引き（証明書新旧紐付け情報）`,
    effect: "read-only",
    needs: ["lab"],
  },
  async ({ lab, systems, insertCard, step, note }) => {
    await using keeping = await systems.mkpfUnder({ ppidOnRenewal: "keep" });
    await using delaying = await systems.mkpfUnder({ ppidOnRenewal: "keep-after-delay" });
    await using renewing = await systems.mkpfUnder({ ppidOnRenewal: "new" });
    const keep = await keeping.mkpf("試験市 図書館");
    const delay = await delaying.mkpf("試験市 図書館");
    const renew = await renewing.mkpf("試験市 図書館");
    const card = await insertCard();
    const old = await authCertificateOf(card);
    const before = await step({ ja: "更新前の登録", en: "registered before" }, async () => ({
      keep: await ppidFor(keep, old, "new"),
      delay: await ppidFor(delay, old, "new"),
      renew: await ppidFor(renew, old, "new"),
    }));
    await lab.counter.renew(card.issued.resident);
    lab.jpki.publishNow();
    const certificate = await authCertificateOf(await insertCard({ card: card.issued }));

    await step({ ja: "旧証明書は失効している", en: "the old one is revoked" }, async () => {
      for (const system of [keep, delay, renew]) {
        const answer = await system.validity({ certificate: old });
        expect(answer).toMatchObject({ result: "invalid", reason: "revoked" });
        expect(answer).not.toHaveProperty("ppid");
      }
    });
    await step({ ja: "keep：直ちに同じPPID", en: "keep: the same at once" }, async () => {
      expect(await ppidFor(keep, certificate, "known")).toBe(before.keep);
    });
    await step({ ja: "new：別のPPIDと付け替え", en: "new: another one" }, async () => {
      const ppid = await ppidFor(renew, certificate, "replaced");
      expect(ppid).not.toBe(before.renew);
      expect(await ppidFor(renew, certificate, "known")).toBe(ppid);
      await expect(renew.signCertificateStatus(before.renew)).rejects.toMatchObject({
        refusal: lab.mkpf.verification.profile.errors.ppidUnknown,
      });
      note({ ja: "new（旧 → 新）", en: "new (old → new)" }, `${before.renew} → ${ppid}`);
    });
    await step({ ja: "keep-after-delay：まだ", en: "keep-after-delay: not yet" }, async () => {
      const answer = await delay.validity({ certificate });
      expect(answer).toMatchObject({ result: "unconfirmed", reason: "linkagePending" });
      expect(answer).not.toHaveProperty("ppid");
      const seconds = answer.result === "unconfirmed" ? (answer.retryAfterSeconds ?? 0) : 0;
      note({ ja: "再照会までの秒数", en: "seconds until to ask again" }, String(seconds));
      lab.clock.advance(seconds * 1000);
    });
    await step({ ja: "指示どおり待つと同じPPID", en: "then: the same" }, async () => {
      expect(await ppidFor(delay, certificate, "known")).toBe(before.delay);
    });
  },
);

scenario(
  "MK-21",
  {
    title: {
      ja: "連携解除後のPPIDは使えず、再連携後のPPIDは設定どおりになる",
      en: "after unlinking a PPID is unknown, and linking again goes by the rule",
    },
    system: "mkpf-2",
    source: `${PPID}（連携の解除）`,
    effect: "read-only",
    needs: ["lab"],
  },
  async ({ lab, systems, insertCard, step, note }) => {
    for (const rule of RULES) {
      await step({ ja: `設定 ${rule}`, en: `rule ${rule}` }, async () => {
        await using mkpf = await systems.mkpfUnder({ ppidOnRenewal: rule });
        const library = await mkpf.mkpf("試験市 図書館");
        const gym = await mkpf.mkpf("試験市 体育館");
        const card = await insertCard();
        const certificate = await authCertificateOf(card);
        const ppid = await ppidFor(library, certificate, "new");
        const elsewhere = await ppidFor(gym, certificate, "new");

        await step({ ja: "解除すると未知のPPIDになる", en: "unlinked: unknown" }, async () => {
          expect(await library.signCertificateStatus(ppid)).toMatchObject({ status: "unchanged" });
          await library.unlink(ppid);
          await expect(library.signCertificateStatus(ppid)).rejects.toMatchObject({
            refusal: lab.mkpf.verification.profile.errors.ppidUnknown,
          });
        });
        await step({ ja: "他のシステムの連携は残る", en: "others stay linked" }, async () => {
          expect(await ppidFor(gym, certificate, "known")).toBe(elsewhere);
        });
        await step({ ja: "同じ証明書で再連携", en: "again: the same" }, async () => {
          expect(await ppidFor(library, certificate, "new")).toBe(ppid);
        });
        await step({ ja: "更新をはさんで再連携", en: "again, renewed meanwhile" }, async () => {
          await library.unlink(ppid);
          await lab.counter.renew(card.issued.resident);
          lab.jpki.publishNow();
          lab.clock.advance(91 * MINUTE);
          const renewed = await authCertificateOf(await insertCard({ card: card.issued }));
          const again = await ppidFor(library, renewed, "new");
          expect(again === ppid).toBe(rule !== "new");
          note(
            { ja: `${rule}：更新をはさんだ再連携`, en: `${rule}: linked again after a renewal` },
            again === ppid ? "同じPPID / same" : "別のPPID / another",
          );
        });
      });
    }
  },
);

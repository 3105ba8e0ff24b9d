/** MKPF 類型①: a lost card and the one that takes its place, under each rule for the PPID. */
import { type CardInHand, type Counter, expect, scenario } from "../../harness/index.ts";

const MINUTE = 60_000;

scenario(
  "MK-14",
  {
    title: {
      ja: "紛失したカードのかざしは断られ、再交付カードのPPIDは設定どおりになる",
      en: "a lost card's touch is refused, and the new card's PPID goes by the rule",
    },
    system: "mkpf-1",
    source:
      "デジタル庁 マイキープラットフォーム連携の手引き（類型①）PPID; 公的個人認証サービス 利用者証明用認証局運用規程 4.9（失効事由）",
    effect: "spends-tries",
    needs: ["lab", "pins"],
  },
  async ({ lab, systems, insertCard, step, note }) => {
    await using keeping = await systems.mkpfUnder({ ppidOnRenewal: "keep" });
    await using delaying = await systems.mkpfUnder({ ppidOnRenewal: "keep-after-delay" });
    await using renewing = await systems.mkpfUnder({ ppidOnRenewal: "new" });
    const old = await insertCard();
    const enrol = async (counter: Counter) => {
      const { ppid } = (await counter.register(old)).visitor;
      expect((await counter.touch(old)).visitor.ppid).toBe(ppid);
      return { counter, ppid };
    };
    const [keep, delay, renew] = await step(
      { ja: "登録し、かざして使える", en: "registered and in use" },
      async () => [
        await enrol(await keeping.counter("試験市 図書館")),
        await enrol(await delaying.counter("試験市 図書館")),
        await enrol(await renewing.counter("試験市 図書館")),
      ],
    );
    expect.assert(keep !== undefined && delay !== undefined && renew !== undefined);

    await step({ ja: "紛失届のあと旧カードは断られる", en: "lost: refused" }, async () => {
      lab.counter.lose(old.issued.resident);
      lab.jpki.publishNow();
      for (const { counter } of [keep, delay, renew]) {
        await expect(counter.touch(old)).rejects.toMatchObject({
          refusal: "access_denied",
          detail: "REVOKED",
        });
      }
    });
    const card: CardInHand = await insertCard({ card: await lab.handOut(old.issued.resident) });
    await step({ ja: "keep：直ちに同じPPID", en: "keep: the same at once" }, async () => {
      expect((await keep.counter.touch(card)).visitor.ppid).toBe(keep.ppid);
      note({ ja: "keep", en: "keep" }, keep.ppid);
    });
    await step({ ja: "new：登録し直すと別のPPID", en: "new: another, registered" }, async () => {
      await expect(renew.counter.touch(card)).rejects.toMatchObject({
        detail: "REGISTRATION_REQUIRED",
      });
      const { ppid } = (await renew.counter.register(card)).visitor;
      expect(ppid).not.toBe(renew.ppid);
      expect((await renew.counter.touch(card)).visitor.ppid).toBe(ppid);
      note({ ja: "new（旧 → 新）", en: "new (old → new)" }, `${renew.ppid} → ${ppid}`);
    });
    await step({ ja: "keep-after-delay：まだ", en: "keep-after-delay: not yet" }, async () => {
      await expect(delay.counter.touch(card)).rejects.toMatchObject({
        refusal: "temporarily_unavailable",
        detail: "LINKAGE_PENDING",
      });
    });
    await step({ ja: "90分後は同じPPID", en: "90 minutes later: the same" }, async () => {
      lab.clock.advance(91 * MINUTE);
      expect((await delay.counter.touch(card)).visitor.ppid).toBe(delay.ppid);
      note({ ja: "keep-after-delay", en: "keep-after-delay" }, delay.ppid);
    });
  },
);

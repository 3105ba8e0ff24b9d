/** MKPF's function 5: the 署名用 certificate's status as a sign that the 4情報 may have changed. */
import {
  authCertificateOf,
  expect,
  type MkpfClient,
  type ScenarioContext,
  scenario,
} from "../../harness/index.ts";

const SIGN_STATUS = "デジタル庁 マイキープラットフォーム連携の手引き（署名用電子証明書の状態確認）";

/** Registers the holder of a fresh card. */
async function register({ insertCard }: ScenarioContext, system: MkpfClient, persona: string) {
  const card = await insertCard({ persona });
  const certificate = await authCertificateOf(card);
  const answer = await system.validity({ certificate });
  expect(answer).toMatchObject({ result: "valid", registration: "new" });
  expect.assert(answer.result === "valid");
  return { ppid: answer.ppid, certificate, resident: card.issued.resident };
}

scenario(
  "MK-11",
  {
    title: {
      ja: "転居後は「4情報変更の可能性」となり、ログインには影響しない",
      en: "after a move: “the four attributes may have changed”, and login goes on",
    },
    system: "mkpf-2",
    source: SIGN_STATUS,
    effect: "read-only",
    needs: ["lab"],
    version: 2,
  },
  async (context) => {
    const { lab, systems, step, note } = context;
    const system = await systems.mkpf("試験市 図書館");
    const { ppid, certificate, resident } = await register(context, system, "adult");

    await step({ ja: "転居前は変更なし", en: "before the move: unchanged" }, async () => {
      expect(await system.signCertificateStatus(ppid)).toMatchObject({ status: "unchanged" });
    });
    await step({ ja: "翌々日のCRLで検知", en: "noticed by the list two days later" }, async () => {
      lab.office.move(resident);
      lab.clock.advance(2 * 24 * 60 * 60_000);
      const status = await system.signCertificateStatus(ppid);
      expect(status).toMatchObject({ status: "maybeChanged" });
      note({ ja: "署名用証明書の状態", en: "status" }, status.status);
    });
    await step({ ja: "ログインには影響しない", en: "login goes on" }, async () => {
      const answer = await system.validity({ certificate });
      expect(answer).toMatchObject({ result: "valid", registration: "known", ppid });
    });
  },
);

scenario(
  "MK-12",
  {
    title: {
      ja: "署名用証明書のない利用者は「対象なし」であって誤りではない",
      en: "a user without a signature certificate is “not applicable”, not an error",
    },
    system: "mkpf-2",
    source: SIGN_STATUS,
    effect: "read-only",
    needs: ["lab"],
  },
  async (context) => {
    const { systems, step } = context;
    const system = await systems.mkpf("試験市 図書館");
    const { ppid } = await register(context, system, "child");
    await step({ ja: "対象なし", en: "not applicable" }, async () => {
      expect(await system.signCertificateStatus(ppid)).toEqual({ status: "none" });
    });
  },
);

/** MKPF 類型②: one PPID for each person and system, and nothing in it that leads to another system's. */
import { authCertificateOf, expect, type MkpfClient, scenario } from "../../harness/index.ts";

const PPID = "デジタル庁 マイキープラットフォーム連携の手引き（類型②）PPID";
/** Two identifiers of 43 characters drawn by chance share so many once in 10 million times. */
const TELLING = 6;

scenario(
  "MK-02",
  {
    title: {
      ja: "同じ人でも、連携先システムごとにPPIDが異なり、一方から他方は導けない",
      en: "two municipal systems get different PPIDs for one person, and neither leads to the other",
    },
    system: "mkpf-2",
    source: PPID,
    effect: "read-only",
    needs: ["lab"],
    version: 2,
  },
  async ({ systems, insertCard, step, note }) => {
    const library = await systems.mkpf("試験市 図書館");
    const gym = await systems.mkpf("試験市 体育館");
    const known = async (certificate: Uint8Array) => ({
      library: await newPpid(library, certificate),
      gym: await newPpid(gym, certificate),
    });
    const one = await authCertificateOf(await insertCard());
    const other = await authCertificateOf(await insertCard());

    const first = await step({ ja: "二つのシステムで登録する", en: "registered twice" }, () =>
      known(one),
    );
    await step({ ja: "PPIDが異なる", en: "the PPIDs differ" }, () => {
      expect(first.gym).not.toBe(first.library);
      note({ ja: "PPID", en: "PPIDs" }, `${first.library} ≠ ${first.gym}`);
    });
    await step({ ja: "共通の部分がない", en: "they have nothing in common" }, () => {
      expect(common(first.library, first.gym).length).toBeLessThan(TELLING);
    });
    await step({ ja: "別の人の組から差を借りられない", en: "nor one way for all" }, async () => {
      const second = await known(other);
      expect(way(second)).not.toBe(way(first));
    });
  },
);

scenario(
  "MK-17",
  {
    title: {
      ja: "同じ人の二重登録でも同じPPIDになる",
      en: "registering the same person twice gives the same PPID",
    },
    system: "mkpf-2",
    source: PPID,
    effect: "read-only",
    needs: ["lab"],
  },
  async ({ lab, systems, insertCard, step }) => {
    const system = await systems.mkpf("試験市 図書館");
    const certificate = await authCertificateOf(await insertCard());
    const answers = [
      await system.validity({ certificate }),
      await system.validity({ certificate }),
    ];
    await step({ ja: "2回目は既存のPPID", en: "the second time it is known" }, async () => {
      const [first, second] = answers;
      expect(first).toMatchObject({ result: "valid", registration: "new" });
      expect(second).toMatchObject({ result: "valid", registration: "known" });
      expect(second).toHaveProperty("ppid", first?.result === "valid" ? first.ppid : "");
    });
    await step({ ja: "登録は1件のまま", en: "there is one record" }, async () => {
      expect(lab.mkpf.verification.state().ppids).toHaveLength(1);
    });
  },
);

async function newPpid(system: MkpfClient, certificate: Uint8Array): Promise<string> {
  const answer = await system.validity({ certificate });
  expect(answer).toMatchObject({ result: "valid", registration: "new" });
  return answer.result === "valid" ? answer.ppid : "";
}

/** The longest text that stands in both. */
function common(one: string, other: string): string {
  const starts = [...one].map((_, start) => start);
  const shared = starts.map((start) => {
    let end = start;
    while (end < one.length && other.includes(one.slice(start, end + 1))) end += 1;
    return one.slice(start, end);
  });
  return shared.reduce((longest, text) => (text.length > longest.length ? text : longest), "");
}

/** What turns one identifier into the other, byte by byte: whoever has it for one person has it for all. */
function way({ library, gym }: { readonly library: string; readonly gym: string }): string {
  const to = Buffer.from(gym, "base64url");
  const bytes = Buffer.from(library, "base64url").map((byte, place) => byte ^ (to[place] ?? 0));
  return Buffer.from(bytes).toString("hex");
}

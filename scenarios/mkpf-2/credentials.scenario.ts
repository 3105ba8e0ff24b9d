/** Credentials of MKPF's two environments, which know nothing of each other. */
import { expect, scenario } from "../../harness/index.ts";

scenario(
  "MK-15",
  {
    title: {
      ja: "検証環境の識別情報は本番環境で使えず、その逆も使えない",
      en: "verification credentials are worth nothing in production, and vice versa",
    },
    system: "mkpf-2",
    source: "デジタル庁 MKPF 検証環境・本番環境の利用手順; RFC 6749 5.2 (invalid_client)",
    effect: "read-only",
    needs: ["lab"],
  },
  async ({ systems, step, note }) => {
    const pairs = [
      ["verification", "production", "検証の情報で本番へ"],
      ["production", "verification", "本番の情報で検証へ"],
    ] as const;
    for (const [own, other, ja] of pairs) {
      await step({ ja, en: `${own} credentials in ${other}` }, async () => {
        const credentials = await systems.register("試験市 図書館", { environment: own });
        const stranger = await systems.connect(credentials, other);
        const certificate = await systems.unregisteredCertificate();
        await expect(stranger.validity({ certificate })).rejects.toMatchObject({
          code: "PLATFORM_REFUSED",
          refusal: "invalid_client",
        });
        note({ ja, en: `${own} → ${other}` }, "invalid_client");
      });
    }
  },
);

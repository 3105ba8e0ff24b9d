/** One number, two meanings: status codes of PC/SC that differ from system to system. */
import { expect, JpkiClient, scenario } from "../../harness/index.ts";

scenario(
  "CR-26",
  {
    title: {
      ja: "「未対応の機能」はpcsc-liteで0x8010001F、Windowsで0x80100022",
      en: "“unsupported feature” is 0x8010001F for pcsc-lite and 0x80100022 for Windows",
    },
    system: "card",
    source: "pcsclite.h（pcsc-lite）; Microsoft Smart Card Return Values",
    effect: "read-only",
    needs: ["lab", "reader-faults"],
  },
  async ({ insertCard, desk, step, note }) => {
    const { reader } = await insertCard();
    const slot = desk.pcsc.reader(reader.info.name);
    const jpki = new JpkiClient(reader);
    await jpki.select();
    const unsupported = "READER_UNSUPPORTED";
    const failed = "READER_TRANSPORT";
    const cases = [
      ["pcsc-lite", "unsupportedFeature", 0x8010001f, unsupported],
      ["windows", "unsupportedFeature", 0x80100022, unsupported],
      // The number that means "unsupported" elsewhere is "unexpected" here.
      ["windows", "unexpected", 0x8010001f, failed],
    ] as const;
    for (const [platform, condition, status, code] of cases) {
      const number = `0x${status.toString(16).toUpperCase()}`;
      await step(
        { ja: `${platform}: ${number} → ${code}`, en: `${platform}: ${number} is ${code}` },
        async () => {
          desk.pcsc.platform = platform;
          slot.faults.inject({ kind: "condition", condition }, { times: 1 });
          await expect(jpki.tokenInfo()).rejects.toMatchObject({ code, status });
          note({ ja: `${platform} ${number}`, en: `${platform} ${number}` }, code);
        },
      );
    }
    await step(
      { ja: "カードには何も起きていない", en: "nothing happened to the card" },
      async () => {
        expect(await jpki.triesLeft("auth")).toBe(3);
      },
    );
  },
);

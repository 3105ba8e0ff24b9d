/** Names that a certificate cannot hold as they are. */
import {
  type CardInHand,
  certifiedNameOf,
  expect,
  matchName,
  scenario,
  signCertificateOf,
  TextApClient,
} from "../../harness/index.ts";

async function namesOf(card: CardInHand) {
  const certified = certifiedNameOf(await signCertificateOf(card)).reveal();
  const text = new TextApClient(card.reader);
  await text.select();
  await text.verifyPin(card.pin("text"));
  const { name: registered } = (await text.attributes()).reveal();
  return { certified, registered };
}

scenario(
  "PK-32",
  {
    title: {
      ja: "外字を含む氏名は代替文字とわかる形で示し、照合が黙って失敗しない",
      en: "a name with characters certificates lack is shown as such, and matching does not fail silently",
    },
    system: "jpki",
    source: "J-LIS 公的個人認証サービス プロファイル仕様書（氏名の代替文字位置）",
    effect: "read-only",
    needs: ["lab", "pins"],
    version: 2,
  },
  async ({ insertCard, step, note }) => {
    const plain = await namesOf(await insertCard({ persona: "adult" }));
    const gaiji = await namesOf(await insertCard({ persona: "gaiji" }));

    // Names are compared before they are expected: a failure prints no name.
    await step({ ja: "外字のない氏名は一致", en: "a plain name: the same" }, () => {
      expect(plain.certified.text === plain.registered).toBe(true);
      const match = matchName(plain.certified, plain.registered);
      expect(match).toEqual({ result: "same", substituted: 0 });
    });
    await step(
      { ja: "外字を含む氏名は文字どおりには一致しない", en: "gaiji: not to the letter" },
      () => {
        expect(gaiji.certified.text === gaiji.registered).toBe(false);
        expect(gaiji.certified.substitutes).toHaveLength(Array.from(gaiji.certified.text).length);
      },
    );
    await step(
      { ja: "代替文字を除いて一致し、その数を示す", en: "the same but substitutes" },
      () => {
        const { result, substituted } = matchName(gaiji.certified, gaiji.registered);
        expect(result).toBe("sameButSubstitutes");
        expect(substituted).toBeGreaterThan(0);
        note({ ja: "代替文字の数", en: "substituted characters" }, String(substituted));
      },
    );
    await step({ ja: "別人の氏名とは一致しない", en: "another person: different" }, () => {
      expect(matchName(gaiji.certified, plain.registered).result).toBe("different");
    });
    await step({ ja: "一文字違い・一文字多い氏名とも", en: "nor one character off" }, () => {
      const right = gaiji.certified.substitutes.indexOf("0");
      const other = Array.from(gaiji.registered).with(right, "〇").join("");
      expect(matchName(gaiji.certified, other).result).toBe("different");
      expect(matchName(gaiji.certified, `${gaiji.registered}子`).result).toBe("different");
    });
  },
);

/** Sessions with a card that end before their time. */
import { expect, JpkiClient, scenario } from "../../harness/index.ts";

const SHA256_OF_NOTHING = Buffer.from(
  "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
  "hex",
);
const GONE = expect.stringMatching(/^READER_(CARD_REMOVED|CARD_RESET|NO_CARD|TRANSPORT|LOST)$/);

scenario(
  "CR-07",
  {
    title: {
      ja: "PIN照合と署名の間にカードを抜く",
      en: "card taken away between VERIFY and SIGN",
    },
    system: "card",
    source: "PC/SC part 5 (SCARD_W_REMOVED_CARD); ISO/IEC 7816-4 セキュリティステータス",
    effect: "read-only",
    needs: ["lab", "pins", "removal"],
  },
  async ({ insertCard, step, note }) => {
    const card = await insertCard();
    const before = new JpkiClient(card.reader);
    await before.select();
    await before.verifyAuthPin(card.pin("auth"));

    await step(
      { ja: "抜いたあとの署名は失敗する", en: "signing fails once it is gone" },
      async () => {
        await card.remove();
        const signing = before.signWithAuthKey({ sha256: SHA256_OF_NOTHING });
        const error = await signing.then(
          () => undefined,
          (reason: unknown) => reason as { code: string },
        );
        expect(error).toMatchObject({ code: GONE });
        note({ ja: "読取装置のエラー", en: "error of the reader" }, error?.code ?? "");
      },
    );
    await step(
      { ja: "戻しても照合済みとはみなさない", en: "put back, nothing counts as verified" },
      async () => {
        await card.reinsert();
        const after = new JpkiClient(card.reader);
        await after.select();
        await expect(after.signWithAuthKey({ sha256: SHA256_OF_NOTHING })).rejects.toMatchObject({
          code: "CARD_SECURITY_STATUS",
        });
      },
    );
  },
);

// The signature a card makes after its PIN, with all it has to look up, against signing alone.
import { fromHex } from "../../iso7816/index.ts";
import { rsaSignaturesPerSecond } from "../../testing/openssl-speed.ts";
import { SELECT_JPKI, selectFile, testCard, verify } from "../testing/card.ts";

const DIGEST_INFO = `3031300D060960864801650304020105000420${"5A".repeat(32)}`;
const COMPUTE_DIGITAL_SIGNATURE = fromHex(`802A0080 33 ${DIGEST_INFO} 00`);
const AUTH_PIN = "0018";
const AUTH_KEY = "0017";
const ANSWER_BYTES = 258;

export const benchmarks = [
  {
    name: "card/sign",
    title: {
      ja: "COMPUTE DIGITAL SIGNATURE（プロセス内）",
      en: "COMPUTE DIGITAL SIGNATURE in process",
    },
    peer: { ja: "openssl speed rsa2048（1コア）", en: "openssl speed rsa2048 on one core" },
    unit: "signatures/s",
    target: 0.7,
    needs: "openssl",
    rounds: 3,
    run: () => {
      const { card, statuses } = testCard();
      statuses(SELECT_JPKI, selectFile(AUTH_PIN), verify("1234"), selectFile(AUTH_KEY));
      return {
        operation: () => {
          const { length } = card.transmit(COMPUTE_DIGITAL_SIGNATURE);
          if (length !== ANSWER_BYTES) throw new Error(`the card answered with ${length} bytes`);
        },
      };
    },
    reference: () => ({ figure: () => rsaSignaturesPerSecond() }),
  },
];

// The signature a card makes after its PIN, with all it has to look up, against signing alone. Both by
// the time they had a core, which the one that is measured second must not have less of.
import { fromHex } from "../../iso7816/index.ts";
import { rsaSignaturesPerCoreSecond } from "../../testing/openssl-speed.ts";
import { SELECT_JPKI, selectFile, testCard, verify } from "../testing/card.ts";

const DIGEST_INFO = `3031300D060960864801650304020105000420${"5A".repeat(32)}`;
const COMPUTE_DIGITAL_SIGNATURE = fromHex(`802A0080 33 ${DIGEST_INFO} 00`);
const AUTH_PIN = "0018";
const AUTH_KEY = "0017";
const ANSWER_BYTES = 258;
const ROUND_MICROSECONDS = 400_000;
/** Signatures between two looks at the time, each of which is a call of the system. */
const BATCH = 50;

export const benchmarks = [
  {
    name: "card/sign",
    title: {
      ja: "COMPUTE DIGITAL SIGNATURE（プロセス内）",
      en: "COMPUTE DIGITAL SIGNATURE in process",
    },
    peer: { ja: "openssl speed rsa2048（1コア）", en: "openssl speed rsa2048 on one core" },
    unit: "signatures/s",
    target: 0.9,
    needs: "openssl",
    run: () => {
      const { card, statuses } = testCard();
      statuses(SELECT_JPKI, selectFile(AUTH_PIN), verify("1234"), selectFile(AUTH_KEY));
      const sign = () => {
        const { length } = card.transmit(COMPUTE_DIGITAL_SIGNATURE);
        if (length !== ANSWER_BYTES) throw new Error(`the card answered with ${length} bytes`);
      };
      perCoreSecond(sign);
      return { figure: async () => perCoreSecond(sign) };
    },
    reference: () => ({ figure: rsaSignaturesPerCoreSecond }),
  },
];

/** How many times it can be done in a second on a core, all that the engine does for it counted. */
function perCoreSecond(operation: () => void): number {
  const before = process.cpuUsage();
  let count = 0;
  let spent = 0;
  while (spent < ROUND_MICROSECONDS) {
    for (let i = 0; i < BATCH; i += 1) operation();
    count += BATCH;
    // As OpenSSL counts: the time of the program, without that of the system on its behalf.
    spent = process.cpuUsage(before).user;
  }
  return (count * 1_000_000) / spent;
}

// Opening a whole world, which every attempt at a scenario does. What it cannot do without are the
// certificates of two CAs and their responders.
import { rsaSignatures } from "../testing/rsa-signatures.ts";
import { Lab } from "./lab.ts";
import { TEST_KEY_POOL } from "./testing/keys.ts";

const SIGNATURES = 4;

export const benchmarks = [
  {
    name: "lab/open",
    title: { ja: "模擬環境の起動と終了", en: "opening and closing a simulated world" },
    peer: { ja: "RSA-2048署名4回", en: "four RSA-2048 signatures" },
    unit: "ms",
    target: null,
    run: () => ({
      operation: async () => {
        const lab = await Lab.open({ seed: "bench", keys: TEST_KEY_POOL });
        await lab.close();
      },
    }),
    reference: () => ({ operation: rsaSignatures(SIGNATURES) }),
  },
];

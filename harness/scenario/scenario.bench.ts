// One attempt at a scenario as a worker performs it: a world is opened, a card handed out, inserted
// and spoken to, and the journal kept. Beside it, the signatures it makes.
import { createHash } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { rsaSignatures } from "../../simulator/testing/rsa-signatures.ts";
import type { Benchmark } from "../bench/benchmark.ts";
import { JpkiClient } from "../card/index.ts";
import { prepareKeys } from "../run/prepare.ts";
import type { ScenarioContext } from "./context.ts";
import { toRecord } from "./meta.ts";
import { perform } from "./perform.ts";
import { ScenarioLog } from "./scenario-log.ts";
import { Workbench } from "./workbench.ts";

/** Four for the CAs, eleven for the card, one by the card. */
const SIGNATURES = 16;

const RECORD = toRecord("BENCH-01", {
  title: { ja: "利用者証明用の鍵で署名する", en: "Sign with the user authentication key" },
  system: "jpki",
  source: "card-facts 4.1",
  effect: "read-only",
  needs: ["lab"],
});

export const benchmarks: readonly Benchmark[] = [
  {
    name: "scenario/run",
    title: {
      ja: "シナリオ1本（環境の起動、カード発行、PIN照合、署名、記録）",
      en: "one scenario: a world, a card, a PIN, a signature, a journal",
    },
    peer: {
      ja: `RSA-2048署名${SIGNATURES}回`,
      en: `${SIGNATURES} RSA-2048 signatures`,
    },
    unit: "ms",
    target: null,
    run: async () => {
      await prepareKeys();
      const folder = mkdtempSync(join(tmpdir(), "jpki-scenario-"));
      const workbench = new Workbench({
        run: "bench",
        seed: "bench",
        journal: join(folder, "journal.ndjson"),
        project: { reader: { driver: "simulated" } },
      });
      return {
        operation: () => {
          const log = new ScenarioLog(RECORD, 1, workbench.write);
          return perform({ record: RECORD, log, workbench }, signOnce);
        },
        close: async () => {
          await workbench.close();
          rmSync(folder, { recursive: true });
        },
      };
    },
    reference: () => ({ operation: rsaSignatures(SIGNATURES) }),
  },
];

async function signOnce({ insertCard, step }: ScenarioContext): Promise<void> {
  const card = await insertCard();
  const jpki = new JpkiClient(card.reader);
  await step({ ja: "APを選択する", en: "Select the application" }, () => jpki.select());
  await step({ ja: "PINを照合する", en: "Verify the PIN" }, () =>
    jpki.verifyAuthPin(card.pin("auth")),
  );
  const sha256 = new Uint8Array(createHash("sha256").update("challenge").digest());
  await step({ ja: "署名する", en: "Sign" }, () => jpki.signWithAuthKey({ sha256 }));
}

/** A world with the built-in systems beside it and cards in people's hands, for tests. */
import { randomBytes } from "node:crypto";
import { Lab, type LabCard, type LabOptions } from "../../../simulator/lab/index.ts";
import { TEST_KEY_POOL } from "../../../simulator/lab/testing/keys.ts";
import { InProcessReader } from "../../../simulator/reader/index.ts";
import { Secret } from "../../card/index.ts";
import { simulatedReader } from "../../reader/index.ts";
import { builtInSystems } from "../built-in.ts";
import { type AtCounter, atCounter } from "../excursions.ts";
import { openRelyingParties, type RelyingParties } from "../relying-parties.ts";
import type { Excursion } from "../system-under-test.ts";

export interface Town extends AsyncDisposable {
  readonly lab: Lab;
  readonly parties: RelyingParties;
  readonly systems: ReturnType<typeof builtInSystems>;
  /** Somebody at the patron's display with a card. */
  visitor(card: LabCard, decision?: AtCounter["decision"]): Excursion;
}

export async function openTown(options: Partial<LabOptions> = {}): Promise<Town> {
  const lab = await Lab.open({ seed: "relying-party", keys: TEST_KEY_POOL, ...options });
  const parties = await openRelyingParties(lab);
  return {
    lab,
    parties,
    systems: builtInSystems(parties.addresses),
    visitor: (card, decision) => async (away) => {
      const slot = new InProcessReader(card.id);
      slot.insert(card.card);
      const reader = simulatedReader(slot);
      await reader.open();
      try {
        return await atCounter({
          card: { reader, pin: (name) => new Secret(card.pins[name] ?? "") },
          trusted: [lab.cvAnchors.visual],
          nonce: () => new Uint8Array(randomBytes(32)),
          ca: lab.webCa,
          ...(decision && { decision }),
        })(away);
      } finally {
        await reader.close();
      }
    },
    [Symbol.asyncDispose]: async () => {
      await parties.close();
      await lab.close();
    },
  };
}

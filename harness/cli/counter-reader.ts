/**
 * The reading software at the counter of a lab's MKPF 類型①: reads the card that lies in the lab's
 * reader, for a person who works the pages in a browser. Nothing is tried twice.
 */
import type { CounterStation } from "../../simulator/lab/index.ts";
import type { CardTrouble, CounterCardReader } from "../../simulator/platform/index.ts";
import {
  authCertificateOf,
  type PresentedCard,
  provesGenuine,
  readForRegistration,
  Secret,
} from "../card/index.ts";
import { BenchError } from "../errors.ts";
import { simulatedReader } from "../reader/index.ts";

const NONCE_BYTES = 32;

export function counterReader({ slot, lying, anchors, random }: CounterStation): CounterCardReader {
  const reader = simulatedReader(slot);

  async function withCard<T>(
    id: string,
    pins: Readonly<Record<string, string>>,
    act: (card: PresentedCard) => Promise<T>,
  ): Promise<T | CardTrouble> {
    if (lying()?.id !== id)
      return { trouble: `${id} は置かれていません。 It is not on the reader.` };
    try {
      await reader.open();
      return await act({ reader, pin: (name) => new Secret(pins[name] ?? "") });
    } catch (error) {
      if (error instanceof BenchError) return { trouble: error.message };
      throw error;
    } finally {
      await reader.close();
    }
  }

  return {
    cards: () => {
      const card = lying();
      return card === undefined ? [] : [{ id: card.id, label: card.label }];
    },
    certificate: (id) => withCard(id, {}, authCertificateOf),
    register: (id, pins, challenge) =>
      withCard(id, pins, async (card) => {
        const { certificate, signature, ...attributes } = await readForRegistration(
          card,
          challenge,
        );
        return { certificate, signature, attributes };
      }),
    authenticate: (id, birthDateKey) => {
      const challenge = { nonce: random.bytes(NONCE_BYTES), trusted: [anchors.visual] };
      return withCard(id, {}, (card) => provesGenuine(card, birthDateKey, challenge));
    },
  };
}

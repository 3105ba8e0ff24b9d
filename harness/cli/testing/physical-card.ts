/**
 * A card that a run takes for a physical one: it lies in a virtual PC/SC reader whose project names no
 * `vpcd`, so the bench does not know that it is simulated. The test sees every command it gets.
 */
import { toHex } from "../../../simulator/iso7816/index.ts";
import { Lab, type LabCard } from "../../../simulator/lab/index.ts";
import {
  between,
  InProcessReader,
  type VirtualCard,
  VpcdCard,
} from "../../../simulator/reader/index.ts";
import { cacheFolder } from "../../config/folders.ts";
import { identify } from "../../guard/identify.ts";
import { simulatedReader } from "../../reader/index.ts";
import type { Pcscd } from "../../reader/testing/pcscd.ts";

export interface PhysicalCard {
  /** As `testCard.id` declares it. */
  readonly id: string;
  readonly issued: LabCard;
  /** Every command that reached it, in hexadecimal. */
  readonly reached: string[];
  takeAway(): Promise<void>;
}

/** Puts an adult's card into the first reader. */
export async function layDown(pcscd: Pcscd, seed: string): Promise<PhysicalCard> {
  const lab = await Lab.open({ seed, keys: cacheFolder("keys") });
  const issued = await lab.issueCard("adult");
  await lab.close();
  const id = await identityOf(issued.card);
  const reached: string[] = [];
  const [port = 0] = pcscd.ports;
  const link = await VpcdCard.connect({ card: heard(issued.card, reached), port });
  await pcscd.cardSeen(0);
  return {
    id,
    issued,
    reached,
    takeAway: async () => {
      await link.close();
      await pcscd.cardGone(0);
    },
  };
}

async function identityOf(card: VirtualCard): Promise<string> {
  const slot = new InProcessReader();
  slot.insert(card);
  const reader = simulatedReader(slot);
  await reader.open();
  const id = await identify(reader);
  await reader.close();
  slot.remove();
  return id ?? "";
}

function heard(card: VirtualCard, reached: string[]): VirtualCard {
  return between(card, (command) => {
    reached.push(toHex(command));
    return card.transmit(command);
  });
}

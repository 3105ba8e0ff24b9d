/**
 * A terminal of an operator with a card in a person's hand: the number is read off it, the card lies on
 * the terminal while something is done to it, and goes back into the reader.
 */
import { CommonApClient } from "../../card/index.ts";
import type { CardInHand } from "../card-in-hand.ts";

/** Fifteen digits, which need no PIN. */
export async function cardNumberOf({ reader }: CardInHand): Promise<string> {
  const client = new CommonApClient(reader);
  await client.select();
  return (await client.cardNumber()).serial;
}

/** Takes the card out of the reader for as long as `act` takes. Needs `removal`. */
export async function onTerminal<T>(card: CardInHand, act: () => Promise<T>): Promise<T> {
  await card.remove();
  try {
    return await act();
  } finally {
    await card.reinsert();
  }
}

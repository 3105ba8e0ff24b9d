/**
 * What all clients over one reader have to agree on: one operation at a time, and which AP the card
 * stands in.
 */
import type { Reader } from "../reader/reader.ts";

export interface CardInReader {
  /** The AP selected last, as an object the clients compare by identity; undefined when not known. */
  selected: object | undefined;
}

interface Queue {
  readonly card: CardInReader;
  /** Settles when the last operation asked for has ended. */
  last: Promise<unknown>;
}

const queues = new WeakMap<Reader, Queue>();

/** Runs the operation after all that were asked for before it, however those end. */
export function inTurn<T>(
  reader: Reader,
  operation: (card: CardInReader) => T | Promise<T>,
): Promise<T> {
  const queue = queueOf(reader);
  const mine = queue.last.then(() => operation(queue.card));
  queue.last = mine.catch(() => undefined);
  return mine;
}

/** To be called when the card has forgotten what was selected. */
export function forgetSelection(reader: Reader): void {
  queueOf(reader).card.selected = undefined;
}

function queueOf(reader: Reader): Queue {
  const known = queues.get(reader);
  if (known !== undefined) return known;
  const queue = { card: { selected: undefined }, last: Promise.resolve() };
  queues.set(reader, queue);
  return queue;
}

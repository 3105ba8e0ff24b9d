/** A card that something happens to while it works on a command. */
import { between, type VirtualCard } from "../../../../simulator/reader/index.ts";

/**
 * @param arrives told of each command that reaches the card; true when the card never answers it,
 * because of what happens now
 */
export function struckCard(card: VirtualCard, arrives: () => boolean): VirtualCard {
  return between(card, (command) =>
    arrives() ? new Promise(() => undefined) : card.transmit(command),
  );
}

/** An elementary file (EF) of the selected AP, and SELECT by its identifier (card-facts 2 and 4). */
import type { Bilingual } from "../../reports/journal/events.ts";
import type { Exchange } from "./exchange.ts";

export interface CardFile {
  /** File identifier, 0001 to FFFE. */
  readonly id: number;
  readonly label: Bilingual;
}

/** SELECT EF. @throws CardError CARD_NOT_FOUND when the AP has no such file */
export async function selectFile(exchange: Exchange, { id, label }: CardFile): Promise<void> {
  await exchange({
    cla: 0x00,
    ins: 0xa4,
    p1: 0x02,
    p2: 0x0c,
    data: Uint8Array.of(id >> 8, id & 0xff),
    purpose: { ja: `${label.ja}の選択`, en: `select the ${label.en}` },
  });
}

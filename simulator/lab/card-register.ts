/**
 * The cards of a world as カードAP搭載システム finds them: by the number every terminal can read
 * (card-facts section 5.7), with what the register says of card and holder.
 */

import type { Clock } from "../clock.ts";
import type { CardDirectory, KnownCard } from "../platform/index.ts";
import { type CardRecord, hasEnded, type MunicipalOffice } from "../residents/index.ts";
import type { CardBox } from "./card-box.ts";

export function cardRegister(office: MunicipalOffice, box: CardBox, clock: Clock): CardDirectory {
  return {
    find: (number): KnownCard | undefined => {
      for (const resident of office.residents) {
        const file = office.file(resident);
        const record = file.cards.find((one) => cardNumber(one) === number);
        if (record === undefined) continue;
        const { municipalityCode } = resident;
        const state = hasEnded(record, clock) ? "ended" : record.state;
        if (state !== "valid") return { municipalityCode, state };
        return { municipalityCode, state: "usable", card: box.card(file).card };
      }
      return undefined;
    },
  };
}

function cardNumber({ tokenSerial }: CardRecord): string {
  return tokenSerial.slice(1);
}

/** What a person is asked to do, in words and as a picture. */
import type { Bilingual } from "../../../reports/index.ts";
import type { Act } from "../actuator.ts";

interface Picture {
  readonly title: Bilingual;
  readonly picture: string;
}

export const PICTURES: Readonly<Record<Act, Picture>> = {
  present: {
    title: { ja: "カードを読取装置に置いてください", en: "Put the card on the reader" },
    picture: `
     +----------+
     |   CARD   |
     +----------+
          |
          v
   ==================
   |     READER     |
   ==================`,
  },
  remove: {
    title: { ja: "カードを読取装置から離してください", en: "Take the card off the reader" },
    picture: `
     +----------+
     |   CARD   |
     +----------+
          ^
          |
   ==================
   |     READER     |
   ==================`,
  },
  "cut-power": {
    title: { ja: "読取装置のUSBケーブルを抜いてください", en: "Pull the reader's USB plug" },
    picture: `
   ==================
   |     READER     |----[    <--  x  -->    [ USB ]
   ==================`,
  },
  "restore-power": {
    title: { ja: "読取装置のUSBケーブルを挿してください", en: "Plug the reader's USB plug in" },
    picture: `
   ==================
   |     READER     |----[  -->  [ USB ]
   ==================`,
  },
};

/**
 * Status words of the card (card-facts section 4: the command table and the clients' tables), and
 * why some of them no client ever gets to see.
 */
const PIN_TRIES = Array.from({ length: 16 }, (_, tries) => 0x63c0 | tries);

export const LEGAL_STATUSES: ReadonlySet<number> = new Set([
  0x9000,
  ...PIN_TRIES,
  ...[0x6281, 0x6282, 0x6283, 0x6300, 0x6381, 0x6400, 0x6581, 0x66f1, 0x6700, 0x6881, 0x6882],
  ...[0x6981, 0x6982, 0x6984, 0x6985, 0x6986, 0x6987, 0x6988, 0x69fc, 0x6a80, 0x6a81, 0x6a82],
  ...[0x6a83, 0x6a84, 0x6a85, 0x6a86, 0x6a87, 0x6a88, 0x6b00, 0x6d00, 0x6e00, 0x6f00],
]);

export interface Reason {
  readonly ja: string;
  readonly en: string;
}

const MEMORY: Reason = {
  ja: "カードのメモリの故障であり、端末からは起こせない",
  en: "a fault of the card's memory, which no client can cause",
};
const TRIES: Reason = {
  ja: "10回を超えて試せるPINはない",
  en: "no PIN has more than 10 tries",
};

/** Legal statuses that no command of a client brings about, and why. */
export const BEYOND_A_CLIENT: ReadonlyMap<number, Reason> = new Map<number, Reason>([
  [0x6281, MEMORY],
  [
    0x6282,
    {
      ja: "短い読出しは 9000 で終わる。6282 は endOfFileAnswers6282 のカードだけ",
      en: "a short read ends with 9000; only a card with endOfFileAnswers6282 says so",
    },
  ],
  [
    0x6381,
    { ja: "レコードを追加するコマンドはない", en: "there is no command that appends a record" },
  ],
  [0x6400, MEMORY],
  [0x6581, MEMORY],
  [
    0x6a84,
    {
      ja: "書き込むには空き領域のAPの事業者の鍵が要る",
      en: "writing needs the key of whoever runs the free-area application",
    },
  ],
  [
    0x6a85,
    {
      ja: "TLVを運ぶコマンドはLcの誤りに 6700 か 6988 で答える",
      en: "the commands that carry TLV answer 6700 or 6988 to a wrong Lc",
    },
  ],
  ...PIN_TRIES.slice(11).map((sw): [number, Reason] => [sw, TRIES]),
]);

/**
 * The tables of card-facts sections 2.1 to 2.5, one row a file, written from the facts and not from
 * the card's code: how many bytes there are, and who may read them. The sizes of certificates are
 * those of the test card; a size the facts do not give is left out.
 */
import { SELECT_COMMON, SELECT_JPKI, SELECT_JUKI, SELECT_TEXT, SELECT_VISUAL } from "./card.ts";

/** `internal` and `record`: READ BINARY does not fit the file. */
type Reading = "free" | "never" | "internal" | "record" | readonly string[];

export interface FileRow {
  /** Four hexadecimal digits. */
  readonly ef: string;
  readonly reading: Reading;
  readonly size?: number;
}

interface ApplicationTable {
  /** Heading of the table in card-facts. */
  readonly section: string;
  readonly select: string;
  /** VERIFY by short identifier of each secret, under the name the rows call it by. */
  readonly secrets: Readonly<Record<string, string>>;
  readonly rows: readonly FileRow[];
}

function row(ef: string, reading: Reading, size?: number): FileRow {
  return size === undefined ? { ef, reading } : { ef, reading, size };
}

const CODE_A = "0C 31 32 33 34 35 36 37 38 39 30 31 38";
const CODE_B = "0E 30 32 30 31 30 32 32 30 33 35 34 33 32 31";

export const FILE_TABLES: readonly ApplicationTable[] = [
  {
    section: "2.1",
    select: SELECT_JPKI,
    secrets: {
      auth: "00 20 00 98 04 31 32 33 34",
      sign: "00 20 00 9B 08 50 41 53 53 57 4F 52 44",
    },
    rows: [
      row("0001", ["sign"], 1700),
      row("0002", "free", 1304),
      row("0005", "never"),
      row("0006", "free", 160),
      row("0008", "free", 3),
      row("0009", "never"),
      row("000A", "free", 1583),
      row("000B", "free", 1319),
      row("0010", "internal"),
      row("0016", "internal"),
      row("0017", "internal"),
      row("0018", "internal"),
      row("0019", "internal"),
      row("001A", "internal"),
      row("001B", "internal"),
      row("001C", "internal"),
      row("001E", "internal"),
    ],
  },
  {
    section: "2.2",
    select: SELECT_TEXT,
    secrets: {
      PIN: "00 20 00 91 04 31 32 33 34",
      A: `00 20 00 94 ${CODE_A}`,
      B: `00 20 00 95 ${CODE_B}`,
    },
    rows: [
      row("0001", ["PIN", "A"], 17),
      row("0002", ["PIN", "B"]),
      row("0003", ["PIN", "A", "B"], 336),
      row("0004", "free", 568),
      row("0005", "free", 164),
      row("0006", ["PIN", "A", "B"], 269),
      row("0007", ["PIN", "A", "B"], 536),
      row("0008", ["PIN", "A", "B"], 16),
      row("0010", "internal"),
      row("0011", "internal"),
      row("0012", "internal"),
      row("0013", "internal"),
      row("0014", "internal"),
      row("0015", "internal"),
      row("001C", "internal"),
      row("001E", "internal"),
    ],
  },
  {
    section: "2.3",
    select: SELECT_VISUAL,
    secrets: {
      BD: "00 20 00 91 06 30 32 30 31 30 32",
      B: `00 20 00 92 ${CODE_B}`,
      A: `00 20 00 93 ${CODE_A}`,
    },
    rows: [
      row("0001", ["BD"], 547),
      row("0002", ["A", "B"]),
      row("0003", "free", 320),
      row("0004", "free", 568),
      row("0005", ["A"]),
      row("0006", ["A", "B"], 16),
      row("0011", "internal"),
      row("0012", "internal"),
      row("0013", "internal"),
      row("001A", "internal"),
    ],
  },
  {
    section: "2.4",
    select: SELECT_JUKI,
    secrets: { PIN: "00 20 00 9C 04 32 33 34 35" },
    rows: [row("0002", "record"), row("001C", "internal")],
  },
  {
    section: "2.5",
    select: SELECT_COMMON,
    secrets: { PIN: "00 20 00 9C 04 32 33 34 35" },
    rows: [
      row("0001", "record"),
      row("0002", "record"),
      row("0019", "internal"),
      row("001C", "internal"),
      row("001E", "internal"),
    ],
  },
];

/**
 * A session with a card as it can be kept: what was sent and received, in order, with secrets already
 * replaced where the trace was made (reader/trace). What varies from session to session stands as a
 * typed hole, `‹PIN›` or `‹署名 256 bytes›`, which says what belongs there and how much of it.
 */
import type { Bilingual } from "../../reports/index.ts";

/** What is done to a reader besides sending commands; its answer is the answer to reset. */
export type ReaderAct = "OPEN" | "RESET COLD" | "RESET WARM" | "CLOSE";

export const READER_ACTS: Readonly<Record<ReaderAct, Bilingual>> = {
  OPEN: { ja: "カードへの接続", en: "connect to the card" },
  "RESET COLD": { ja: "電源の入れ直し", en: "cold reset" },
  "RESET WARM": { ja: "リセット", en: "warm reset" },
  CLOSE: { ja: "切断", en: "disconnect" },
};

/**
 * How a command with a hole was coded (ISO/IEC 7816-3 12.1.3): lengths short or extended, and
 * whether it asks for all there is. Where no hole is, the bytes themselves tell.
 */
export const FORMS = ["short", "short Le", "extended", "extended Le"] as const;

export type Form = (typeof FORMS)[number];

export interface RecordedStep {
  readonly label: Bilingual;
  /** A `ReaderAct`, or a command in hexadecimal with holes. */
  readonly sent: string;
  readonly form?: Form;
  /** Answer to reset or response in hexadecimal with holes; absent when none came. */
  readonly received?: string;
  /** Code of the error that came instead. */
  readonly error?: string;
  /** Monotonic milliseconds since the recording began. */
  readonly at: number;
  /** Milliseconds. */
  readonly took: number;
}

export interface Recording {
  readonly reader: string;
  readonly driver: string;
  /** As `cardIdentity` gives it; absent for a card that did not tell. */
  readonly card?: string;
  readonly steps: readonly RecordedStep[];
}

export function isReaderAct(sent: string): sent is ReaderAct {
  return Object.hasOwn(READER_ACTS, sent);
}

/** The four digits at the end of a response; undefined for an answer to reset and for an error. */
export function statusOf({ sent, received }: RecordedStep): number | undefined {
  if (isReaderAct(sent)) return undefined;
  const [, digits] = /(?:^|[\s])([0-9A-F]{4})$/.exec(received ?? "") ?? [];
  return digits === undefined ? undefined : Number.parseInt(digits, 16);
}

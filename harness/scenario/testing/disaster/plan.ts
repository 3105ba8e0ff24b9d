/** What is to happen to a link while scenarios run over it: told by the rig's owner to its worker. */

/** What strikes in the middle of an exchange. */
export type Disaster =
  /** The card is taken off the reader. */
  | "card-removed"
  /** The card never answers again; behind vpcd it takes pcscd with it (reader-facts 1.3). */
  | "card-frozen"
  /** The PC/SC service is killed. */
  | "pcscd-killed"
  /** The serial device goes away. */
  | "pty-unplugged"
  /** The relay board that carries the reader's supply is unplugged. */
  | "relay-pulled";

export const DISASTERS: readonly Disaster[] = [
  "card-removed",
  "card-frozen",
  "pcscd-killed",
  "pty-unplugged",
  "relay-pulled",
];

export interface Strike {
  readonly disaster: Disaster;
  /** Strikes while the card works on this command, the first being 1. */
  readonly at: number;
}

export interface DisasterPlan {
  /** Where the one stands who can break and mend what is not the worker's own; see hand.ts. */
  readonly hand: string;
  /** By scenario. The others are left alone. */
  readonly strikes: Readonly<Record<string, Strike>>;
}

/** Labels of the evidence a worker notes, by which its journal is read again. */
export const NOTED = {
  /** How many commands the card got. */
  exchanges: { ja: "カードが受けたコマンドの数", en: "commands that reached the card" },
  struck: { ja: "発生させた障害", en: "disaster" },
  /** Milliseconds the event loop stood still at most, from the disaster to the end. */
  stall: {
    ja: "イベントループの最大停止時間（ミリ秒）",
    en: "greatest stall of the event loop, ms",
  },
} as const;

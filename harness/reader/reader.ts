/**
 * A card reader as the harness sees it: five verbs, whatever the link. Drivers stand beside this
 * file; decorators (trace, guard) have the same shape and wrap it.
 */

export interface ReaderInfo {
  /** `simulated`, `pcsc`, `pn532` ... */
  readonly driver: string;
  /** The name the driver knows it by. */
  readonly name: string;
  /**
   * Whether the card may be a real person's. True unless the driver knows for certain that a
   * simulated card lies in it: the guard protects every physical card.
   */
  readonly physical: boolean;
}

export interface CardPresence {
  /** Answer to reset, as the reader reports it. */
  readonly atr: Uint8Array;
}

export interface TransmitOptions {
  /** Milliseconds after which the exchange counts as lost. Default 5000; use 15000 to sign. */
  readonly deadline?: number;
}

/**
 * One card in one reader. Calls must not overlap: one APDU is in flight at a time.
 *
 * Every method rejects with a `BenchError` whose code starts with `READER_` or `PCSC_` (`GUARD_` from
 * the guard). After `READER_CARD_REMOVED`, `READER_CARD_RESET`, `READER_DEADLINE`, `READER_LOST` or
 * `PCSC_SERVICE_STOPPED` the session is over: nothing about a PIN that was verified before may be
 * assumed, and `open` starts anew.
 */
export interface Reader {
  readonly info: ReaderInfo;
  /** Connects to the card that lies in the reader and powers it. */
  open(): Promise<CardPresence>;
  /** Sends one command APDU and gives its response APDU (at least the two status bytes). */
  transmit(command: Uint8Array, options?: TransmitOptions): Promise<Uint8Array>;
  /** `cold` cuts the power, which clears the card's security status; `warm` may not. */
  reset(kind: "warm" | "cold"): Promise<CardPresence>;
  /** Lets go of the card and the reader. Safe to call twice. */
  close(): Promise<void>;
  /** Waits until no other program uses the card, and keeps it. Absent where a driver cannot. */
  beginTransaction?: (() => Promise<void>) | undefined;
  /** Lets other programs at the card again; fails with nothing when the session is over already. */
  endTransaction?: (() => Promise<void>) | undefined;
}

/** The readers of one machine, as a program finds them. */
export interface ReaderDirectory {
  /**
   * Readers in the order the machine gives them, with the answer to reset of the card in each.
   *
   * @throws BenchError READER_NOT_FOUND or an empty list when there is none; PCSC_SERVICE_STOPPED
   */
  list(): Promise<ReaderEntry[]>;
  /** The reader of exactly this name; `open` of the reader finds out whether it is there. */
  reader(name: string, share?: ShareMode): Promise<Reader>;
}

export interface ReaderEntry {
  readonly name: string;
  /** Answer to reset of the card in it; absent when there is none. */
  readonly atr?: Uint8Array;
}

/** `shared`: other programs may use the card too. `exclusive`: nobody else can while it is open. */
export type ShareMode = "shared" | "exclusive";

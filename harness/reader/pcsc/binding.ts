/**
 * What the host process needs of a PC/SC binding, the package by which JavaScript calls PC/SC. Two
 * are known: `pcsclite`, which has to be compiled where it is installed, and `koffi`, which comes
 * compiled and calls the system's library as it is.
 */
import type { ReaderEntry } from "../reader.ts";
import type { PcscShareMode } from "./protocol.ts";

export interface PcscBinding {
  /** The readers there are at this moment. */
  list(): Promise<ReaderEntry[]>;
  /** @throws BenchError, or an error whose message ends with a PC/SC status */
  connect(reader: string, share: PcscShareMode): Promise<PcscConnection>;
}

/** One connection to a reader. Calls do not overlap. */
export interface PcscConnection {
  /** Answer to reset; empty with `direct` and no card. */
  readonly atr: Uint8Array;
  transmit(command: Uint8Array): Promise<Uint8Array>;
  /**
   * Whether no card lies in the reader, as the service sees it, or within `patience` milliseconds none
   * does: the service looks now and then only.
   */
  cardGone(patience: number): Promise<boolean>;
  control(code: number, data: Uint8Array): Promise<Uint8Array>;
  /** Gives the answer to reset. */
  reset(kind: "warm" | "cold"): Promise<Uint8Array>;
  /** `cut`: SCARD_UNPOWER_CARD; `reset`: SCARD_RESET_CARD; `keep`: SCARD_LEAVE_CARD. */
  disconnect(disposition: "cut" | "reset" | "keep"): Promise<void>;
  /** Absent where the binding has no SCardBeginTransaction. */
  readonly beginTransaction?: () => Promise<void>;
  readonly endTransaction?: () => Promise<void>;
}

/** An extended response: 65536 bytes and the status word. */
export const RESPONSE_MAX = 65_538;

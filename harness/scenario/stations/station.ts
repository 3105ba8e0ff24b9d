/**
 * Where a project's card lies: under a simulated reader, in a virtual PC/SC reader, or on the desk.
 * A scenario never knows which; it gets a `Reader` and, where that is possible, can take the card away.
 */
import type { LabCard } from "../../../simulator/lab/index.ts";
import type { SimulatedPcsc, VirtualCard } from "../../../simulator/reader/index.ts";
import type { Reader, ReaderDirectory } from "../../reader/reader.ts";

/** What a station has to know of a card that the bench made. */
export interface CardToInsert extends Pick<LabCard, "tokenSerial"> {
  readonly card: VirtualCard;
}

export interface Station {
  /**
   * Puts a card under the reader and gives the reader, not yet opened.
   *
   * @param card the simulated card; a station with a physical card takes none
   */
  insert(card: CardToInsert | undefined): Promise<Reader>;
  /** Takes the card away, and resolves when the reader has noticed. */
  remove(): Promise<void>;
  /** Has the card taken away while it works on the first command that `matches`. */
  removeDuring(matches: (command: Uint8Array) => boolean): void;
  /** Every reader of this machine, also for a second connection to the one with the card. */
  readonly directory: ReaderDirectory;
  /** The simulated machine with its readers; undefined where they are real or virtual ones. */
  readonly pcsc?: SimulatedPcsc | undefined;
  /** Puts everything back as a scenario may expect it. */
  restore(): Promise<void>;
  close(): Promise<void>;
}

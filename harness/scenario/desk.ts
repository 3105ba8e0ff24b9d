/** The readers of a scenario: those the machine has, and a second way to the one with the card. */
import type { SimulatedPcsc } from "../../simulator/reader/index.ts";
import type { ReaderDirectory } from "../reader/index.ts";

export interface Desk {
  /**
   * The readers of this machine as any program finds them; what it opens is traced, and guarded where
   * the card is a physical one. A second connection to the reader with the card is another program's
   * (needs `sharing`).
   */
  readonly readers: ReaderDirectory;
  /** The simulated machine: what its readers are like and what goes wrong. Needs `reader-faults`. */
  readonly pcsc: SimulatedPcsc;
}

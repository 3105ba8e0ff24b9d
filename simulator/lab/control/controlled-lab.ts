/** What the control API needs of a lab. */
import type { LabClock } from "../../clock.ts";
import type { Resident } from "../../residents/index.ts";
import type { LabCard } from "../card-box.ts";
import type { LabCounter } from "../counter.ts";
import type { FaultBoard } from "../fault-board.ts";
import type { LabReaders } from "../readers.ts";
import type { LabAddresses, Neighbour } from "../rows.ts";
import type { Wishes } from "../welcome.ts";
import type { World } from "../world.ts";

export interface ControlledLab extends World {
  readonly seed: string;
  readonly clock: LabClock;
  readonly addresses: LabAddresses;
  readonly webCa: string | undefined;
  readonly neighbours: readonly Neighbour[];
  readonly counter: LabCounter;
  readonly cards: readonly LabCard[];
  readonly smartphones: readonly LabCard[];
  readonly residents: readonly Resident[];
  readonly readers: LabReaders;
  readonly faults: FaultBoard;
  issueCard(persona: string, wishes?: Wishes): Promise<LabCard>;
  save(): void;
  reset(): Promise<void>;
}

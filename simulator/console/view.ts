/** What the lab's web page shows, taken from a world at one moment. */
import type { ControlledLab } from "../lab/control/controlled-lab.ts";
import { certificateRows, residentRow } from "../lab/control-rows.ts";
import type { PlannedFault } from "../lab/fault-board.ts";
import { PLATFORM_NAMES, type PlatformName, platformOf } from "../lab/platforms.ts";
import type { LabReader } from "../lab/readers.ts";
import type { CertificateRow, LabAddresses, Neighbour, ResidentRow } from "../lab/rows.ts";

/** One thing a platform has seen. */
export interface SeenRow {
  readonly platform: PlatformName;
  readonly at: Date;
  readonly entry: object;
}

export interface ConsoleView {
  readonly addresses: LabAddresses;
  readonly seed: string;
  readonly now: Date;
  readonly running: boolean;
  readonly residents: readonly ResidentRow[];
  readonly certificates: ReadonlyMap<string, CertificateRow>;
  readonly readers: readonly LabReader[];
  readonly faults: readonly PlannedFault[];
  /** The newest first. */
  readonly seen: readonly SeenRow[];
  /** Shown where there are any. */
  readonly neighbours: readonly Neighbour[];
}

const SEEN_SHOWN = 15;

export function viewOf(lab: ControlledLab): ConsoleView {
  return {
    addresses: lab.addresses,
    seed: lab.seed,
    now: lab.clock.now(),
    running: lab.clock.running,
    residents: lab.residents.map(({ id }) => residentRow(lab, id)),
    certificates: new Map(certificateRows(lab.jpki).map((row) => [row.serial, row])),
    readers: lab.readers.all,
    faults: lab.faults.standing,
    seen: seenIn(lab),
    neighbours: lab.neighbours,
  };
}

function seenIn(lab: ControlledLab): SeenRow[] {
  return PLATFORM_NAMES.flatMap((platform) =>
    platformOf(lab, platform)
      .seen.all()
      .slice(-SEEN_SHOWN)
      .map((entry) => ({ platform, at: entry.at, entry })),
  )
    .toSorted((one, other) => other.at.getTime() - one.at.getTime())
    .slice(0, SEEN_SHOWN);
}

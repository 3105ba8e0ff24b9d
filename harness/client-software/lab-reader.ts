/**
 * A reader of a running lab, over the lab's control API: for a native host on a machine without PC/SC.
 * Whatever lies there is a simulated card.
 */
import { SimulatorError } from "../../simulator/errors.ts";
import { fromHex, toHex } from "../../simulator/iso7816/index.ts";
import { type LabClient, labClient } from "../../simulator/lab/index.ts";
import { BenchError, type BenchErrorCode } from "../errors.ts";
import type { Reader } from "../reader/index.ts";

/** Where the reader is. */
export interface LabReaderPlace {
  /** Address of the lab's console. */
  readonly lab: string;
  /** As `jpki-bench card readers` names it. */
  readonly name: string;
}

export function labReader({ lab: address, name }: LabReaderPlace): Reader {
  const lab = labClient(address);
  const reset = async (kind: "warm" | "cold") => {
    const { atr } = await transmit(lab, { name, commands: [], reset: kind });
    return { atr: fromHex(atr) };
  };
  return {
    info: { driver: "lab", name, physical: false },
    open: () => reset("cold"),
    reset,
    transmit: async (command) => {
      const { responses } = await transmit(lab, { name, commands: [toHex(command)] });
      return fromHex(responses[0] ?? "");
    },
    // The lab keeps its readers; what was opened is closed by the reset of whoever comes next.
    close: async () => {},
  };
}

const CODES: Readonly<Record<string, BenchErrorCode>> = {
  READER_EMPTY: "READER_NO_CARD",
  READER_CARD_REMOVED: "READER_CARD_REMOVED",
  READER_CARD_RESET: "READER_CARD_RESET",
  READER_CARD_MUTE: "READER_CARD_MUTE",
  READER_BUSY: "READER_BUSY",
  READER_UNKNOWN: "READER_NOT_FOUND",
};

interface Asked {
  readonly name: string;
  readonly commands: string[];
  readonly reset?: "warm" | "cold";
}

async function transmit(lab: LabClient, asked: Asked) {
  try {
    return await lab("transmit", asked);
  } catch (error) {
    if (!(error instanceof SimulatorError)) throw error;
    const code = CODES[error.code] ?? "READER_TRANSPORT";
    throw new BenchError(code, error.message, { cause: error });
  }
}

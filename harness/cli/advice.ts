/**
 * What a person can do about each error, in both languages, and how the command ends. The type makes
 * sure that no code is without advice; the simulator has its own.
 */
import type { ReportErrorCode } from "../../reports/index.ts";
import { SIMULATOR_ADVICE } from "../../simulator/advice.ts";
import type { BenchErrorCode } from "../errors.ts";
import { CARDS } from "./advice/cards.ts";
import { COMMANDS } from "./advice/commands.ts";
import { DEVICES } from "./advice/devices.ts";
import { type Advice, EXIT } from "./advice/kinds.ts";
import { PLATFORMS } from "./advice/platforms.ts";
import { REPORTS } from "./advice/reports.ts";

export { EXIT };

type Code = Exclude<BenchErrorCode | ReportErrorCode, keyof typeof SIMULATOR_ADVICE>;

const ADVICE: Readonly<Record<Code, Advice>> = {
  ...DEVICES,
  ...CARDS,
  ...PLATFORMS,
  ...COMMANDS,
  ...REPORTS,
};

/** Undefined for a code that is not ours, such as an operating system's. */
export function adviceFor(code: string): Advice | undefined {
  if (Object.hasOwn(SIMULATOR_ADVICE, code)) {
    const { cause, ja, en } = SIMULATOR_ADVICE[code as keyof typeof SIMULATOR_ADVICE];
    return { exit: EXIT[cause], ja, en };
  }
  return (ADVICE as Readonly<Record<string, Advice>>)[code];
}

/** What advice is: what a person can do, in both languages, and how the command ends. */
import type { ReportErrorCode } from "../../../reports/index.ts";
import type { BenchErrorCode } from "../../errors.ts";

export const EXIT = { success: 0, failed: 1, usage: 2, environment: 3, interrupted: 130 } as const;

export interface Advice {
  readonly exit: number;
  readonly ja: string;
  readonly en: string;
}

/** Advice on some of our codes, and on none but ours. */
export type AdviceTable = Partial<Record<BenchErrorCode | ReportErrorCode, Advice>>;

export const failed = (ja: string, en: string): Advice => ({ exit: EXIT.failed, ja, en });
export const usage = (ja: string, en: string): Advice => ({ exit: EXIT.usage, ja, en });
export const environment = (ja: string, en: string): Advice => ({ exit: EXIT.environment, ja, en });

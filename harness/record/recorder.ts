/**
 * Records a session at the reader: the trace tells of commands, redacted, and this adds what the
 * trace does not tell of, which is power, resets and time.
 */
import { performance } from "node:perf_hooks";
import type { Bilingual } from "../../reports/index.ts";
import { parseCommand, toHex } from "../../simulator/iso7816/index.ts";
import { codeOf } from "../errors.ts";
import { type ApduRecord, type CardPresence, type Reader, traced } from "../reader/index.ts";
import { type Form, READER_ACTS, type ReaderAct, type RecordedStep } from "./recording.ts";

export interface Recorder {
  /** Behaves as the reader it was made for, and records. */
  readonly reader: Reader;
  /** What was recorded up to now. */
  readonly steps: readonly RecordedStep[];
}

/**
 * @param bare neither traced nor guarded: a guard belongs around the recorder's reader
 * @param monotonic milliseconds; the machine's clock by default
 * @example
 * const recorder = recorderFor(simulatedReader(slot));
 * await recorder.reader.open();
 */
export function recorderFor(bare: Reader, monotonic = () => performance.now()): Recorder {
  const began = monotonic();
  const steps: RecordedStep[] = [];
  let latest: ApduRecord | undefined;
  const inner = traced(bare, (record) => {
    latest = record;
  });
  const timed = async <T>(work: () => Promise<T>, told: Telling<T>): Promise<T> => {
    const at = monotonic();
    const kept = (facts: Facts) =>
      steps.push({ ...facts, at: round(at - began), took: round(monotonic() - at) });
    try {
      const result = await work();
      kept(told(result, undefined));
      return result;
    } catch (error) {
      kept(told(undefined, error));
      throw error;
    }
  };
  const act = (name: ReaderAct, work: () => Promise<CardPresence>) =>
    timed(work, (presence, error) => ({
      label: READER_ACTS[name],
      sent: name,
      ...(presence === undefined
        ? { error: codeOf(error) ?? NO_CODE }
        : { received: toHex(presence.atr) }),
    }));
  const reader: Reader = {
    ...inner,
    open: () => act("OPEN", () => inner.open()),
    reset: (kind) => act(kind === "cold" ? "RESET COLD" : "RESET WARM", () => inner.reset(kind)),
    close: () => timed(inner.close, () => ({ label: READER_ACTS.CLOSE, sent: "CLOSE" })),
    transmit: (command, options) =>
      timed(
        () => inner.transmit(command, options),
        (_, error) => factsOf(command, latest, error),
      ),
  };
  return { reader, steps };
}

type Facts = Omit<RecordedStep, "at" | "took">;
type Telling<T> = (result: T | undefined, error: unknown) => Facts;

const NO_CODE = "UNKNOWN";
const UNKNOWN: Bilingual = { ja: "不明", en: "unknown" };

function factsOf(command: Uint8Array, told: ApduRecord | undefined, error: unknown): Facts {
  const { label = UNKNOWN, command: sent = "", response } = told ?? {};
  const form = formOf(command, sent);
  return {
    label,
    sent,
    ...(form !== undefined && { form }),
    ...(error === undefined ? { received: response ?? "" } : { error: codeOf(error) ?? NO_CODE }),
  };
}

/** Four header bytes in the open and nothing but a hole behind them. */
const HEADER_AND_HOLE = /^[0-9A-F]{8} ‹[^›]+›$/;

const ALL_THERE_IS: readonly number[] = [256, 65536];

/**
 * Tells of the coding only where it tells nothing else: of a command that was understood, with data,
 * whose Le is absent or asks for all. Another Le may be a byte of a secret whose Lc was forgotten.
 */
function formOf(command: Uint8Array, sent: string): Form | undefined {
  if (!HEADER_AND_HOLE.test(sent)) return undefined;
  const { data, ne } = parseCommand(command);
  if (data.length === 0) return undefined;
  const length = command[4] === 0 ? "extended" : "short";
  if (ne === 0) return length;
  return ALL_THERE_IS.includes(ne) ? `${length} Le` : undefined;
}

function round(milliseconds: number): number {
  return Math.round(milliseconds * 1000) / 1000;
}

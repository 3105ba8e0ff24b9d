/**
 * The trace: a decorator around a reader that tells of every exchange once, decoded for people and
 * with everything secret or personal replaced by markers. What leaves here may be written anywhere.
 *
 * It shows what it knows to be harmless and nothing else: see catalogue.ts for the files, view.ts for
 * how it knows which file it sees.
 */
import { performance } from "node:perf_hooks";
import type { ApduExchanged, Unstamped } from "../../../reports/index.ts";
import {
  describeStatus,
  parseResponse,
  type ResponseApdu,
} from "../../../simulator/iso7816/index.ts";
import { codeOf } from "../../errors.ts";
import type { Reader, TransmitOptions } from "../reader.ts";
import { readCommand } from "./read-command.ts";
import { marker, type Reading, words } from "./reading.ts";
import { type CardView, NOTHING_KNOWN, POWERED_ON } from "./view.ts";

/** The fields of a journal's `apdu` event that the reader knows. */
export type ApduRecord = Omit<Unstamped<ApduExchanged>, "scenario" | "attempt" | "step">;

/**
 * A reader that behaves as `reader` does and gives `sink` one record for each exchange, before the
 * caller sees its result. What `sink` throws, the caller gets.
 *
 * @example
 * const reader = traced(await openPcscReader({ name: /RC-S300/, physical: true }), console.log);
 * // { label: { ja: "VERIFY 利用者証明用PIN", ... }, command: "00200080 ‹PIN›", sw: "63C2", ... }
 */
export function traced(reader: Reader, sink: (record: ApduRecord) => void): Reader {
  const tracker = new Tracker();
  const { info } = reader;
  return {
    info,
    // Another program may hold the card and have selected something: not POWERED_ON.
    open: () => tracker.during(reader.open(), () => NOTHING_KNOWN),
    close: () => tracker.during(reader.close(), () => NOTHING_KNOWN),
    beginTransaction: reader.beginTransaction?.bind(reader),
    endTransaction: reader.endTransaction?.bind(reader),
    reset: (kind) =>
      tracker.during(reader.reset(kind), () => (kind === "cold" ? POWERED_ON : NOTHING_KNOWN)),
    transmit: async (command: Uint8Array, options?: TransmitOptions) => {
      const reading = readCommand(command, tracker.view);
      const began = performance.now();
      const answer = tracker.during(reader.transmit(command, options), (bytes) => {
        const sw = parsed(bytes)?.sw;
        return sw === undefined ? NOTHING_KNOWN : reading.after(sw);
      });
      const outcome = await answer.then((bytes) => answered(reading, parsed(bytes)), failed);
      const milliseconds = Math.round((performance.now() - began) * 1000) / 1000;
      const { label, command: shown } = reading;
      sink({ type: "apdu", reader: info.name, label, command: shown, ...outcome, milliseconds });
      return answer;
    },
  };
}

/** Holds what is known of the card, which is nothing while something is under way. */
class Tracker {
  view: CardView = NOTHING_KNOWN;
  #operations = 0;

  async during<T>(operation: Promise<T>, after: (result: T) => CardView): Promise<T> {
    this.#operations += 1;
    const mine = this.#operations;
    this.view = NOTHING_KNOWN;
    const result = await operation;
    // With something else begun meanwhile, nobody knows which came first.
    if (mine === this.#operations) this.view = after(result);
    return result;
  }
}

type Outcome = Pick<ApduRecord, "response" | "sw" | "meaning" | "error">;

function answered(reading: Reading, response: ResponseApdu | undefined): Outcome {
  if (response === undefined) return { response: marker("解釈できない応答") };
  const sw = response.sw.toString(16).toUpperCase();
  return {
    response: words(reading.response(response.data, response.sw), sw),
    sw,
    meaning: describeStatus(response.sw),
  };
}

function failed(error: unknown): Outcome {
  return { response: "", error: codeOf(error) ?? "UNKNOWN" };
}

function parsed(answer: Uint8Array): ResponseApdu | undefined {
  try {
    return parseResponse(answer);
  } catch {
    return undefined;
  }
}

/**
 * From a recorded command back to bytes: its holes are filled with what they say belongs there. A PIN
 * comes from whoever knows it; what is signed or sent as a challenge may be anything of that length.
 * What nobody can fill is refused before anything is sent.
 */
import { encodeCommand, fromHex } from "../../simulator/iso7816/index.ts";
import { type Secret, wrongPin } from "../card/index.ts";
import { BenchError } from "../errors.ts";
import { type RecordedStep, statusOf } from "./recording.ts";

type RecordedPin = "auth" | "sign" | "text" | "juki";

/** The PINs a recording may ask for. */
export type KnownPins = Readonly<Partial<Record<RecordedPin, Secret>>>;

/** Named as the trace names the file that VERIFY is about (card-facts section 3). */
const PIN_LABELS: ReadonlyMap<string, RecordedPin> = new Map([
  ["VERIFY user authentication PIN", "auth"],
  ["VERIFY digital signature password", "sign"],
  ["VERIFY text application PIN", "text"],
  ["VERIFY resident registry PIN", "juki"],
]);

/**
 * @throws BenchError RECORDING_HOLE for a command that cannot be made again
 */
export function commandBytes(step: RecordedStep, pins: KnownPins): Uint8Array {
  const [header = "", hole] = step.sent.split(/ (?=‹)/);
  if (hole === undefined && /^[0-9A-F ]+$/.test(header)) return fromHex(header.replaceAll(" ", ""));
  const { form } = step;
  if (hole === undefined || form === undefined || !/^[0-9A-F]{8}$/.test(header)) {
    throw unfilled(step, "the recording hides the whole command");
  }
  const [cla = 0, ins = 0, p1 = 0, p2 = 0] = fromHex(header);
  const extended = form.startsWith("extended");
  const all = extended ? 65536 : 256;
  const ne = form.endsWith("Le") ? all : 0;
  return encodeCommand({ cla, ins, p1, p2, data: dataFor(step, hole, pins), ne, extended });
}

/** Whether the card refused the PIN and counted it: 63CX (ISO/IEC 7816-4 5.6). */
export function spentTry(step: RecordedStep): boolean {
  return step.sent.endsWith("‹PIN›") && (statusOf(step) ?? 0) >> 8 === 0x63;
}

function dataFor(step: RecordedStep, hole: string, pins: KnownPins): Uint8Array {
  if (hole === "‹PIN›") return pinBytes(step, pins);
  const [, kind = "", count = "0"] = /^‹(\S+) (\d{1,5}) bytes›$/.exec(hole) ?? [];
  const length = Number(count);
  // UNVERIFIED: that no card looks inside what it signs; the simulated one does not.
  if (kind === "署名対象" || kind === "チャレンジ") {
    return Uint8Array.from({ length }, (_, place) => place & 0xff);
  }
  throw unfilled(step, `${hole} cannot be made up`);
}

/** Where the card refused the PIN, one of the same form that is wrong. */
function pinBytes(step: RecordedStep, pins: KnownPins): Uint8Array {
  const name = PIN_LABELS.get(step.label.en);
  const right = name === undefined ? undefined : pins[name];
  if (right === undefined) throw unfilled(step, `the ${name ?? "right"} PIN is not known`);
  return new TextEncoder().encode((spentTry(step) ? wrongPin(right) : right).reveal());
}

function unfilled({ label }: RecordedStep, why: string): BenchError {
  return new BenchError("RECORDING_HOLE", `${label.en}: ${why}`);
}

/**
 * Elatec TWN4 readers with the Simple Protocol on their virtual serial port (reader-facts 4.3).
 * UNVERIFIED: no TWN4 was at hand, and nothing but this bench's own emulation has been spoken to.
 */
import { BYTES_MAX, CALL, RESULT } from "../../../simulator/reader/twn4/index.ts";
import type { Reader } from "../reader.ts";
import type { SerialLine } from "../serial/line.ts";
import { SerialReader, type SerialReaderOptions } from "../serial/serial-reader.ts";
import { Twn4Calls } from "./calls.ts";
import { type Framing, Twn4Device } from "./module.ts";

export interface Twn4ReaderOptions extends SerialReaderOptions {
  /** Default `host`: only that way a signature comes through. */
  readonly framing?: Framing | undefined;
}

/** On a virtual port no rate means anything; the manual's own one is taken. */
const BAUD_RATE = 9_600;
const DEADLINE = 1_000;

/** A TWN4. @example twn4Reader({ device: "/dev/ttyACM0", physical: true }) */
export function twn4Reader(options: Twn4ReaderOptions): Reader {
  const { framing = "host" } = options;
  const start = async (line: SerialLine) => {
    const calls = new Twn4Calls(line);
    await requireTwn4(calls);
    return new Twn4Device(calls, framing);
  };
  return new SerialReader({ name: "twn4", baudRate: BAUD_RATE, start }, options);
}

/** A reader that was left in the middle of something is brought back by asking what it is. */
function requireTwn4(calls: Twn4Calls): Promise<void> {
  return calls.resynchronise(
    [...CALL.getVersionString, BYTES_MAX],
    DEADLINE,
    ([result, , ...text]) =>
      result === RESULT.ok && Buffer.from(text).toString("latin1").startsWith("TWN4"),
  );
}

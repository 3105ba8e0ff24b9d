/** The readers that can be emulated on a serial device, by the names their drivers have. */
import type { Random } from "../../random.ts";
import { Pn532Chip } from "../pn532/index.ts";
import { Twn4 } from "../twn4/index.ts";
import { type SerialReader, type ServedReader, serveOnDevice } from "./serial-device.ts";

export type SerialReaderName = "pn532" | "rcs620s" | "twn4";

export interface EmulatedReaderOptions {
  /** The serial device the reader holds: one end of a pty pair as a rule. */
  readonly device: string;
  readonly random: Random;
}

/**
 * @throws SimulatorError SERIAL_UNREACHABLE
 * @example
 * const { reader, close } = emulateReader("pn532", { device: "/dev/pts/3", random });
 * reader.insert(card);
 */
export function emulateReader(
  name: SerialReaderName,
  { device, random }: EmulatedReaderOptions,
): ServedReader<SerialReader> {
  return serveOnDevice<SerialReader>(device, (send) =>
    name === "twn4" ? new Twn4({ send, random }) : new Pn532Chip({ send, random, model: name }),
  );
}

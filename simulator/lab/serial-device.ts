/** A reader of a world's at the end of a serial line: whoever opens the other end finds it there. */
import { SimulatorError } from "../errors.ts";
import { toHex } from "../iso7816/index.ts";
import type { Random } from "../random.ts";
import { emulateReader, reachesByAir, type SerialReaderName } from "../reader/index.ts";
import type { CardDevice } from "./readers.ts";

/**
 * @param path the serial device it holds, from now until it is closed
 * @throws SimulatorError SERIAL_UNREACHABLE
 */
export function serialDevice(kind: SerialReaderName, path: string, random: Random): CardDevice {
  const { reader, close } = emulateReader(kind, { device: path, random });
  return {
    kind,
    place: path,
    insert: async (card) => {
      if (!reachesByAir(card.atr)) {
        const message = `${kind} has no contacts, and this card answers by them: ${toHex(card.atr)}`;
        throw new SimulatorError("CONTROL_INVALID", message);
      }
      reader.insert(card);
    },
    remove: async () => void reader.remove(),
    close,
  };
}

/** A reader on a serial line, with a real card or with a simulated one in an emulated reader. */
import { Random } from "../../../simulator/random.ts";
import {
  emulateReader,
  type SerialReader,
  type ServedReader,
} from "../../../simulator/reader/index.ts";
import type { SerialReaderConfig } from "../../config/serial-reader.ts";
import { BenchError } from "../../errors.ts";
import { type Reader, serialDirectory, serialReader } from "../../reader/index.ts";
import { byHand } from "./by-hand.ts";
import { requireSameCard } from "./same-card.ts";
import type { Station } from "./station.ts";
import { WatchedCard } from "./watched-card.ts";

/** With a real card. */
export function physicalSerialStation({
  driver,
  emulator: _,
  ...line
}: SerialReaderConfig): Station {
  const options = { ...line, physical: true };
  return byHand({
    insert: async () => serialReader(driver, options),
    directory: serialDirectory(driver, options),
  });
}

/**
 * The bench holds the far end of the line: its bytes go through the terminal layer and the driver as
 * those of a real reader do.
 *
 * @param emulator the device at the far end
 */
export function emulatedSerialStation(
  { driver, emulator: _, ...line }: SerialReaderConfig,
  emulator: string,
): Station {
  const options = { ...line, physical: false };
  let served: ServedReader<SerialReader> | undefined;
  let watched: WatchedCard | undefined;
  /** The line is one program's alone, so the reader that was handed out last gives way. */
  let last: Reader | undefined;
  const remove = () => void served?.reader.remove();
  const serve = () => {
    const reader = emulateReader(driver, { device: emulator, random: new Random("antenna") });
    // A line that broke does not come back by itself: the next card is put into a new reader.
    void reader.closed.then(() => {
      if (served === reader) served = undefined;
    });
    return reader;
  };
  return {
    insert: async (card) => {
      if (card === undefined) throw new BenchError("SCENARIO_NEEDS", "no simulated card to insert");
      await last?.close();
      served ??= serve();
      remove();
      watched = new WatchedCard(card.card, remove);
      served.reader.insert(watched);
      const reader = serialReader(driver, options);
      await requireSameCard(reader, card, "reader.device and reader.emulator");
      last = reader;
      return reader;
    },
    remove: async () => remove(),
    removeDuring: (matches) => watched?.takeDuring(matches),
    directory: serialDirectory(driver, options),
    restore: async () => {
      await last?.close();
      remove();
    },
    close: async () => {
      await last?.close();
      await served?.close();
    },
  };
}

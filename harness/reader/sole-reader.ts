/** The directory of a machine that knows one reader alone: a serial line or a bridge has no service to ask. */
import { BenchError } from "../errors.ts";
import type { CardPresence, Reader, ReaderDirectory } from "./reader.ts";

/**
 * @param name by which the directory lists it
 * @param make a reader that is not open yet, another one each time
 */
export function soleReader(name: string, make: () => Reader): ReaderDirectory {
  return {
    list: async () => {
      const presence = await look(make());
      return [presence === undefined ? { name } : { name, ...presence }];
    },
    reader: async (wanted) => {
      if (wanted === name) return make();
      throw new BenchError("READER_NOT_FOUND", `the only reader is on ${name}`);
    },
  };
}

async function look(reader: Reader): Promise<CardPresence | undefined> {
  try {
    return await reader.open();
  } catch (error) {
    if (error instanceof BenchError && error.code === "READER_NO_CARD") return undefined;
    throw error;
  } finally {
    await reader.close();
  }
}

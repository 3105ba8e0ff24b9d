/** PC/SC readers: what there is, and how to open one. */
import { PcscCardReader, type PcscReader, type PcscReaderOptions } from "./pcsc-reader.ts";
import { chooseReader, listPcscReaders } from "./readers.ts";

export { type PcscDirectoryOptions, pcscDirectory } from "./directory.ts";
export type { PcscReader } from "./pcsc-reader.ts";
export { listPcscReaders, type ServiceOptions } from "./readers.ts";
export { PcscError } from "./status-codes.ts";

export interface OpenPcscReader extends Omit<PcscReaderOptions, "name"> {
  /** A part of the reader's name, or a pattern. It must mean one reader alone. */
  readonly name: string | RegExp;
}

/**
 * Finds a reader. It is not connected to a card before `open` is called.
 *
 * @example
 * const reader = await openPcscReader({ name: /RC-S300/, physical: true });
 * const { atr } = await reader.open();
 * @throws BenchError READER_NOT_FOUND, READER_AMBIGUOUS, and all that `listPcscReaders` throws
 */
export async function openPcscReader(options: OpenPcscReader): Promise<PcscReader> {
  const readers = await listPcscReaders(options);
  const names = readers.map((reader) => reader.name);
  return new PcscCardReader({ ...options, name: chooseReader(names, options.name) });
}

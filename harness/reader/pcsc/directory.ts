/** The readers of a PC/SC service, in the shape every program of the bench finds readers in. */
import type { ReaderDirectory } from "../reader.ts";
import { PcscCardReader } from "./pcsc-reader.ts";
import { listPcscReaders, type ServiceOptions } from "./readers.ts";

export interface PcscDirectoryOptions extends ServiceOptions {
  /** Whether the card in this reader may be a real person's. */
  readonly physical: (name: string) => boolean;
}

export function pcscDirectory(options: PcscDirectoryOptions): ReaderDirectory {
  const { physical, ...service } = options;
  return {
    list: () => listPcscReaders(service),
    reader: async (name, share = "shared") =>
      new PcscCardReader({ ...service, name, share, physical: physical(name) }),
  };
}

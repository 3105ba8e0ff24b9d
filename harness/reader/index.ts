/** Card readers: the contract, the drivers behind it, and the decorators around them. */
export { type GuardPolicy, guarded } from "./guard/index.ts";
export {
  listPcscReaders,
  type OpenPcscReader,
  openPcscReader,
  type PcscReader,
  type PcscReaderEntry,
  type ServiceOptions,
  type ShareMode,
} from "./pcsc/index.ts";
export type { CardPresence, Reader, ReaderInfo, TransmitOptions } from "./reader.ts";
export { endsSession } from "./session.ts";
export { simulatedReader } from "./simulated.ts";
export { type ApduRecord, traced } from "./trace/index.ts";

/** Card readers: the contract, the drivers behind it, and the trace around them. */
export { type CcidDescriptor, type ReadingLimits, readingLimits } from "./ccid-limits.ts";
export { readerWithCard, type Waiting, waitForCard } from "./find-card.ts";
export {
  type BridgedPn532Options,
  bridgedDirectory,
  bridgedPn532Reader,
  findBridge,
  type HidHost,
} from "./hid/index.ts";
export {
  listPcscReaders,
  type OpenPcscReader,
  openPcscReader,
  type PcscDirectoryOptions,
  PcscError,
  type PcscReader,
  pcscDirectory,
  type ServiceOptions,
} from "./pcsc/index.ts";
export { cardUid } from "./pseudo-apdu.ts";
export type {
  CardPresence,
  Reader,
  ReaderDirectory,
  ReaderEntry,
  ReaderInfo,
  ShareMode,
  TransmitOptions,
} from "./reader.ts";
export {
  type SerialDriverName,
  type SerialReaderOptions,
  serialDirectory,
  serialReader,
} from "./serial/open-reader.ts";
export {
  endsSession,
  inTransaction,
  isPassing,
  openPatiently,
  type PatientOpening,
} from "./session.ts";
export { simulatedDirectory, simulatedReader } from "./simulated.ts";
export { type ApduRecord, traced } from "./trace/index.ts";

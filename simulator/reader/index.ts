export { between } from "./between.ts";
export type { VirtualCard } from "./card-slot.ts";
export { type PcscPlatform, type ReaderCondition, ReaderFailure } from "./conditions.ts";
export { reachesByAir } from "./contactless/activation.ts";
export type { ReaderFault, ReaderFaultScope } from "./faults.ts";
export { InProcessReader } from "./in-process.ts";
export { type PcscEntry, SimulatedPcsc } from "./pcsc.ts";
export * as pn532 from "./pn532/index.ts";
export {
  type EmulatedReaderOptions,
  emulateReader,
  type SerialReaderName,
} from "./serial/emulated-reader.ts";
export type { SerialReader, ServedReader } from "./serial/serial-device.ts";
export type { CardSession, ShareMode } from "./sessions.ts";
export type { ReaderTraits } from "./traits.ts";
export * as twn4 from "./twn4/index.ts";
export { VPCD_PORT, VpcdCard, type VpcdOptions } from "./vpcd.ts";
export { encodeFrame, FrameDecoder, readRequest, type VpcdRequest } from "./vpcd-frame.ts";

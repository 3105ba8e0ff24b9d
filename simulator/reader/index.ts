export type { VirtualCard } from "./card-slot.ts";
export { type PcscPlatform, type ReaderCondition, ReaderFailure } from "./conditions.ts";
export { reachesByAir } from "./contactless/activation.ts";
export type { ReaderFault, ReaderFaultScope } from "./faults.ts";
export { InProcessReader } from "./in-process.ts";
export { type PcscEntry, SimulatedPcsc } from "./pcsc.ts";
export {
  type EmulatedReaderOptions,
  emulateReader,
  type SerialReaderName,
} from "./serial/emulated-reader.ts";
export type { SerialReader, ServedReader } from "./serial/serial-device.ts";
export type { CardSession, ShareMode } from "./sessions.ts";
export type { ReaderTraits } from "./traits.ts";
export { VPCD_PORT, VpcdCard, type VpcdOptions } from "./vpcd.ts";
export { encodeFrame, FrameDecoder, readRequest, type VpcdRequest } from "./vpcd-frame.ts";

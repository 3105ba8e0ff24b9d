export type { VirtualCard } from "./card-slot.ts";
export { type CardSession, InProcessReader } from "./in-process.ts";
export { VPCD_PORT, VpcdCard, type VpcdOptions } from "./vpcd.ts";
export { encodeFrame, FrameDecoder, readRequest, type VpcdRequest } from "./vpcd-frame.ts";

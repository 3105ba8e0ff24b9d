export { Pn532Chip, type Pn532ChipOptions } from "./chip.ts";
export * from "./codes.ts";
export type { Pn532Fault } from "./faults.ts";
export type { Pn532Model } from "./firmware.ts";
export { ACK, encodeFrame, FrameDecoder, NACK, type Pn532Frame } from "./frame.ts";

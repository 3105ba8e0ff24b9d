/**
 * The simulated world: a My Number card, its CAs, platforms, residents and readers. The only public
 * door of this floor.
 */
export * from "./card/index.ts";
export { type Clock, LabClock } from "./clock.ts";
export { CodecError, SimulatorError, type SimulatorErrorCode } from "./errors.ts";
export * from "./iso7816/index.ts";
export { Lab, type LabCard, type LabOptions } from "./lab/index.ts";
export { Random } from "./random.ts";
export { InProcessReader, type VirtualCard, VpcdCard } from "./reader/index.ts";

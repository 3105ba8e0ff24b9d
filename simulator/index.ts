/**
 * The simulated world: a My Number card, its CAs, platforms, residents and readers. The only public
 * door of this floor.
 *
 * @example
 * const lab = await Lab.open({ seed: "demo", keys: "/tmp/keys" });
 * const { card, pins } = await lab.issueCard("adult");
 * card.powerOn();
 * card.transmit(fromHex("00A4040C0AD392F000260100000001")); // 90 00
 */
export * from "./card/index.ts";
export * as clientSoftware from "./client-software/index.ts";
export { type Clock, LabClock } from "./clock.ts";
export { CodecError, SimulatorError, type SimulatorErrorCode } from "./errors.ts";
export * from "./iso7816/index.ts";
export * from "./lab/index.ts";
export * as pki from "./pki/index.ts";
export * as platform from "./platform/index.ts";
export { Random } from "./random.ts";
export * from "./reader/index.ts";
export * as residents from "./residents/index.ts";

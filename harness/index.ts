/**
 * The bench: readers, clients of the card and of the platforms, and `scenario()` to write connection
 * tests with. The only public door of this floor.
 */
export { expect } from "vitest";
export { fromHex, toHex } from "../simulator/iso7816/index.ts";
export * from "./actuator/index.ts";
export * from "./card/index.ts";
export * from "./client-software/index.ts";
export { type BenchConfig, defineConfig } from "./config/config.ts";
export { BenchError, type BenchErrorCode } from "./errors.ts";
export { type GuardPolicy, guarded } from "./guard/index.ts";
export * from "./platform/index.ts";
export * from "./reader/index.ts";
export * from "./record/index.ts";
export * from "./relying-party/index.ts";
export { indiscretions } from "./scenario/audit.ts";
export * from "./scenario/card-ap/index.ts";
export type { CardInHand, CardRequest } from "./scenario/card-in-hand.ts";
export type { ScenarioContext } from "./scenario/context.ts";
export type { Desk } from "./scenario/desk.ts";
export { counterfeit, endValidity } from "./scenario/false-card.ts";
export { japan } from "./scenario/japan.ts";
export * from "./scenario/jpki/index.ts";
export type { Need, ScenarioMeta, TriesConsumed } from "./scenario/meta.ts";
export * from "./scenario/platform/index.ts";
export type { People, PhoneAsk } from "./scenario/relying-party/people.ts";
export { type ScenarioBody, scenario } from "./scenario/scenario.ts";
export type { LocalAuthAsk, MkpfAsk, MunicipalSystems } from "./scenario/systems.ts";
export { type SoakFigures, soak } from "./soak/soak.ts";

export * from "./api.ts";
export type { Twn4Fault } from "./faults.ts";
export { encodeLine, LineDecoder, type Twn4Line } from "./line.ts";
export { Twn4, type Twn4Options } from "./module.ts";

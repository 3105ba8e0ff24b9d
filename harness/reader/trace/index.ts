export { type ApduRecord, traced } from "./traced.ts";

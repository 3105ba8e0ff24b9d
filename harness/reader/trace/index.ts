/** The trace: every exchange with a card told once, decoded and redacted. */
export { type ApduRecord, traced } from "./traced.ts";

/** What the bench and the process that holds a reader say to each other over IPC. */
import type { BenchErrorCode } from "../../errors.ts";
import type { ReaderEntry, ShareMode } from "../reader.ts";

export type { ShareMode };
/** A reader of the service, and the answer to reset of the card in it. */
export type PcscReaderEntry = ReaderEntry;

/** The verbs, each with what it is given and what it gives. */
export interface HostVerbs {
  list: { request: Record<never, never>; result: PcscReaderEntry[] };
  connect: { request: { reader: string; share: ShareMode }; result: Uint8Array };
  transmit: { request: { command: Uint8Array }; result: Uint8Array };
  control: { request: { code: number; data: Uint8Array }; result: Uint8Array };
  reset: { request: { kind: "warm" | "cold" }; result: Uint8Array };
  disconnect: { request: { power: "cut" | "keep" }; result: null };
}

export type HostVerb = keyof HostVerbs;

export type HostRequest = {
  [Verb in HostVerb]: { readonly id: number; readonly verb: Verb } & HostVerbs[Verb]["request"];
}[HostVerb];

export type HostReply =
  | { readonly id: number; readonly result: HostVerbs[HostVerb]["result"] }
  | { readonly id: number; readonly error: { code: BenchErrorCode; message: string } };

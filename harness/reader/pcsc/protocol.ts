/** What the bench and the process that holds a reader say to each other over IPC. */
import type { BenchErrorCode } from "../../errors.ts";
import type { ReaderEntry, ShareMode } from "../reader.ts";

/** `direct`: the reader alone, with a card in it or without; only `control` makes sense then. */
export type PcscShareMode = ShareMode | "direct";

type Nothing = Record<never, never>;

/** The verbs, each with what it is given and what it gives. */
export interface HostVerbs {
  list: { request: Nothing; result: ReaderEntry[] };
  connect: { request: { reader: string; share: PcscShareMode }; result: Connected };
  transmit: { request: { command: Uint8Array }; result: Uint8Array };
  control: { request: { code: number; data: Uint8Array }; result: Uint8Array };
  reset: { request: { kind: "warm" | "cold" }; result: Uint8Array };
  begin: { request: Nothing; result: null };
  end: { request: Nothing; result: null };
  disconnect: { request: { power: "cut" | "reset" | "keep" }; result: null };
}

export interface Connected {
  readonly atr: Uint8Array;
}

export type HostVerb = keyof HostVerbs;

export type HostRequest = {
  [Verb in HostVerb]: { readonly id: number; readonly verb: Verb } & HostVerbs[Verb]["request"];
}[HostVerb];

export interface HostError {
  readonly code: BenchErrorCode;
  readonly message: string;
  /** As PC/SC gave it, where it gave one. */
  readonly status?: number | undefined;
}

export type HostReply =
  | { readonly id: number; readonly result: HostVerbs[HostVerb]["result"] }
  | { readonly id: number; readonly error: HostError };

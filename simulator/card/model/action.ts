/** What a client may do to the card (card-facts section 4). */
import type { ModelAp } from "./tables.ts";

/** A file: the current one, or the one with a short identifier. */
export type Target = "current" | number;

/** How an application is called: by its whole name, by a beginning that only it has, or with FCI. */
export type Naming = "name" | "beginning" | "name, with FCI";

/** What is encrypted for SET SESSION KEY, or sent in place of it (card-facts 6.5). */
export type SessionBlock = "seed" | "other content" | "noise" | "beyond the modulus";

export type Action =
  | { readonly do: "select application"; readonly ap: ModelAp; readonly by: Naming }
  /** The state after power-on. */
  | { readonly do: "select issuer domain" }
  | { readonly do: "select master file" }
  | { readonly do: "select file"; readonly id: number }
  | { readonly do: "read"; readonly target: Target; readonly offset: number; readonly ne: number }
  /** `mode`: the low three bits of P2. */
  | {
      readonly do: "read record";
      readonly target: Target;
      readonly record: number;
      readonly mode: number;
    }
  | { readonly do: "get data"; readonly tag: number; readonly ne: number }
  | { readonly do: "update"; readonly target: Target }
  | { readonly do: "verify"; readonly target: Target; readonly pin: string }
  | { readonly do: "ask tries"; readonly target: Target }
  | { readonly do: "change PIN"; readonly header: string; readonly pin: string }
  /** `mode`: P1; `bytes`: how many of command data. */
  | {
      readonly do: "sign";
      readonly target: Target | "default";
      readonly mode: number;
      readonly bytes: number;
    }
  | { readonly do: "authenticate"; readonly target: Target }
  /** EXTERNAL AUTHENTICATE, with a signature that nobody made. */
  | { readonly do: "pretend"; readonly target: Target }
  /** `part`: P1-P2 of 80 A2, with data that are no certificate. */
  | { readonly do: "load no certificate"; readonly part: string }
  | { readonly do: "challenge"; readonly ne: number }
  | { readonly do: "set session key"; readonly block: SessionBlock }
  /** `ne` 0: the rest of the current file. */
  | { readonly do: "read in secret"; readonly offset: number; readonly ne: number }
  /** A secure message that is not formed as one, or has the class of messages with a MAC. */
  | { readonly do: "bad secure message"; readonly cla: "08" | "0C"; readonly ins: string }
  /** A command no rule of the card knows; `refused`: with which status is not known. */
  | { readonly do: "nonsense"; readonly apdu: string; readonly sw: number | "refused" };

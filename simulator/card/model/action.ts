/** What a client may do to the card, and the bytes it does it with (card-facts section 4). */
import { type ModelAp, TABLES } from "./tables.ts";

/** A file: the current one, or the one with a short identifier. */
export type Target = "current" | number;

export type Action =
  | { readonly do: "select application"; readonly ap: ModelAp }
  | { readonly do: "select file"; readonly id: number }
  | { readonly do: "read"; readonly target: Target; readonly offset: number; readonly ne: number }
  | { readonly do: "verify"; readonly target: Target; readonly pin: string }
  | { readonly do: "ask tries"; readonly target: Target }
  | { readonly do: "change PIN"; readonly header: string; readonly pin: string }
  | { readonly do: "sign"; readonly target: Target | "default" }
  | { readonly do: "authenticate"; readonly target: Target }
  | { readonly do: "challenge" }
  /** A command that no rule of the card knows. */
  | { readonly do: "nonsense"; readonly apdu: string; readonly sw: number };

const HASH = "AB".repeat(32);

/** The command APDU in hexadecimal; put together by hand, not by the codec. */
export function apdu(action: Action): string {
  switch (action.do) {
    case "select application":
      return `00A4040C0A${TABLES[action.ap].aid}`;
    case "select file":
      return `00A4020C02${byte(action.id >> 8)}${byte(action.id)}`;
    case "read":
      return `00B0${place(action.target, action.offset)}${byte(action.ne)}`;
    case "verify":
      return `002000${reference(action.target)}${withLength(action.pin)}`;
    case "ask tries":
      return `002000${reference(action.target)}`;
    case "change PIN":
      return `${action.header}${withLength(action.pin)}`;
    case "sign":
      return `802A02${action.target === "default" ? "00" : reference(action.target)}20${HASH}00`;
    case "authenticate":
      return `008800${reference(action.target)}20${HASH}00`;
    case "challenge":
      return "0084000010";
    case "nonsense":
      return action.apdu;
  }
}

/** As it is printed when a run fails: `verify {"target":24,"pin":"9999"} 002000980439393939`. */
export function describeAction(action: Action): string {
  const { do: name, ...details } = action;
  return `${name} ${JSON.stringify(details)} ${apdu(action)}`;
}

function place(target: Target, offset: number): string {
  return target === "current"
    ? byte(offset >> 8) + byte(offset)
    : byte(0x80 | target) + byte(offset);
}

function reference(target: Target): string {
  return target === "current" ? "80" : byte(0x80 | target);
}

function withLength(pin: string): string {
  return byte(pin.length) + Buffer.from(pin, "latin1").toString("hex");
}

function byte(value: number): string {
  return (value & 0xff).toString(16).padStart(2, "0").toUpperCase();
}

/**
 * What can go wrong between a PN532 and its host, each once and on demand: on the line (reader-facts
 * 4.2), in the chip, and on the air. What a fault does to a frame is a pure function.
 */
import { STATUS } from "./codes.ts";
import { NACK, SYNTAX_ERROR } from "./frame.ts";

/** Of the acknowledgement. The command is carried out, except where the chip is deaf to it. */
export type AckFault = { readonly kind: "lost-ack" | "nack" | "deaf" };

/** Of the frame that answers. The command was carried out. */
export type AnswerFault =
  | {
      readonly kind:
        | "lost-answer"
        | "bad-length-checksum"
        | "bad-data-checksum"
        /** The answer to some other command. */
        | "wrong-code"
        | "syntax-error"
        /** Every byte by itself. */
        | "split";
    }
  /** Noise before the frame. */
  | { readonly kind: "stray"; readonly bytes: Uint8Array }
  /** Only the first `length` bytes; the rest never comes. */
  | { readonly kind: "truncated"; readonly length: number }
  | { readonly kind: "delayed"; readonly milliseconds: number };

/** In the chip and on the air. */
export type CardFault =
  /** The command does not reach the card; this is the status instead. */
  | { readonly kind: "status"; readonly status: number }
  /** The card carries the command out, and is out of the field before it can answer. */
  | { readonly kind: "target-gone" }
  /** The chip loses its supply: nothing is answered, everything is forgotten. */
  | { readonly kind: "reset" };

export type Pn532Fault = AckFault | AnswerFault | CardFault;

/** What is sent instead of `ack`. */
export function faultyAck(ack: Uint8Array, fault: Pn532Fault | undefined): readonly Uint8Array[] {
  if (fault?.kind === "lost-ack") return [];
  return [fault?.kind === "nack" ? NACK : ack];
}

/** What is sent instead of `frame`, piece by piece. */
export function faultyAnswer(
  frame: Uint8Array,
  fault: Pn532Fault | undefined,
): readonly Uint8Array[] {
  switch (fault?.kind) {
    case "lost-answer":
      return [];
    case "bad-length-checksum":
      return [flipped(frame, isExtended(frame) ? 7 : 4)];
    case "bad-data-checksum":
      return [flipped(frame, frame.length - 2)];
    case "wrong-code":
      return [otherCode(frame)];
    case "syntax-error":
      return [SYNTAX_ERROR];
    case "split":
      return Array.from(frame, (byte) => Uint8Array.of(byte));
    case "stray":
      return [fault.bytes, frame];
    case "truncated":
      return [frame.subarray(0, fault.length)];
    default:
      return [frame];
  }
}

/** The status a card fault puts in the place of the card's answer. */
export function faultyStatus(fault: Pn532Fault | undefined): number | undefined {
  if (fault?.kind === "status") return fault.status;
  return fault?.kind === "target-gone" ? STATUS.timeout : undefined;
}

function isExtended(frame: Uint8Array): boolean {
  return frame[3] === 0xff && frame[4] === 0xff;
}

function flipped(frame: Uint8Array, at: number): Uint8Array {
  return frame.map((byte, i) => (i === at ? byte ^ 0xff : byte));
}

/** Two more in the code, two less in the checksum: a good frame that answers something else. */
function otherCode(frame: Uint8Array): Uint8Array {
  const code = isExtended(frame) ? 9 : 6;
  return frame.map((byte, i) => {
    if (i === code) return byte + 2;
    return i === frame.length - 2 ? byte - 2 : byte;
  });
}

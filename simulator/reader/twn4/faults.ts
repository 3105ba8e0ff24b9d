/**
 * What can go wrong between a TWN4 and its host, each once and on demand. The protocol has neither
 * checksums nor numbers, so a host notices less of it than with other readers.
 */

export type Twn4Fault =
  | {
      readonly kind:
        | "lost-answer"
        /** One digit becomes a letter that is none. */
        | "damaged"
        /** The line is cut off, and its end never comes. */
        | "truncated"
        /** Every byte by itself. */
        | "split"
        /** The card carries the command out, and is out of the field before it can answer. */
        | "target-gone"
        /** The module starts anew: nothing is answered, everything is forgotten. */
        | "reset";
    }
  /** Noise before the line. */
  | { readonly kind: "stray"; readonly bytes: Uint8Array }
  | { readonly kind: "delayed"; readonly milliseconds: number }
  /** The call is refused with this result. */
  | { readonly kind: "result"; readonly result: number };

/** What is sent instead of `line`, piece by piece. */
export function faultyLine(line: Uint8Array, fault: Twn4Fault | undefined): readonly Uint8Array[] {
  switch (fault?.kind) {
    case "lost-answer":
      return [];
    case "damaged":
      return [line.map((byte, i) => (i === 1 ? 0x47 : byte))];
    case "truncated":
      return [line.subarray(0, line.length >> 1)];
    case "split":
      return Array.from(line, (byte) => Uint8Array.of(byte));
    case "stray":
      return [fault.bytes, line];
    default:
      return [line];
  }
}

/**
 * The card of the tests as tables, written from card-facts sections 1 to 3 and not from the card's
 * code, so that the two can be held against each other.
 */

export type ModelAp = "jpki" | "text" | "visual" | "juki" | "common" | "card-ap" | "locked";

export interface ModelPin {
  readonly kind: "pin";
  readonly tries: number;
  readonly value: string;
  /** What a new value must look like; absent where the holder cannot change it. */
  readonly rule?: RegExp;
}

export type ModelFile =
  /** Readable once one of `by` is presented; `size` is unknown where the facts give none. */
  | {
      readonly kind: "bytes";
      readonly by: readonly number[] | "free" | "never";
      readonly size?: number;
    }
  | { readonly kind: "records" }
  | {
      readonly kind: "key";
      readonly by: readonly number[] | "free";
      readonly use: "sign" | "internal" | "session";
    }
  /** A public key against which somebody outside proves himself. */
  | { readonly kind: "proof" }
  | { readonly kind: "internal" }
  | ModelPin;

export interface ModelApplication {
  readonly aid: string;
  /** A beginning of the AID that no other application has. */
  readonly beginning?: string;
  /** By the issuer: it is selected with a warning, and then serves nobody. */
  readonly locked?: true;
  /** INS of the command that changes a PIN, with class and P1. */
  readonly change?: string;
  readonly defaultKey?: number;
  readonly files: Readonly<Record<number, ModelFile>>;
}

const internal: ModelFile = { kind: "internal" };
const free = (size: number): ModelFile => ({ kind: "bytes", by: "free", size });
const behind = (by: readonly number[], size?: number): ModelFile =>
  size === undefined ? { kind: "bytes", by } : { kind: "bytes", by, size };
const never: ModelFile = { kind: "bytes", by: "never" };

const FOUR = /^[0-9]{4}$/;
const PASSWORD = /^[A-Z0-9]{6,16}$/;

const pin = (tries: number, value: string, rule: RegExp): ModelFile => ({
  kind: "pin",
  tries,
  value,
  rule,
});
const code = (value: string): ModelFile => ({ kind: "pin", tries: 10, value });

const A = "123456789018";
const B = "02010220354321";

export const TABLES: Readonly<Record<ModelAp, ModelApplication>> = {
  // card-facts 2.1
  jpki: {
    aid: "D392F000260100000001",
    beginning: "D392F0",
    change: "00240180",
    files: {
      1: behind([0x1b], 1700),
      2: free(1304),
      5: never,
      6: free(160),
      8: free(3),
      9: never,
      10: free(1583),
      11: free(1319),
      16: internal,
      22: internal,
      23: { kind: "key", by: [0x18], use: "sign" },
      24: pin(3, "1234", FOUR),
      25: internal,
      26: { kind: "key", by: [0x1b], use: "sign" },
      27: pin(5, "PASSWORD", PASSWORD),
      28: internal,
      30: internal,
    },
  },
  // card-facts 2.2; the size of EF 0002 is a guess of the card's own
  text: {
    aid: "D3921000310001010408",
    change: "00240180",
    defaultKey: 0x13,
    files: {
      1: behind([0x11, 0x14], 17),
      2: behind([0x11, 0x15], 256),
      3: behind([0x11, 0x14, 0x15], 336),
      4: free(568),
      5: free(164),
      6: behind([0x11, 0x14, 0x15], 269),
      7: behind([0x11, 0x14, 0x15], 536),
      8: behind([0x11, 0x14, 0x15], 16),
      16: { kind: "key", by: "free", use: "session" },
      17: pin(3, "1234", FOUR),
      18: { kind: "pin", tries: 0, value: "" },
      19: { kind: "key", by: "free", use: "sign" },
      20: code(A),
      21: code(B),
      28: internal,
      30: internal,
    },
  },
  // card-facts 2.3
  visual: {
    aid: "D3921000310001010402",
    defaultKey: 0x1a,
    files: {
      1: behind([0x11], 547),
      2: behind([0x12, 0x13]),
      3: free(320),
      4: free(568),
      5: behind([0x13]),
      6: behind([0x12, 0x13], 16),
      17: code("020102"),
      18: code(B),
      19: code(A),
      26: { kind: "key", by: "free", use: "sign" },
    },
  },
  // card-facts 2.4
  juki: {
    aid: "D3921000310001010401",
    change: "80320080",
    files: { 2: { kind: "records" }, 28: pin(3, "2345", FOUR) },
  },
  // card-facts 2.5
  common: {
    aid: "D3921000310001010100",
    beginning: "D39210003100010101",
    change: "80320080",
    files: {
      1: { kind: "records" },
      2: { kind: "records" },
      25: { kind: "key", by: "free", use: "internal" },
      28: pin(3, "2345", FOUR),
      30: internal,
    },
  },
  // What free-area.ts loads; card-facts 6.4 knows of no application there.
  "card-ap": {
    aid: "D392990001",
    beginning: "D392990001",
    change: "00240180",
    files: {
      1: free(32),
      2: behind([0x11], 64),
      17: pin(3, "4321", FOUR),
      22: { kind: "proof" },
    },
  },
  locked: { aid: "D392990002", beginning: "D392990002", locked: true, files: {} },
};

/** Data objects before any application, with their sizes where the facts give one (2.7). */
export const OBJECT_SIZES: Readonly<Record<number, number | undefined>> = {
  66: 16,
  69: undefined,
  102: undefined,
  240: 5,
  242: 8,
  247: undefined,
  // A CV certificate of 568 bytes without the five in front of its content.
  248: 563,
  24401: 8,
  32545: 568,
};

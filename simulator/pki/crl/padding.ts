/**
 * Made-up revocations, to make a list as long as a real one may be (platform-facts 5.7: up to ten
 * million) and longer than some clients can read (PK-15, PK-16: libraries that stop at 10,000
 * objects or 16 MB). The same seed gives the same population, whatever is added at its end.
 *
 * UNVERIFIED: how often each reason is given; nobody has published a count.
 */
import { SimulatorError } from "../../errors.ts";
import { Random } from "../../random.ts";
import { LAST_SERIAL } from "../authority/serials.ts";
import type { RevokedColumns } from "./writer.ts";

/** The last numbers there are; the CAs, which count up, begin far below the first of them. */
export const MAX_PADDING = 50_000_000;
/** One number out of so many is revoked. */
const STRIDE = 16;
/** CRLReason codes, drawn evenly: mostly renewed, moved or given up. */
const REASONS = [4, 4, 4, 4, 4, 3, 3, 3, 3, 5, 5, 5, 6, 1, 2, 0];
const LONGEST_SPREAD = 365 * 24 * 60 * 60;
const ENTRIES_IN_A_DRAW = 1 << 14;

/** When they were revoked: in the first year between these. */
export interface PaddingTime {
  readonly from: Date;
  readonly until: Date;
}

/**
 * In the order of the numbers, which fall from the last there is.
 *
 * @param count how many
 * @throws SimulatorError PKI_INVALID for more than MAX_PADDING
 */
export function paddingEntries(
  count: number,
  seed: string,
  { from, until }: PaddingTime,
): RevokedColumns {
  requireCount(count);
  const first = seconds(from);
  const spread = Math.min(Math.max(seconds(until) - first, 1), LONGEST_SPREAD);
  const columns = emptyColumns(count);
  const random = new Random(`padding/${seed}`);
  let drawn: DataView = new DataView(new ArrayBuffer(0));
  for (let i = 0; i < count; i += 1) {
    const place = i % ENTRIES_IN_A_DRAW;
    if (place === 0) drawn = new DataView(random.bytes(4 * ENTRIES_IN_A_DRAW).buffer);
    const chance = drawn.getUint32(4 * place);
    const row = count - 1 - i;
    columns.serials[row] = LAST_SERIAL - i * STRIDE - (chance % STRIDE);
    columns.reasons[row] = REASONS[(chance >>> 4) % REASONS.length] ?? 0;
    columns.revokedAt[row] = first + ((chance >>> 8) % spread);
  }
  return columns;
}

function requireCount(count: number): void {
  if (Number.isInteger(count) && count >= 0 && count <= MAX_PADDING) return;
  throw new SimulatorError("PKI_INVALID", `a list can be padded with 0 to ${MAX_PADDING} entries`);
}

function seconds(date: Date): number {
  return Math.floor(date.getTime() / 1000);
}

export function joinColumns(a: RevokedColumns, b: RevokedColumns): RevokedColumns {
  if (b.serials.length === 0) return a;
  const joined = emptyColumns(a.serials.length + b.serials.length);
  for (const key of ["serials", "revokedAt", "reasons"] as const) {
    joined[key].set(a[key]);
    joined[key].set(b[key], a.serials.length);
  }
  return joined;
}

function emptyColumns(count: number): RevokedColumns {
  return {
    serials: new Uint32Array(count),
    revokedAt: new Uint32Array(count),
    reasons: new Uint8Array(count),
  };
}

/**
 * Made-up revocations, to make a list as long as a real one may be (platform-facts 5.7: up to ten
 * million) and longer than some clients can read (PK-15, PK-16: libraries that stop at 10,000
 * objects or 16 MB).
 */
import { SimulatorError } from "../../errors.ts";
import { REASON_CODE } from "../authority/revocation.ts";
import { LAST_SERIAL } from "../authority/serials.ts";
import type { RevokedColumns } from "./writer.ts";

/** The last numbers there are; the CAs, which count up, are more than a billion below them. */
const MAX_PADDING = 50_000_000;
const SPREAD_SECONDS = 365 * 24 * 60 * 60;

/**
 * @param count how many
 * @param before the latest was revoked before this
 */
export function paddingEntries(count: number, before: Date): RevokedColumns {
  if (!Number.isInteger(count) || count < 0 || count > MAX_PADDING) {
    throw new SimulatorError(
      "PKI_INVALID",
      `a list can be padded with 0 to ${MAX_PADDING} entries`,
    );
  }
  const end = Math.floor(before.getTime() / 1000);
  const columns = emptyColumns(count);
  for (let i = 0; i < count; i += 1) {
    columns.serials[i] = LAST_SERIAL - count + 1 + i;
    columns.revokedAt[i] = end - 1 - (i % SPREAD_SECONDS);
  }
  columns.reasons.fill(REASON_CODE.superseded);
  return columns;
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

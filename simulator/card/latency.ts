/**
 * How long a card and its link would take for a command, for benches that want the waiting as well.
 * The card itself never waits.
 *
 * UNVERIFIED: the numbers are the suggested defaults of reader-facts 6.3, assumptions made from air
 * time and from other cards; nobody has published measurements of this one.
 */
import type { Random } from "../random.ts";

export type LatencyProfile = "contact" | "contactless-424" | "contactless-106" | "pn532";

/** What a profile tells apart. `read` is for 256 bytes; other lengths take their share. */
interface Durations {
  readonly power: number;
  readonly select: number;
  readonly verify: number;
  readonly read: number;
  readonly sign: number;
}

const PROFILES: Readonly<Record<LatencyProfile, Durations>> = {
  contact: { power: 80, select: 10, verify: 40, read: 25, sign: 300 },
  "contactless-424": { power: 60, select: 8, verify: 40, read: 15, sign: 320 },
  "contactless-106": { power: 80, select: 12, verify: 45, read: 35, sign: 350 },
  pn532: { power: 120, select: 18, verify: 55, read: 60, sign: 400 },
};

const SIGMA = 0.15;
const TAIL_PERCENT = 1;
const TAIL_FACTOR = 5;
const BLOCK = 256;

/** INS of commands that compute with RSA, and of those that write a counter. */
const SIGNING = new Set([0x2a, 0x88, 0x82, 0xa2, 0xae]);
const VERIFYING = new Set([0x20, 0x24, 0x32]);

/** Typical milliseconds from command to response, the same every time. */
export function typicalLatency(
  profile: LatencyProfile,
  command: Uint8Array,
  responseBytes: number,
): number {
  const durations = PROFILES[profile];
  const ins = command[1] ?? 0;
  if (SIGNING.has(ins)) return durations.sign;
  if (VERIFYING.has(ins)) return durations.verify;
  const perByte = (durations.read - durations.select) / BLOCK;
  return durations.select + Math.max(0, responseBytes - 2) * perByte;
}

/** Typical milliseconds to power the card and get its answer to reset. */
export function powerLatency(profile: LatencyProfile): number {
  return PROFILES[profile].power;
}

/** Spreads a typical duration as real ones are: log-normal, and one in a hundred five times as long. */
export function spread(milliseconds: number, random: Random): number {
  const tail = random.below(100) < TAIL_PERCENT ? TAIL_FACTOR : 1;
  return milliseconds * Math.exp(SIGMA * normal(random)) * tail;
}

/** A standard normal number, by Box and Muller. */
function normal(random: Random): number {
  const uniform = () => (random.below(2 ** 32) + 1) / 2 ** 32;
  return Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform());
}

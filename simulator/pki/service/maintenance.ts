/**
 * Planned outages (platform-facts 5.2: for example a Sunday from 03:00 to 04:00 in Japan, when
 * 有効性確認, 失効申請 and everything else stood still).
 */
import type { Clock } from "../../clock.ts";
import { jstDay, startOfJstDay } from "../jst.ts";

const HOUR = 60 * 60 * 1000;
const DAY = 24 * HOUR;

export interface MaintenanceWindow {
  readonly from: Date;
  /** The first moment after it. */
  readonly until: Date;
}

/** 03:00 to 04:00 in Japan on the next Sunday; on this one as long as it is not over. */
export function sundayMaintenance(clock: Clock): MaintenanceWindow {
  const now = clock.now();
  for (let ahead = 0; ; ahead += 1) {
    const midnight = startOfJstDay(jstDay(new Date(now.getTime() + ahead * DAY)));
    const from = new Date(midnight.getTime() + 3 * HOUR);
    const until = new Date(from.getTime() + HOUR);
    // Midnight in Japan is still the Saturday in UTC.
    if (midnight.getUTCDay() === SATURDAY && until > now) return { from, until };
  }
}

const SATURDAY = 6;

/** Seconds until the service is back; undefined when it is there. */
export function secondsOfMaintenance(
  windows: readonly MaintenanceWindow[],
  now: Date,
): number | undefined {
  const present = windows.find(({ from, until }) => from <= now && now < until);
  if (present === undefined) return undefined;
  return Math.ceil((present.until.getTime() - now.getTime()) / 1000);
}

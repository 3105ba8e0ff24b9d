/** Moments by the wall clock of Japan, which knows no summer time, in a world whose clock stands anywhere. */
import type { Clock } from "../../simulator/clock.ts";

const DAY = 24 * 60 * 60_000;

/**
 * Moments in Japan, counted from the day after the world begins.
 *
 * @returns a function of days later (0 is that day) and the time as `08:30`
 */
export function japan({ clock }: { readonly clock: Clock }): (day: number, time: string) => Date {
  const tomorrow = new Date(clock.now().getTime() + DAY).toISOString().slice(0, 10);
  return (day, time) => new Date(Date.parse(`${tomorrow}T${time}:00+09:00`) + day * DAY);
}

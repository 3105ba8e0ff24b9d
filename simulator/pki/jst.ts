/**
 * The Japanese calendar day: everything about validity is counted in days of Japan Standard Time
 * (UTC+9, no summer time), written YYYYMMDD (card-facts section 7.4).
 */
import { SimulatorError } from "../errors.ts";

const OFFSET = 9 * 60 * 60 * 1000;

/** The day in Japan at an instant, YYYYMMDD. */
export function jstDay(at: Date): string {
  return jstStamp(at).slice(0, 8);
}

/** YYYYMMDDhhmmss in Japan. */
export function jstStamp(at: Date): string {
  return new Date(at.getTime() + OFFSET)
    .toISOString()
    .replace(/[^0-9]/g, "")
    .slice(0, 14);
}

/** 00:00:00 in Japan on a day. */
export function startOfJstDay(day: string): Date {
  const [, year, month, date] = /^(\d{4})(\d\d)(\d\d)$/.exec(day) ?? [];
  const midnight = Date.UTC(Number(year), Number(month) - 1, Number(date)) - OFFSET;
  if (Number.isNaN(midnight) || jstDay(new Date(midnight)) !== day) {
    throw new SimulatorError("PKI_INVALID", `"${day}" is not a day written YYYYMMDD`);
  }
  return new Date(midnight);
}

/** 23:59:59 in Japan on a day, which is 14:59:59Z: the last second of a certificate. */
export function endOfJstDay(day: string): Date {
  return new Date(startOfJstDay(day).getTime() + 24 * 60 * 60 * 1000 - 1000);
}

/**
 * The n-th birthday that comes after `day`; one that falls on `day` itself does not count.
 *
 * UNVERIFIED: somebody born on 29 February has a birthday on 28 February every year, as the
 * ordinance on the card is remembered to say.
 */
export function birthdayAfter(birthDate: string, day: string, n: number): string {
  startOfJstDay(birthDate);
  const birthday = birthDate.endsWith("0229") ? "0228" : birthDate.slice(4);
  const passed = birthday <= day.slice(4) ? 1 : 0;
  const year = Number(day.slice(0, 4)) + n - 1 + passed;
  return `${String(year).padStart(4, "0")}${birthday}`;
}

/** Completed years of age on a day. */
export function ageOn(birthDate: string, day: string): number {
  const years = Number(day.slice(0, 4)) - Number(birthDate.slice(0, 4));
  return day.slice(4) >= birthDate.slice(4) ? years : years - 1;
}

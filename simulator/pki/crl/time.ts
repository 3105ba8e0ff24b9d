/**
 * Times of entries, by the million: read and written four digits at a time, and without an object for
 * any of them (RFC 5280 section 4.1.2.5). Seconds since 1970 on this side.
 */

/** 1 January 2050 in seconds: from here on times are GeneralizedTime, two bytes longer. */
export const YEAR_2050 = Date.UTC(2050, 0, 1) / 1000;
const YEAR_2100 = Date.UTC(2100, 0, 1) / 1000;
const DAY = 86_400;
const Z = 0x5a;

/** Seconds since 1970 of `YYMMDDhhmmssZ`; -1 for no time, and for one before 1970. */
export function utcSeconds(view: DataView, at: number): number {
  const month = view.getInt32(at);
  const hour = view.getInt32(at + 4);
  const second = view.getInt32(at + 8);
  if ((notDigits(month) | notDigits(hour) | notDigits(second)) !== 0) return -1;
  if (view.getUint8(at + 12) !== Z) return -1;
  const yymm = pairs(month);
  const ddhh = pairs(hour);
  const mmss = pairs(second);
  const day = dayOf(yymm >>> 16, yymm & 0xff, ddhh >>> 16);
  const hh = ddhh & 0xff;
  const mm = mmss >>> 16;
  const ss = mmss & 0xff;
  if (day < 0 || hh > 23 || mm > 59 || ss > 59) return -1;
  return day * 86400 + hh * 3600 + mm * 60 + ss;
}

/** 0 when four bytes are ASCII digits: 3 in the upper half of each, and still 3 with 6 added. */
function notDigits(four: number): number {
  return ((four & 0xf0f0f0f0) ^ 0x30303030) | (((four + 0x06060606) & 0xf0f0f0f0) ^ 0x30303030);
}

/** Four ASCII digits as two numbers of two digits, sixteen bits each. */
function pairs(four: number): number {
  return ((four >>> 8) & 0x000f000f) * 10 + (four & 0x000f000f);
}

/** First day of each month, in days since 1970; RFC 5280 section 4.1.2.5.1: 50 to 99 are before 2000. */
const MONTHS = 13;
const FIRST_DAYS = Int32Array.from({ length: 100 * MONTHS }, (_, i) => {
  const year = Math.floor(i / MONTHS);
  return Date.UTC(year < 50 ? 2000 + year : 1900 + year, i % MONTHS, 1) / 86_400_000;
});

/** Days since 1970; negative when there is no such day, or it is before 1970. */
function dayOf(year: number, month: number, day: number): number {
  if (month < 1 || month > 12) return -1;
  const at = year * MONTHS + month - 1;
  const first = FIRST_DAYS[at] ?? 0;
  const next = FIRST_DAYS[at + 1] ?? 0;
  return day >= 1 && day <= next - first ? first + day - 1 : -1;
}

/**
 * Writes a Time with its tag and length at `at`; gives the place behind it.
 *
 * @param seconds since 1970, of 32 bits
 */
export function writeTime(view: DataView, at: number, seconds: number): number {
  const day = Math.floor(seconds / DAY);
  const rest = seconds - day * DAY;
  const minute = Math.floor(rest / 60);
  const place = seconds < YEAR_2050 ? utcStart(view, at) : generalizedStart(view, at, seconds);
  if (YYMM[day] === 0) rememberDay(day);
  view.setUint32(place, YYMM[day] ?? 0);
  view.setUint16(place + 4, DD[day] ?? 0);
  view.setUint32(place + 6, HHMM[minute] ?? 0);
  view.setUint16(place + 10, twoDigits(rest - minute * 60));
  view.setUint8(place + 12, Z);
  return place + 13;
}

function utcStart(view: DataView, at: number): number {
  view.setUint16(at, 0x170d);
  return at + 2;
}

function generalizedStart(view: DataView, at: number, seconds: number): number {
  view.setUint16(at, 0x180f);
  view.setUint16(at + 2, twoDigits(seconds < YEAR_2100 ? 20 : 21));
  return at + 4;
}

/** In ASCII, as a number of two bytes. */
function twoDigits(value: number): number {
  const tens = Math.floor(value / 10);
  return 0x3030 + tens * 0x100 + (value - tens * 10);
}

/** Millions of entries share a few thousand days; ASCII by day since 1970, 0 until it was needed. */
const DAYS = Math.floor(0xffffffff / DAY) + 1;
const YYMM = new Uint32Array(DAYS);
const DD = new Uint16Array(DAYS);

function rememberDay(day: number): void {
  const date = new Date(day * DAY * 1000);
  const month = twoDigits(date.getUTCMonth() + 1);
  YYMM[day] = twoDigits(date.getUTCFullYear() % 100) * 0x10000 + month;
  DD[day] = twoDigits(date.getUTCDate());
}

/** ASCII by minute of the day. */
const HHMM = Uint32Array.from(
  { length: 24 * 60 },
  (_, minute) => twoDigits(Math.floor(minute / 60)) * 0x10000 + twoDigits(minute % 60),
);

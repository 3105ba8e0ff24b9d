/** Times as people read them. Japan has one time zone and no summer time. */
import type { Language } from "./language.ts";

export const JST_OFFSET = 9 * 60 * 60 * 1000;

/** `3 ms`, `1.24 s`, `2 min 5 s`; the units are the same in both languages. */
export function duration(milliseconds: number): string {
  if (milliseconds < 999.5) return `${Math.round(milliseconds)} ms`;
  if (milliseconds < 59_995) return `${(milliseconds / 1000).toFixed(2)} s`;
  const seconds = Math.round(milliseconds / 1000);
  return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}

/** ISO 8601 UTC to `2026年11月21日 15:04:05 (JST)` or `2026-11-21 15:04:05 JST`. */
export function japanTime(at: string, language: Language): string {
  const shifted = new Date(Date.parse(at) + JST_OFFSET).toISOString();
  const [, year, month, day, time] = /^(\d+)-(\d+)-(\d+)T([\d:]+)/.exec(shifted) ?? [];
  if (language === "en") return `${year}-${month}-${day} ${time} JST`;
  return `${year}年${Number(month)}月${Number(day)}日 ${time} (JST)`;
}

/** From one moment to another, naming the day once where it is the same. */
export function japanPeriod(from: string, to: string, language: Language): string {
  const start = japanTime(from, language);
  const end = japanTime(to, language);
  if (start === end) return start;
  const sameDay = start.split(" ")[0] === end.split(" ")[0];
  const bare = start.replace(/ \(?JST\)?$/, "");
  return `${bare} ${language === "ja" ? "～" : "–"} ${sameDay ? end.split(" ").slice(1).join(" ") : end}`;
}

/** The two languages of the product. */
import type { Bilingual } from "../journal/events.ts";

export type Language = "ja" | "en";

/** A function that gives the text in `language`. */
export function speaker(language: Language): (text: Bilingual) => string {
  return (text) => text[language];
}

/** What is the same in both languages: codes, ids, values. */
export function same(text: string): Bilingual {
  return { ja: text, en: text };
}

/** Which of the two languages a person reads. */
import type { Language } from "../../reports/index.ts";

/** The language of the locale; Japanese where the locale says nothing about English. */
export function localeLanguage(environment: NodeJS.ProcessEnv = process.env): Language {
  const locale = environment.LC_ALL || environment.LC_MESSAGES || environment.LANG || "";
  return locale.startsWith("en") ? "en" : "ja";
}

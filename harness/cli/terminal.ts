/**
 * Everything the command line says goes through here: results to stdout, the rest to stderr. With
 * `--json` stdout carries one document and nothing else.
 */
import type { Language } from "../../reports/index.ts";
import { localeLanguage } from "./language.ts";

export interface CommonOptions {
  readonly json?: boolean;
  readonly lang?: Language;
  readonly seed?: string;
  readonly verbose?: boolean;
}

export class Terminal {
  readonly json: boolean;
  readonly language: Language;

  constructor(options: CommonOptions) {
    this.json = options.json ?? false;
    this.language = options.lang ?? localeLanguage();
  }

  /** Whether lines for people may carry colour. */
  get color(): boolean {
    return process.stdout.isTTY === true && !process.env.NO_COLOR;
  }

  /** The text in the reader's language. */
  say(text: { readonly ja: string; readonly en: string }): string {
    return text[this.language];
  }

  /** A line for people; silent with `--json`. */
  line(text = ""): void {
    if (!this.json) process.stdout.write(`${text}\n`);
  }

  /** The result for programs; silent without `--json`. */
  document(value: unknown): void {
    if (this.json) process.stdout.write(`${JSON.stringify(value)}\n`);
  }

  notice(text: string): void {
    process.stderr.write(`${text}\n`);
  }
}

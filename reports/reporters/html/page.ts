/**
 * The frame of a page that needs nothing else. A content security policy names its own style and script
 * by their hashes (W3C CSP Level 3) and refuses everything else, so that not even a flaw of the
 * escaping lets recorded text act.
 */
import { createHash } from "node:crypto";
import type { Language } from "../../text/language.ts";
import { html, Markup } from "./markup.ts";

export interface Page {
  readonly lang: Language;
  readonly title: string;
  readonly style: string;
  /** Absent where there is none. */
  readonly script?: string;
}

/** Everything up to and with the beginning of `body`. */
export function pageHead({ lang, title, style, script }: Page): Markup {
  const policy = [
    "default-src 'none'",
    `style-src ${hash(style)}`,
    ...(script === undefined ? [] : [`script-src ${hash(script)}`]),
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
  return html`<!doctype html>
<html lang="${lang}" data-language="${lang}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
<title>${title}</title>
<style>${new Markup(style)}</style>
</head>
<body>
`;
}

/** Two radio buttons and a style rule: it works without any script. */
export function languageChoice(lang: Language): Markup {
  const choice = (value: Language, name: string) =>
    html`<label lang="${value}"><input type="radio" name="language" id="language-${value}" value="${value}"${
      value === lang ? html` checked` : undefined
    }><span>${name}</span></label>`;
  return html`<fieldset class="language"><legend class="unseen">言語 / Language</legend>${choice("ja", "日本語")}${choice("en", "English")}</fieldset>`;
}

function hash(content: string): string {
  return `'sha256-${createHash("sha256").update(content, "utf8").digest("base64")}'`;
}

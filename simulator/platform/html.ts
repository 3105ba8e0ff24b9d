/** HTML pages of the emulated platforms: escaping by default, and one plain layout, both languages. */
import { NOTICE } from "./notice.ts";

/** Text that is HTML already. Only `html` makes it. */
export class Html {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

type Part = string | Html | readonly Html[] | undefined;

/** Builds HTML; every value that is not itself `Html` is escaped, for text and attributes alike. */
export function html(strings: TemplateStringsArray, ...parts: readonly Part[]): Html {
  const text = strings.reduce((sum, literal, i) => sum + render(parts[i - 1]) + literal);
  return new Html(text);
}

export interface Page {
  readonly title: string;
  readonly body: Html;
}

/** A whole document; its heading says that this is not the real platform. */
export function page({ title, body }: Page): string {
  return html`<!doctype html>
<html lang="ja">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<style>
body { font: 1rem/1.7 Noto Sans CJK JP, Hiragino Sans, system-ui, sans-serif; max-width: 46rem; margin: 2rem auto; padding: 0 1rem; background: #f1efe9; color: #1b1b1b; }
h1 { font: 700 1.35rem/1.5 Noto Serif CJK JP, Hiragino Mincho ProN, serif; border-bottom: 3px double #8a877e; padding-bottom: 0.5rem; }
main { background: #fff; border: 1px solid #d5d2c9; padding: 1rem 1.6rem 1.4rem; }
.notice { background: #fff4ce; border-left: 0.3rem solid #b58900; padding: 0.5rem 1rem; font-size: 0.85rem; }
form { margin: 1rem 0; }
label { display: block; margin: 0.5rem 0; }
input:not([type=radio], [type=checkbox]), select { font: inherit; padding: 0.3rem 0.6rem; border: 1px solid #6e6b62; background: #fff; }
fieldset, details { border: 1px solid #d5d2c9; margin: 0.9rem 0; padding: 0.3rem 1rem; }
fieldset label { margin: 0.15rem 0; }
summary { cursor: pointer; }
button { font: inherit; font-weight: 700; padding: 0.4rem 1.6rem; border: 1px solid #333; background: #333; color: #fff; cursor: pointer; }
button[value=decline], form[action$=cancel] button { background: #fff; color: #333; }
:focus-visible { outline: 3px solid #f2a900; outline-offset: 2px; }
.trouble { color: #a40000; }
.trouble:empty { display: none; }
</style>
</head>
<body>
<p class="notice">${NOTICE}</p>
<h1>${title}</h1>
${body}
</body>
</html>
`.text;
}

function render(part: Part): string {
  if (part === undefined) return "";
  if (part instanceof Html) return part.text;
  if (typeof part === "string") return escapeText(part);
  return part.map(({ text }) => text).join("\n");
}

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

function escapeText(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? "");
}

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
body { font: 1rem/1.7 system-ui, sans-serif; max-width: 40rem; margin: 2rem auto; padding: 0 1rem; }
.notice { background: #fff4ce; border-left: 0.3rem solid #b58900; padding: 0.5rem 1rem; font-size: 0.85rem; }
form { margin: 1rem 0; }
label { display: block; margin: 0.5rem 0; }
button { font: inherit; padding: 0.4rem 1.2rem; }
.trouble { color: #a40000; }
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

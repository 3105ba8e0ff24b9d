/** The lab's web page: what there is in this world at a glance, and what can be done to it. */
import { html } from "../platform/html.ts";
import { pageHead } from "./clock.ts";
import { readers, seen, services } from "./machines.ts";
import { people } from "./people.ts";
import { SCRIPT } from "./script.ts";
import { STYLE } from "./style.ts";
import { trouble } from "./trouble.ts";
import type { ConsoleView } from "./view.ts";

export function consolePage(view: ConsoleView): string {
  const body = html`<body>
${pageHead(view)}
<main>
<div>${people(view)}</div>
<div>${readers(view)}${trouble(view)}${seen(view)}${services(view)}</div>
</main>
<div id="told" role="alert"></div>`;
  return `<!doctype html>
<html lang="ja">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>jpki-bench lab</title>
<style>${STYLE}</style>
${body.text}
<script>${SCRIPT}</script>
</body>
</html>
`;
}

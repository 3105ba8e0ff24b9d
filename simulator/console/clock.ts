/** Head of the lab's web page: whose world this is, and what time it is in it. */
import { type Html, html } from "../platform/html.ts";
import { japanTime, operate } from "./parts.ts";
import type { ConsoleView } from "./view.ts";

const STEPS = [
  { label: "+1時間", seconds: 3600 },
  { label: "+1日", seconds: 86_400 },
  { label: "+30日", seconds: 30 * 86_400 },
  { label: "+1年", seconds: 365 * 86_400 },
];

export function pageHead({ now, running, seed }: ConsoleView): Html {
  return html`<header>
<div><h1>jpki-bench 模擬環境</h1>
<p>すべて試験用の合成データです。実在の人物・証明書とは関係ありません。 <span lang="en">Everything here is synthetic test data.</span></p></div>
<div class="clock">
<p class="time"><time datetime="${now.toISOString()}">${japanTime(now)}</time> <small>JST ${running ? "進行中" : "停止中"}　seed <code>${seed}</code></small></p>
<div class="actions">${STEPS.map(({ label, seconds }) => operate("moveClock", label, { seconds }))}
${operate("setClock", running ? "止める" : "動かす", { running: !running })}</div>
</div>
</header>`;
}

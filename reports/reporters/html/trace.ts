/** What was exchanged with cards and platforms, as two tables numbered in one order of time. */
import type { ApduExchanged, HttpExchanged } from "../../journal/events.ts";
import type { Exchange } from "../../journal/summary.ts";
import { duration } from "../../text/format.ts";
import { WORDS } from "../../text/words.ts";
import { bytes } from "./hex.ts";
import { type Content, html, type Markup } from "./markup.ts";
import { both, row, table } from "./parts.ts";

export const APDU_TRACE = { ja: "カードとの通信(APDU)", en: "Exchanges with the card (APDU)" };
export const HTTP_TRACE = {
  ja: "プラットフォームとの通信(HTTP)",
  en: "Exchanges with platforms (HTTP)",
};

export interface Numbered<E> {
  readonly number: number;
  readonly exchange: E;
}

/** The exchanges of each kind, numbered by their place among all. */
export function numbered(exchanges: readonly Exchange[]) {
  const apdus: Numbered<ApduExchanged>[] = [];
  const https: Numbered<HttpExchanged>[] = [];
  exchanges.forEach((exchange, i) => {
    if (exchange.type === "apdu") apdus.push({ number: i + 1, exchange });
    else https.push({ number: i + 1, exchange });
  });
  return { apdus, https };
}

export function apduTable(exchanges: readonly Numbered<ApduExchanged>[]): Markup {
  const heads = [
    { ja: "番号", en: "No." },
    WORDS.step,
    { ja: "命令と意味", en: "Command and meaning" },
    { ja: "送信 / 受信", en: "Sent / received" },
    { ja: "SW", en: "SW" },
    WORDS.time,
  ];
  return table("trace apdu", APDU_TRACE, heads, exchanges.map(apduRow));
}

function apduRow({ number, exchange }: Numbered<ApduExchanged>): Markup {
  const { label, meaning, command, response, sw, error, step, milliseconds } = exchange;
  const meant = meaning && html`<div class="meaning">${both(meaning)}</div>`;
  const answer = error === undefined ? bytes(response) : html`<code class="bad">${error}</code>`;
  return row([
    { kind: "number", content: number },
    { kind: "number in-step", content: step },
    { kind: "what", content: [html`<div>${both(label)}</div>`, meant] },
    { kind: "data", content: [sent(bytes(command)), received(answer)] },
    { kind: `sw ${sw === undefined || isSuccess(sw) ? "" : "notable"}`, content: sw ?? "—" },
    { kind: "time", content: duration(milliseconds) },
  ]);
}

/** 9000, and 61xx which announces more bytes (ISO/IEC 7816-4 section 5.6). */
function isSuccess(sw: string): boolean {
  return sw === "9000" || sw.startsWith("61");
}

export function httpTable(exchanges: readonly Numbered<HttpExchanged>[]): Markup {
  const heads = [
    { ja: "番号", en: "No." },
    WORDS.step,
    { ja: "相手と要求", en: "Peer and request" },
    { ja: "送信 / 受信", en: "Sent / received" },
    { ja: "状態", en: "Status" },
    WORDS.time,
  ];
  return table("trace http", HTTP_TRACE, heads, exchanges.map(httpRow));
}

function httpRow({ number, exchange }: Numbered<HttpExchanged>): Markup {
  const { peer, method, path, request, response, status, error, step, milliseconds } = exchange;
  const bad = error !== undefined || (status ?? 0) >= 400;
  const answer = error === undefined ? json(response) : html`<code class="bad">${error}</code>`;
  return row([
    { kind: "number", content: number },
    { kind: "number in-step", content: step },
    {
      kind: "what",
      content: html`<div>${peer}</div><code>${method} ${path}</code>`,
    },
    { kind: "data", content: [request && sent(json(request)), answer && received(answer)] },
    { kind: `sw ${bad ? "notable" : ""}`, content: status ?? "—" },
    { kind: "time", content: duration(milliseconds) },
  ]);
}

function json(body: Readonly<Record<string, unknown>> | undefined): Markup | undefined {
  if (body === undefined) return undefined;
  const text = JSON.stringify(body, null, 2);
  const lines = text.split("\n");
  if (lines.length <= READABLE_LINES) return html`<pre>${text}</pre>`;
  const amount = both({ ja: `全${lines.length}行`, en: `${lines.length} lines` });
  return html`<details class="long"><summary>JSON (${amount})</summary><pre>${text}</pre></details>`;
}

/** Bodies of more lines than these are folded. */
const READABLE_LINES = 24;

function sent(content: Content): Markup {
  const word = both({ ja: "送信", en: "Sent" });
  return html`<div class="way sent"><span class="unseen">${word}</span>${content}</div>`;
}

function received(content: Content): Markup {
  const word = both({ ja: "受信", en: "Received" });
  return html`<div class="way received"><span class="unseen">${word}</span>${content}</div>`;
}

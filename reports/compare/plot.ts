/**
 * Response times by command and reader, as a picture: the mark stands at the median, its line ends
 * at the 95th percentile. Readers differ by orders of magnitude, so the scale is logarithmic.
 */
import { type Content, html, type Markup } from "../reporters/html/markup.ts";
import type { Comparison } from "./comparison.ts";
import type { Latency } from "./latency.ts";
import { latencyText, milliseconds } from "./words.ts";

/** Sizes in user units; 1 is a pixel where the page is as wide as the picture. */
const WIDTH = 960;
const LEFT = 250;
const RIGHT = 24;
const TOP = 12;
const LANE = 13;
const GAP = 12;
const AXIS = 30;

/** Shapes as well as colours: a picture is printed, and not everybody tells colours apart. */
const SHAPES: readonly ((x: number, y: number) => Markup)[] = [
  (x, y) => html`<circle cx="${x}" cy="${y}" r="4.5"/>`,
  (x, y) => html`<path d="M${x} ${y - 5.5}l5.5 5.5l-5.5 5.5l-5.5-5.5z"/>`,
  (x, y) => html`<path d="M${x - 4.5} ${y - 4.5}h9v9h-9z"/>`,
  (x, y) => html`<path d="M${x} ${y - 5.5}l5.5 10h-11z"/>`,
];

export function latencyPlot({ columns, commands }: Comparison): Markup | undefined {
  const measured = commands.flatMap(({ latencies }) =>
    latencies.filter((one) => one !== undefined),
  );
  if (measured.length === 0) return undefined;
  const scale = logarithmic(measured);
  const rowHeight = columns.length * LANE + GAP;
  const bottom = TOP + commands.length * rowHeight;
  const rows = commands.map(({ command, latencies }, row) => {
    const top = TOP + row * rowHeight;
    const middle = top + (columns.length * LANE) / 2;
    const marks = latencies.map(
      (latency, column) =>
        latency &&
        markOf(latency, scale, {
          column,
          y: top + column * LANE + LANE / 2,
          label: columns[column]?.label ?? "",
        }),
    );
    return html`<text class="name" x="${LEFT - 14}" y="${middle + 4}">${command}</text>${marks}
`;
  });
  return html`<figure class="plot"><ul class="key">${columns.map(({ label }, i) => keyOf(label, i))}</ul>
<svg viewBox="0 0 ${WIDTH} ${bottom + AXIS}" role="img" aria-label="Response times">
${axis(scale, bottom)}${rows}</svg></figure>
`;
}

interface Scale {
  readonly ticks: readonly number[];
  readonly x: (milliseconds: number) => number;
}

/** From the power of ten below the smallest time to the one above the largest. */
function logarithmic(measured: readonly Latency[]): Scale {
  const positive = (value: number) => Math.max(value, 0.001);
  const low = Math.floor(Math.log10(positive(Math.min(...measured.map(({ median }) => median)))));
  const high = Math.max(
    low + 1,
    Math.ceil(Math.log10(positive(Math.max(...measured.map(({ p95 }) => p95))))),
  );
  const span = (WIDTH - LEFT - RIGHT) / (high - low);
  return {
    ticks: Array.from({ length: high - low + 1 }, (_, i) => 10 ** (low + i)),
    x: (value) => round(LEFT + (Math.log10(positive(value)) - low) * span),
  };
}

function axis({ ticks, x }: Scale, bottom: number): Content {
  return ticks.map(
    (tick) => html`<path class="grid" d="M${x(tick)} ${TOP - 6}V${bottom}"/>
<text class="tick" x="${x(tick)}" y="${bottom + 18}">${Number(tick.toPrecision(1))} ms</text>
`,
  );
}

interface Lane {
  readonly column: number;
  readonly y: number;
  readonly label: string;
}

function markOf(latency: Latency, { x }: Scale, { column, y, label }: Lane): Markup {
  const from = x(latency.median);
  return html`<g class="series-${column % SHAPES.length}"><title>${label}: ${latencyText(latency)} ms (${latency.count})</title><path class="range" d="M${from} ${y}H${x(latency.p95)}"/>${shape(column, from, y)}<text class="value" x="${x(latency.p95) + 8}" y="${y + 3.5}">${milliseconds(latency.median)}</text></g>
`;
}

function keyOf(label: string, column: number): Markup {
  return html`<li><svg class="series-${column % SHAPES.length}" viewBox="0 0 14 14" aria-hidden="true">${shape(column, 7, 7)}</svg> ${label}</li>`;
}

function shape(column: number, x: number, y: number): Markup | undefined {
  return SHAPES[column % SHAPES.length]?.(x, y);
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

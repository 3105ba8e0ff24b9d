/** What the page of a comparison has beyond the looks all reports share. */
export const COMPARISON_STYLE = `
:root { --series-0: #1f3f6b; --series-1: #b4541a; --series-2: #2b7a4b; --series-3: #7a3b8f; }
@media (prefers-color-scheme: dark) { :root { --series-0: #a3bfe8; --series-1: #f0a878; --series-2: #7fcb9b; --series-3: #cf9fe0; } }
.series-0 { color: var(--series-0); } .series-1 { color: var(--series-1); }
.series-2 { color: var(--series-2); } .series-3 { color: var(--series-3); }
.plot { margin: 0.5rem 0 0; }
.plot > svg { display: block; width: 100%; height: auto; font: 12px var(--gothic); }
.plot :is(circle, path) { fill: currentColor; }
.plot .range { fill: none; stroke: currentColor; stroke-width: 2; stroke-linecap: round; opacity: 0.55; }
.plot .grid { fill: none; stroke: var(--rule); }
.plot .name { fill: var(--ink); text-anchor: end; font: 12px var(--mono); }
.plot .tick { fill: var(--quiet); text-anchor: middle; }
.plot .value { fill: var(--quiet); font-size: 10px; }
.key { display: flex; flex-wrap: wrap; gap: 0.25rem 1.75rem; list-style: none; font-size: 0.875rem; }
.key svg { width: 0.875rem; height: 0.875rem; vertical-align: -0.125rem; }
.matrix { font-size: 0.875rem; }
.matrix :is(th, td) { padding: 0.3125rem 0.5rem; border-bottom: 1px solid var(--rule); }
.matrix thead :is(th, td) { border-top: 1px solid var(--strong); border-bottom-color: var(--strong); color: var(--quiet); font-size: 0.8125rem; font-weight: 400; }
.matrix tbody th { font-weight: 400; }
.matrix .cell { text-align: center; width: 8.5rem; }
.matrix .differs > * { background: var(--tint); }
.matrix .differs th { font-weight: 600; }
.differences dl { margin-top: 0.25rem; }
.differences dl > div { display: grid; grid-template-columns: 11rem 1fr; gap: 0 0.75rem; }
.differences dt { color: var(--quiet); }
.differences li { list-style: none; padding: 0.5rem 0; border-bottom: 1px solid var(--rule); }
.numbers { margin-top: 1rem; font-size: 0.8125rem; }
.note { color: var(--quiet); font-size: 0.8125rem; }
.agree { margin-top: 1.25rem; }
`;

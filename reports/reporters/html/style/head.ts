/** The head of the page: the choice of language, the title, the verdict and the facts of the run. */
export const HEAD = `
.language { display: flex; justify-content: end; gap: 0.25rem; font-size: 0.8125rem; }
.language label { cursor: pointer; }
.language input, .choices input { position: absolute; opacity: 0; }
.language span { display: block; padding: 0.125rem 0.625rem; border: 1px solid transparent; color: var(--quiet); }
.language :checked + span { border-color: var(--strong); color: var(--ink); }
:focus-visible + span { outline: 2px solid var(--accent); outline-offset: 2px; }
.heading { display: flex; flex-wrap: wrap; gap: 1rem 2rem; justify-content: space-between; align-items: end;
  padding-bottom: 1.25rem; border-bottom: 3px double var(--strong); }
.subject { color: var(--quiet); font: 0.9375rem var(--mincho); letter-spacing: 0.08em; }
h1 { font: 600 1.875rem/1.35 var(--mincho); letter-spacing: 0.12em; }
html:has(#language-en:checked) h1, html:has(#language-en:checked) .subject { letter-spacing: 0.01em; }
.conclusion { padding: 0.25rem 1.25rem; border: 2px solid currentColor; outline: 1px solid currentColor;
  outline-offset: 2px; font: 600 1.375rem/1.5 var(--mincho); letter-spacing: 0.12em; }
.conclusion.incomplete { color: var(--interrupted); }
.facts { display: grid; grid-template-columns: 1fr 1fr; margin-top: 1.5rem;
  border: solid var(--rule); border-width: 1px 0 0 1px; }
.facts > div { display: grid; grid-template-columns: 7.5rem 1fr; border: solid var(--rule); border-width: 0 1px 1px 0; }
.facts > .wide { grid-column: 1 / -1; }
.facts dt { padding: 0.375rem 0.75rem; background: var(--tint); color: var(--quiet); font-size: 0.8125rem; line-height: 1.5rem; }
.facts dd { padding: 0.375rem 0.75rem; }
.facts ul { display: flex; flex-wrap: wrap; gap: 0 1.75rem; }
.facts li span { color: var(--quiet); }
.totals { display: flex; flex-wrap: wrap; margin: 1.25rem 0 0; border: solid var(--rule); border-width: 1px 0; }
.totals > div { flex: 1 1 6rem; padding: 0.625rem 0.75rem; text-align: center; }
.totals > div + div { border-inline-start: 1px solid var(--rule); }
.totals dt { color: var(--quiet); font-size: 0.8125rem; }
.totals dd { font: 600 1.75rem/1.3 var(--gothic); font-variant-numeric: tabular-nums; }
.none, .none dd { color: var(--quiet) !important; font-weight: 400 !important; }
.remarks { margin-top: 1.25rem; padding: 0.75rem 1rem; border-inline-start: 4px solid var(--interrupted); background: var(--tint); }
.remarks h2 { font-size: 0.9375rem; }
.remarks ul { padding-inline-start: 1.25rem; }
`;

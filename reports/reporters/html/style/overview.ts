/** The two short tables at the top. */
export const OVERVIEW = `
main { counter-reset: section; padding-top: 0.5rem; padding-bottom: 1.5rem; }
.numbered > h2, footer h2 { margin: 2.25rem 0 0.75rem; font: 600 1.1875rem/1.4 var(--mincho); letter-spacing: 0.06em; }
.numbered > h2::before { counter-increment: section; content: counter(section) ". "; }
.systems th, .systems td { padding: 0.4375rem 0.5rem; border-bottom: 1px solid var(--rule); }
.systems thead > tr > * { border-top: 1px solid var(--strong); border-bottom-color: var(--strong);
  color: var(--quiet); font-size: 0.8125rem; font-weight: 400; }
.systems tbody th { font-weight: 400; }
.systems tfoot > tr > * { border-top: 1px solid var(--strong); border-bottom-color: var(--strong); font-weight: 600; }
.figure { text-align: end; font-variant-numeric: tabular-nums; white-space: nowrap; }
.short { display: none; }
.bar { width: 24%; min-width: 6rem; }
.bar svg { display: block; width: 100%; height: 0.625rem; margin-top: 0.5rem; background: var(--tint); }
.broken { list-style: none; border-top: 1px solid var(--strong); }
.broken li { display: grid; grid-template-columns: 7rem 1fr; gap: 0 0.5rem; padding: 0.5rem; border-bottom: 1px solid var(--rule); }
.broken .where { grid-column: 2; color: var(--quiet); font-size: 0.875rem; }
.chip { white-space: nowrap; font-weight: 600; font-size: 0.875rem; }
.chip > [aria-hidden] { display: inline-block; width: 1.25em; text-align: center; }
#filters { display: flex; flex-wrap: wrap; gap: 0.75rem 1.25rem; align-items: end; padding: 0.875rem 1rem;
  background: var(--tint); border: 1px solid var(--rule); font-size: 0.875rem; }
#filters legend, #filters > label { color: var(--quiet); font-size: 0.8125rem; }
#filters select, #filters input[type="search"], #listing button { display: block; font: inherit; font-size: 0.875rem; color: var(--ink);
  background: var(--sheet); border: 1px solid var(--strong); border-radius: 2px; padding: 0.25rem 0.5rem; min-height: 2.125rem; max-width: 100%; }
#filters .words { flex: 1 1 12rem; }
#filters input[type="search"] { width: 100%; }
#listing button { cursor: pointer; }
.choices, .buttons { display: flex; flex-wrap: wrap; gap: 0.25rem; }
.choices label { position: relative; cursor: pointer; }
.choices label > span { display: block; padding: 0.25rem 0.625rem; min-height: 2.125rem; line-height: 1.5rem; color: var(--ink);
  border: 1px solid var(--rule); background: var(--sheet); border-radius: 2px; font-size: 0.875rem; }
.choices small { color: var(--quiet); font-variant-numeric: tabular-nums; }
.choices :checked + span { border-color: var(--accent); box-shadow: inset 0 0 0 1px var(--accent); color: var(--accent); }
#listing { display: flex; flex-wrap: wrap; gap: 0.25rem 1rem; justify-content: space-between; align-items: center; margin-top: 0.5rem; }
#shown { color: var(--quiet); font-size: 0.8125rem; }
#shown.partial { color: var(--interrupted); }
`;

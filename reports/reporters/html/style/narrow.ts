/** What is other on a narrow screen. */
export const NARROW = `
@media screen and (max-width: 46rem) {
  body { padding: 0; font-size: 0.9375rem; }
  header, main, footer { padding-inline: 1rem; border-width: 0; }
  header { padding-top: 1rem; }
  h1 { font-size: 1.5rem; letter-spacing: 0.06em; }
  .conclusion { font-size: 1.125rem; }
  .facts { grid-template-columns: 1fr; }
  .facts > div { grid-template-columns: 6.5rem 1fr; }
  .totals > div { flex-basis: 33%; padding: 0.375rem; }
  .totals > div:nth-child(4) { border-inline-start: 0; }
  .totals dd { font-size: 1.375rem; }
  .systems .bar, .systems .time { display: none; }
  .systems th, .systems td { padding-inline: 0.25rem; }
  .spelled { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  .short { display: inline; }
  .broken li { grid-template-columns: 1fr; }
  .broken .where { grid-column: 1; }
  .scenario > summary { grid-template-columns: auto auto 1fr; }
  .scenario > summary h4 { grid-column: 1 / -1; grid-row: 2; }
  .scenario > summary .effect { display: none; }
  .scenario > summary .time { grid-column: 3; }
  .body { padding-inline-start: 0; }
  .failure dl > div { grid-template-columns: 1fr; }
  .about { grid-template-columns: 1fr; }
  .trace thead, .evidence thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  .trace, .trace tbody, .evidence, .evidence tbody { display: block; }
  .trace tr { display: grid; grid-template-columns: 1.75rem 1fr auto; gap: 0 0.5rem; padding: 0.5rem 0; border-bottom: 1px solid var(--rule); }
  .trace tr > td, .evidence tr > td { border: 0; padding: 0; }
  .trace :is(.number, .what, .sw), .evidence .what { width: auto; }
  .trace tr > .in-step, .trace tr > .time { display: none; }
  .trace tr > .data { grid-column: 2 / -1; }
  .trace tr > .what { grid-column: 2; } .trace tr > .sw { grid-column: 3; grid-row: 1; }
  .evidence tr { display: block; padding: 0.375rem 0; border-bottom: 1px solid var(--rule); }
  .evidence tr > td { display: block; }
  .evidence tr > .what { color: var(--quiet); font-size: 0.8125rem; }
  .evidence tr > .number { display: none; }
}
`;

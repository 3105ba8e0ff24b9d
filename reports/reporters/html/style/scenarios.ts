/** The list of scenarios with its filters, and all that is folded up in each. */
export const SCENARIOS = `
.system h3 { margin-top: 1.5rem; padding-bottom: 0.375rem; border-bottom: 1px solid var(--strong); font-size: 1rem; }
.system h3 small { color: var(--quiet); font-weight: 400; }
.scenario { border-bottom: 1px solid var(--rule); }
summary { cursor: pointer; list-style: none; }
summary::-webkit-details-marker { display: none; }
.scenario > summary, .part > summary { position: relative; padding-inline-start: 1.25rem; }
.scenario > summary::before, .part > summary::before { content: ""; position: absolute; left: 0.25rem; top: 1.05rem;
  border: solid var(--quiet); border-width: 0 1.5px 1.5px 0; width: 0.4rem; height: 0.4rem; transform: rotate(-45deg); }
.part > summary::before { top: 0.55rem; }
details[open] > summary::before { transform: rotate(45deg); }
.scenario > summary { display: grid; grid-template-columns: 7rem 5rem 1fr auto 5rem; gap: 0 0.5rem; align-items: baseline;
  padding-block: 0.5rem; padding-inline-end: 0.25rem; }
.scenario > summary:hover { background: var(--tint); }
.scenario > summary h4 { font-size: inherit; font-weight: 400; }
.scenario[open] > summary h4 { font-weight: 600; }
.scenario .effect, .scenario > summary .time { color: var(--quiet); font-size: 0.8125rem; }
.time { text-align: end; font-variant-numeric: tabular-nums; white-space: nowrap; }
.flaky { color: var(--interrupted); font-weight: 400; }
.why { display: block; color: var(--quiet); }
.scenario:target > summary { background: var(--tint); }
.body { padding: 0.25rem 0 1.5rem 1.25rem; }
.body h5 { font-size: 0.9375rem; }
.body section, .part { margin-top: 1rem; }
.about { display: grid; grid-template-columns: repeat(auto-fit, minmax(15rem, 1fr)); gap: 0 1.5rem; font-size: 0.8125rem; }
.about > div { display: flex; gap: 0.75rem; }
.about > .wide { grid-column: 1 / -1; }
.about dt { color: var(--quiet); flex: none; }
.failure { padding: 0.75rem 1rem; border-inline-start: 4px solid currentColor; background: var(--tint); }
.failure dl { margin-top: 0.375rem; color: var(--ink); }
.failure dl > div { display: grid; grid-template-columns: 7rem 1fr; gap: 0 0.75rem; }
.failure dt { color: var(--quiet); font-size: 0.8125rem; line-height: 1.5rem; }
.failure pre { line-height: 1.5rem; }
.steps { list-style: none; margin-top: 0.25rem; }
.steps .steps { margin: 0 0 0 1.75rem; border-inline-start: 1px solid var(--rule); padding-inline-start: 0.5rem; }
.step { display: flex; gap: 0.375rem; padding: 0.125rem 0; }
.steps .passed, .steps .interrupted, .steps .failed { color: inherit; }
.step > .mark.passed { color: var(--passed); } .step > .mark.failed { color: var(--failed); } .step > .mark.interrupted { color: var(--interrupted); }
.steps .failed > .step > .what { color: var(--failed); font-weight: 600; }
.step > .mark { flex: none; width: 1.25em; text-align: center; font-weight: 600; }
.step > .number, .step > .time { flex: none; color: var(--quiet); }
.step > .what { flex: 1; }
.step > .time { font-size: 0.8125rem; }
.evidence, .trace { margin-top: 0.375rem; font-size: 0.875rem; }
.evidence :is(th, td), .trace :is(th, td) { padding: 0.3125rem 0.5rem; border: solid var(--rule); border-width: 1px 0; }
.evidence th, .trace th { color: var(--quiet); font-size: 0.8125rem; font-weight: 400; background: var(--tint); white-space: nowrap; }
.evidence .what { width: 38%; }
.evidence .number { width: 4rem; }
.part > summary h5, .part > summary .count { display: inline; }
.part > summary .count { color: var(--quiet); font-size: 0.8125rem; }
.part.attempt { padding-inline-start: 0; }
.part.attempt > :not(summary) { margin-inline-start: 1.25rem; }
.trace .number, .trace .sw { white-space: nowrap; font-variant-numeric: tabular-nums; }
.trace .number { width: 3rem; color: var(--quiet); }
.trace .what { width: 32%; }
.trace .sw { width: 4rem; font-family: var(--mono); }
.trace .time { width: 4.5rem; color: var(--quiet); }
.bad { color: var(--failed); }
.notable { color: var(--interrupted); font-weight: 600; }
.meaning { color: var(--quiet); }
.way { display: flex; gap: 0.5rem; }
.way::before { flex: none; color: var(--quiet); font-size: 0.8125rem; }
.sent::before { content: "→"; } .received::before { content: "←"; }
.way > * { min-width: 0; }
.long > summary { color: var(--accent); }
`;

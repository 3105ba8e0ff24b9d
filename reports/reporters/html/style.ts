/**
 * The looks of the page: a ruled form on a sheet of paper, in the typefaces a Japanese office has.
 * One file for the whole, in the order of the page; screens first, then narrow ones, then paper.
 */
import { customProperties, DARK, LIGHT } from "./palette.ts";

const BASE = `
:root { color-scheme: light dark; ${customProperties(LIGHT)}
  --mincho: "Hiragino Mincho ProN", "Yu Mincho", "YuMincho", "BIZ UDPMincho", "Noto Serif CJK JP", "Noto Serif JP", serif;
  --gothic: "Hiragino Sans", "Hiragino Kaku Gothic ProN", "Yu Gothic UI", "BIZ UDPGothic", "Noto Sans CJK JP", "Noto Sans JP", Meiryo, sans-serif;
  --mono: ui-monospace, "SF Mono", Menlo, Consolas, "Noto Sans Mono CJK JP", "DejaVu Sans Mono", monospace; }
@media (prefers-color-scheme: dark) { :root { ${customProperties(DARK)} } }
* { box-sizing: border-box; }
[hidden] { display: none !important; }
html { -webkit-text-size-adjust: 100%; scroll-padding-top: 1rem; }
body { margin: 0; padding: 1.5rem 1rem 3rem; background: var(--desk); color: var(--ink);
  font: 0.9375rem/1.65 var(--gothic); font-feature-settings: "palt" 0; overflow-wrap: anywhere; }
header, main, footer { max-width: 66rem; margin: 0 auto; padding: 0 3rem; background: var(--sheet);
  border: 0 solid var(--rule); border-width: 0 1px; }
header { padding-top: 2.25rem; border-top-width: 1px; }
footer { padding-bottom: 2.5rem; border-bottom-width: 1px; }
h1, h2, h3, h4, h5, p, dl, dd, ul, ol, pre, fieldset { margin: 0; padding: 0; }
h2, h3, h4, h5 { line-height: 1.4; }
fieldset { border: 0; min-width: 0; }
ul.plain { list-style: none; }
table { border-collapse: collapse; width: 100%; }
th { font-weight: 600; text-align: start; }
th, td { vertical-align: top; }
code, pre, .id { font-family: var(--mono); font-size: 0.9em; }
pre { white-space: pre-wrap; }
a { color: var(--accent); text-underline-offset: 0.2em; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
.unseen { position: absolute; width: 1px; height: 1px; margin: -1px; overflow: hidden;
  clip-path: inset(50%); white-space: nowrap; }
.skip { position: absolute; left: -100vw; padding: 0.5rem 1rem; background: var(--sheet); }
.skip:focus { left: 1rem; top: 0.5rem; z-index: 2; }
span[lang="en"] { display: none; }
html:has(#language-en:checked) span[lang="en"] { display: revert; }
html:has(#language-en:checked) span[lang="ja"] { display: none; }
.passed { color: var(--passed); } .failed { color: var(--failed); }
.skipped { color: var(--skipped); } .interrupted { color: var(--interrupted); }
rect { fill: currentColor; }
`;

const HEAD = `
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

const OVERVIEW = `
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

const SCENARIOS = `
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

const FOOT = `
footer { color: var(--quiet); font-size: 0.8125rem; }
footer h2 { color: var(--ink); font-size: 1rem; margin-top: 0; padding-top: 1.25rem; border-top: 3px double var(--strong); }
.legend { display: grid; grid-template-columns: repeat(auto-fit, minmax(18rem, 1fr)); gap: 0 1.5rem; margin-top: 0.75rem; }
.legend > div { display: flex; gap: 0.75rem; }
.legend dt { flex: none; color: var(--ink); }
.signatures { display: none; }
`;

const NARROW = `
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

const PAPER = `
@page { size: A4; margin: 16mm 15mm 18mm; @bottom-center { content: counter(page) " / " counter(pages); font-size: 8pt; } }
@media print {
  :root { color-scheme: light; ${customProperties(LIGHT)} }
  html { font-size: 9pt; }
  body { padding: 0; background: none; font-size: 1rem; line-height: 1.5; print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  header, main, footer { max-width: none; padding: 0; border: 0; }
  .language, .skip, #filters, .buttons { display: none; }
  #listing:not(:has(.partial)) { display: none; }
  h2, h3, h5, summary { break-after: avoid; }
  tr, .failure, .facts > div, .step, .signatures { break-inside: avoid; }
  .numbered > h2 { margin-top: 1.5rem; }
  .scenario > summary { padding-block: 0.25rem; break-inside: avoid; }
  .scenario > summary::before, .part > summary::before { display: none; }
  .scenario > summary, .part > summary { padding-inline-start: 0; }
  .body { padding-inline-start: 0; }
  .part:not([open]) { display: none; }
  .long::details-content { content-visibility: visible; block-size: auto; }
  a { color: inherit; text-decoration: none; }
  .signatures { display: flex; justify-content: end; margin-top: 1.5rem; color: var(--ink); }
  .signatures > div { width: 42mm; height: 24mm; padding: 1mm 2mm; border: 1px solid var(--strong); }
  .signatures > div + div { border-inline-start: 0; }
}
`;

export const STYLE = [BASE, HEAD, OVERVIEW, SCENARIOS, FOOT, NARROW, PAPER].join("");

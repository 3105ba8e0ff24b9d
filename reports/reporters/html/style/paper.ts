/** What is other on paper. */
import { customProperties, LIGHT } from "../palette.ts";

export const PAPER = `
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

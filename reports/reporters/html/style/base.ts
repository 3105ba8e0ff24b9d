/** What the whole page has in common: colours, typefaces, and what is seen in one language only. */
import { customProperties, DARK, LIGHT } from "../palette.ts";

export const BASE = `
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

/** Looks of the lab's web page: two columns on a desk, one on a small screen, light or dark. */
export const STYLE = `
:root { color-scheme: light dark; --line: color-mix(in srgb, currentColor 16%, transparent); --soft: color-mix(in srgb, currentColor 5%, transparent); --good: light-dark(#176b3a, #7ddba3); --bad: light-dark(#a3261d, #ff9a8f); --accent: light-dark(#1d4f91, #8ab8ff) }
* { box-sizing: border-box }
body { font: 15px/1.6 "Hiragino Sans", "Yu Gothic UI", "BIZ UDPGothic", "Noto Sans CJK JP", "Noto Sans JP", Meiryo, system-ui, sans-serif; margin: 0 auto; max-width: 100rem; padding: 1.5rem 2rem; background: light-dark(#eceae4, #0e1012); color: light-dark(#1b1d20, #e7e5e0) }
header, section { background: light-dark(#fff, #17191c) }
section { margin-top: 1.25rem; padding: .25rem 1.25rem 1rem; border: 1px solid var(--line) } section h2 { margin: .75rem 0 .5rem }
header { padding: 1rem 1.25rem; display: flex; flex-wrap: wrap; gap: .5rem 2rem; justify-content: space-between; align-items: end; border: 1px solid var(--line); border-bottom: 3px double var(--accent) }
header p { margin: 0; font-size: .85rem; opacity: .8 } h1 { font: 600 1.6rem/1.4 "Hiragino Mincho ProN", "Yu Mincho", "BIZ UDPMincho", "Noto Serif CJK JP", "Noto Serif JP", serif; letter-spacing: .06em; margin: 0 }
header .time { font-size: 1.5rem; opacity: 1; font-variant-numeric: tabular-nums; line-height: 1.2 }
.clock { text-align: right } .clock .actions { justify-content: end }
main { display: grid; grid-template-columns: minmax(0, 3fr) minmax(0, 2fr); gap: 0 1.5rem; align-items: start }
@media (max-width: 64rem) { main { grid-template-columns: minmax(0, 1fr) } .clock { text-align: left } .clock .actions { justify-content: start } }
h2 { font-size: 1.05rem; margin: 1.5rem 0 .5rem } small { opacity: .7 }
article { border: 1px solid var(--line); border-radius: .25rem; padding: .6rem .9rem; margin: .6rem 0 }
.card { background: var(--soft); border-radius: .4rem; padding: .4rem .6rem; margin: .4rem 0 }
.line { margin: .15rem 0 } .pin { display: inline-block; margin-right: 1rem }
.scroll { overflow-x: auto } table { border-collapse: collapse; width: 100% }
th, td { text-align: left; padding: .35rem .75rem .35rem 0; border-bottom: 1px solid var(--line); vertical-align: top }
th { font-weight: 600; font-size: .8rem; opacity: .75 } code { font-size: .92em; overflow-wrap: anywhere }
.badge { border-radius: .3rem; padding: 0 .4rem; font-size: .85em; border: 1px solid currentColor; white-space: nowrap }
.good { color: var(--good) } .bad { color: var(--bad) } .plain { color: var(--accent) }
form { display: inline-flex; max-width: 100%; flex-wrap: wrap; gap: .3rem; align-items: center; margin: .1rem 0 } label { font-size: .85rem; white-space: nowrap }
.actions { display: flex; flex-wrap: wrap; gap: .3rem .8rem }
button, select, input { font: inherit; font-size: .9rem; padding: .15rem .5rem; border: 1px solid var(--line); border-radius: .3rem; background: light-dark(#fff, #222); color: inherit; max-width: 100%; min-width: 0 }
input[type=number] { width: 4.5rem } button { cursor: pointer; background: var(--soft) } button:hover { border-color: var(--accent) }
#told { position: fixed; inset: auto 1rem 1rem auto; max-width: 32rem; background: light-dark(#fff, #222); border: 2px solid var(--bad); border-radius: .5rem; padding: .6rem 1rem; box-shadow: 0 .3rem 1rem #0004; white-space: pre-wrap } #told:empty { display: none }
`;

/**
 * The one style sheet of the built-in relying parties; `--accent` is set by each page. It has no quotes,
 * which would be escaped on the way into a page.
 */
export const STYLE = `
* { box-sizing: border-box }
body { margin: 0; background: #f1efe9; color: #1b1b1b; font: 16px/1.7 Noto Sans CJK JP, Hiragino Sans, system-ui, sans-serif }
a { color: var(--accent) }
[lang=en] { font-size: .82em; color: #555; font-weight: 400 }
header { background: #fff; border-top: .4rem solid var(--accent); border-bottom: 1px solid #d5d2c9; padding: .9rem max(1.5rem, calc(50vw - 34rem)); display: grid; grid-template-columns: 1fr auto; align-items: center }
header p { margin: 0 } header .owner { font-size: .85rem; color: #555; grid-column: 1 }
header .name { grid-column: 1; font: 700 1.35rem/1.4 Noto Serif CJK JP, Hiragino Mincho ProN, serif }
header .name a { color: inherit; text-decoration: none }
header .corner { grid-column: 2; grid-row: 1 / span 2; text-align: right; display: flex; gap: 1rem; align-items: center }
main { max-width: 68rem; margin: 1.5rem auto; padding: 1.25rem 2rem 2rem; background: #fff; border: 1px solid #d5d2c9 }
h1 { font: 700 1.5rem/1.4 Noto Serif CJK JP, Hiragino Mincho ProN, serif; margin: .2rem 0 1.2rem; padding-bottom: .6rem; border-bottom: 3px double #8a877e }
h2 { font-size: 1.08rem; margin: 0 0 .7rem } h2 small { font-weight: 400 }
section { margin: 0 0 1.6rem } section.box { border: 1px solid #d5d2c9; padding: 1rem 1.25rem; margin: 0 }
.columns { display: grid; grid-template-columns: repeat(auto-fit, minmax(19rem, 1fr)); gap: 1.25rem; margin-bottom: 1.6rem; align-items: stretch } .columns.top { align-items: start }
dl { display: grid; grid-template-columns: max-content 1fr; margin: 0; border-top: 1px solid #d5d2c9 }
dt, dd { margin: 0; padding: .42rem .9rem; border-bottom: 1px solid #d5d2c9 } dt { background: #f6f5f0; font-size: .92rem }
.scroll { overflow-x: auto } table { border-collapse: collapse; width: 100% }
th, td { text-align: left; padding: .5rem .7rem; border-bottom: 1px solid #d5d2c9; vertical-align: top }
th { background: #f6f5f0; border-top: 2px solid #555; font-size: .9rem; white-space: nowrap }
label { display: block; margin: .6rem 0 .2rem; font-size: .95rem }
fieldset { border: 1px solid #d5d2c9; margin: .8rem 0; padding: .4rem 1rem .7rem } fieldset label { margin: .35rem 0 }
input[type=text], input[type=password], select, textarea { font: inherit; width: 100%; padding: .4rem .6rem; border: 1px solid #6e6b62; background: #fff }
input.short { max-width: 14rem } textarea { min-height: 6rem }
button { font: inherit; font-weight: 700; padding: .45rem 1.3rem; border: 1px solid var(--accent); background: var(--accent); color: #fff; cursor: pointer }
button [lang=en] { color: inherit; font-weight: 400 } form button { margin-top: .7rem } form.one { margin: 0 } form.one button { margin-top: .2rem }
td form.one button { margin: 0; padding: .1rem .8rem }
button.quiet { background: #fff; color: var(--accent) }
:focus-visible { outline: 3px solid #f2a900; outline-offset: 2px }
.notice { border-left: .4rem solid; padding: .55rem 1rem; margin: 0 0 1.2rem } .notice p { margin: .1rem 0 }
.notice.ok { border-color: #17693a; background: #edf6f0 } .notice.no { border-color: #a3261d; background: #fbeeec }
.notice.open { border-color: #b07d00; background: #fff6dc } .notice.info { border-color: #2a5885; background: #eef4fa }
.verdict { font-weight: 700; white-space: nowrap } .verdict.ok { color: #17693a } .verdict.no { color: #a3261d } .verdict.open { color: #7a5600 }
.steps { margin: .2rem 0 .9rem; padding-left: 1.3rem; font-size: .95rem } .muted { color: #555; font-size: .92rem }
code { font: .95em Noto Sans Mono CJK JP, monospace } .actions { display: flex; flex-wrap: wrap; gap: .8rem; margin-top: 1rem } .actions button { margin: 0 }
.paper { border: 1px solid #8a877e; padding: 1.4rem 1.8rem; background: linear-gradient(#fffdf6, #fffdf6) ; position: relative }
.paper h2 { text-align: center; font: 700 1.3rem Noto Serif CJK JP, serif; letter-spacing: .3em }
.paper .sample { position: absolute; right: 1.4rem; top: 1rem; border: 2px solid #a3261d; color: #a3261d; padding: 0 .6rem; font-weight: 700 }
pre { font: inherit; white-space: pre-wrap; margin: 0 }
footer { max-width: 68rem; margin: 0 auto 2rem; padding: 0 2rem; font-size: .85rem; color: #555 }
@media print { body { background: #fff } header, footer, form { display: none } main { border: 0 } }
`;

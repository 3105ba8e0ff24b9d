/** The lab's web page: what there is in this world, at a glance. */
import type { CertificateRow, LabAddresses, ResidentRow } from "../lab/rows.ts";

export interface ConsoleView {
  readonly addresses: LabAddresses;
  readonly seed: string;
  readonly now: Date;
  readonly residents: readonly ResidentRow[];
  readonly certificates: readonly CertificateRow[];
}

export function consolePage(view: ConsoleView): string {
  const { addresses } = view;
  return `<!doctype html>
<html lang="ja">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>jpki-bench lab</title>
<style>${STYLE}</style>
<body>
<header>
<h1>jpki-bench 模擬環境</h1>
<p>すべて試験用の合成データです。実在の人物・証明書とは関係ありません。<br>
<span lang="en">Everything here is synthetic test data.</span></p>
</header>
<main>
<h2>接続先 <small lang="en">services</small></h2>
${table(
  ["サービス", "アドレス"],
  [
    ["OCSP", code(addresses.ocsp)],
    ["CRL 利用者証明用", code(addresses.crl.auth)],
    ["CRL 署名用", code(addresses.crl.sign)],
    ["MKPF 類型② 検証環境（非規範）", code(addresses.mkpf.verification)],
    ["MKPF 類型② 本番環境（非規範）", code(addresses.mkpf.production)],
    ["地方認証プラットフォーム（非規範）", code(addresses.localAuthPf)],
    ["デジタル認証アプリ（非規範）", code(addresses.digitalAuthApp)],
    ["4情報提供サービス（非規範）", code(addresses.attributeProvision)],
  ],
)}
<h2>住民とカード <small lang="en">residents and cards</small></h2>
${table(
  ["住民", "人物像", "氏名", "住所", "カード", "利用者証明用", "署名用"],
  view.residents.flatMap((resident) => rows(resident, view)),
)}
<p>seed ${code(view.seed)}　時刻 ${code(view.now.toISOString())}</p>
</main>
</body>
</html>
`;
}

/** One for the card, and one for the smartphone of those who have one. */
function rows(resident: ResidentRow, view: ConsoleView): string[][] {
  const { id, persona, name, address, card, smartphone } = resident;
  const carriers = smartphone === undefined ? [card] : [card, smartphone];
  return carriers.map((carrier) => [
    html(id),
    html(persona),
    html(name),
    html(address),
    html(carrier?.id ?? "—"),
    serial(carrier?.authSerial, view),
    serial(carrier?.signSerial, view),
  ]);
}

function serial(text: string | undefined, { certificates }: ConsoleView): string {
  if (text === undefined) return "—";
  const row = certificates.find((one) => one.serial === text);
  const state =
    row?.status === "revoked"
      ? `<span class="revoked">失効 ${html(row.reason ?? "")}</span>`
      : `<span class="good">有効</span>`;
  return `${code(text)} ${state}`;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const cells = (tag: string, row: readonly string[]) =>
    row.map((cell) => `<${tag}>${cell}</${tag}>`).join("");
  return `<div class="scroll"><table><thead><tr>${cells("th", head)}</tr></thead><tbody>${rows
    .map((row) => `<tr>${cells("td", row)}</tr>`)
    .join("\n")}</tbody></table></div>`;
}

function code(text: string): string {
  return `<code>${html(text)}</code>`;
}

function html(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}

const STYLE = `
:root { color-scheme: light dark; --line: color-mix(in srgb, currentColor 18%, transparent) }
body { font: 16px/1.7 system-ui, "Hiragino Sans", "Noto Sans CJK JP", sans-serif; margin: 0 auto; max-width: 84rem; padding: 2rem 1.25rem }
h1 { font-size: 1.5rem; margin: 0 } h2 { font-size: 1.1rem; margin: 2rem 0 .5rem } small { font-weight: 400; opacity: .65 }
.scroll { overflow-x: auto } table { border-collapse: collapse; width: 100% }
th, td { text-align: left; padding: .45rem .75rem .45rem 0; border-bottom: 1px solid var(--line); white-space: nowrap }
th { font-weight: 600; font-size: .85rem; opacity: .75 } code { font-size: .9em }
.good { color: light-dark(#176b3a, #7ddba3) } .revoked { color: light-dark(#a3261d, #ff9a8f) }
`;

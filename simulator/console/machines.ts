/** Readers, services and what platforms have seen, on the lab's web page. */
import { PLATFORMS } from "../lab/platforms.ts";
import { COUNTER_READER } from "../lab/readers.ts";
import { type Html, html } from "../platform/html.ts";
import { badge, code, japanTime, operate, section, table } from "./parts.ts";
import type { ConsoleView, SeenRow } from "./view.ts";

export function readers({ readers: all }: ConsoleView): Html {
  const rows = all.map(({ name, device, lying }) => [
    html`<strong>${name}</strong> <small>${device.kind} ${device.place}</small>`,
    lying === undefined
      ? html`<small>空</small>`
      : html`${badge("plain", lying.label)} <small>${lying.side}</small>`,
    html`<div class="actions">${lying === undefined ? undefined : operate("removeCard", "取る", { name })}${name === COUNTER_READER ? undefined : operate("removeReader", "外す", { name })}</div>`,
  ]);
  return section(
    { ja: "カードリーダー", en: "readers" },
    table(["リーダー", "カード", ""], rows),
    operate(
      "addVpcdReader",
      "仮想PC/SC（vpcd）を加える",
      {},
      html`<input name="name" value="vpcd" size="8" aria-label="名前"><input name="port" type="number" value="35963" aria-label="ポート">`,
    ),
  );
}

export function services({ addresses, neighbours }: ConsoleView): Html {
  const rows: readonly (readonly [string, string])[] = [
    ["OCSP", addresses.ocsp],
    ["CRL 利用者証明用", addresses.crl.auth],
    ["CRL 署名用", addresses.crl.sign],
    ["MKPF 検証環境（非規範）", addresses.mkpf.verification],
    ["MKPF 本番環境（非規範）", addresses.mkpf.production],
    ["地方認証プラットフォーム（非規範）", addresses.localAuthPf],
    ["デジタル認証アプリ（非規範）", addresses.digitalAuthApp],
    ["4情報提供サービス（非規範）", addresses.attributeProvision],
    ["カードAP搭載システム（非規範）", addresses.cardApLoader],
  ];
  const own = rows.map(([name, address]) => [html`${name}`, code(address)]);
  const others = neighbours.map(({ name, address }) => [
    html`${name.ja} <small lang="en">${name.en}</small>`,
    html`<a href="${address}/">${code(address)}</a>`,
  ]);
  return section(
    { ja: "接続先", en: "services" },
    table(["サービス", "アドレス"], [...own, ...others]),
    html`<p><a href="/control/openapi.json">制御API（OpenAPI 3.1） <small lang="en">control API</small></a></p>`,
  );
}

export function seen({ seen: rows }: ConsoleView): Html {
  const heading = { ja: "プラットフォームが受けた要求", en: "what platforms have seen" };
  if (rows.length === 0) return section(heading, html`<p><small>まだありません</small></p>`);
  return section(heading, table(["時刻", "宛先", "要求と結果"], rows.map(seenRow)));
}

function seenRow({ platform, at, entry }: SeenRow): Html[] {
  return [
    html`<small>${japanTime(at).slice(11)}</small>`,
    html`${PLATFORMS[platform].ja.replace("（非規範）", "")}`,
    html`${told(entry)}`,
  ];
}

/** Names and plain values of an entry, which holds no secret; what is deeper is left to the API. */
function told(entry: object): string {
  return Object.entries(entry)
    .filter(([name]) => name !== "at" && name !== "evidence")
    .map(([name, value]) => `${name} ${plain(value)}`)
    .join("　");
}

function plain(value: unknown): string {
  if (typeof value !== "object" || value === null) return String(value);
  const { result, status, reason } = value as Readonly<Record<string, unknown>>;
  return [result ?? status, reason].filter((part) => typeof part === "string").join(" ") || "…";
}

/** Names of the systems under test; one that is not known here is called by its own id. */
import type { Bilingual } from "../journal/events.ts";
import { same } from "./language.ts";
import { visibleLine } from "./visible.ts";

const NAMES = new Map<string, Bilingual>([
  ["card", { ja: "個人番号カード", en: "My Number card" }],
  ["jpki", { ja: "公的個人認証サービス", en: "JPKI: CAs, OCSP, lists" }],
  ["text", { ja: "券面事項入力補助AP", en: "Text application" }],
  ["visual", { ja: "券面事項確認AP", en: "Visual application" }],
  ["juki", { ja: "住基AP", en: "Resident-registry application" }],
  ["card-ap", { ja: "カードAP(空き領域)", en: "Card AP (free area)" }],
  ["mkpf-1", { ja: "マイキープラットフォーム 類型①", en: "My Key Platform, type 1" }],
  ["mkpf-2", { ja: "マイキープラットフォーム 類型②", en: "My Key Platform, type 2" }],
  ["local-auth-pf", { ja: "地方認証プラットフォーム", en: "Local authentication platform" }],
  ["kazashi", { ja: "かざし利用", en: "Kazashi (touch without PIN)" }],
  ["digital-auth-app", { ja: "デジタル認証アプリ", en: "Digital Authentication App" }],
  ["relying-party", { ja: "自治体システム", en: "Municipal systems" }],
  ["cross", { ja: "システム横断", en: "Across systems" }],
  ["readers", { ja: "カードリーダー", en: "Card readers" }],
]);

export function systemName(system: string): Bilingual {
  const own = visibleLine(system) || "?";
  return NAMES.get(system) ?? same(own);
}

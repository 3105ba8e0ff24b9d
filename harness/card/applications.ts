/** The applications of a My Number card by DF name (card-facts section 1). */
import { fromHex } from "../../simulator/iso7816/index.ts";
import type { ApplicationName } from "./application.ts";

export const JPKI_AP: ApplicationName = {
  aid: fromHex("D3 92 F0 00 26 01 00 00 00 01"),
  label: { ja: "公的個人認証AP", en: "JPKI application" },
};

export const TEXT_AP: ApplicationName = {
  aid: fromHex("D3 92 10 00 31 00 01 01 04 08"),
  label: { ja: "券面事項入力補助AP", en: "text application" },
};

export const VISUAL_AP: ApplicationName = {
  aid: fromHex("D3 92 10 00 31 00 01 01 04 02"),
  label: { ja: "券面事項確認AP", en: "visual application" },
};

export const COMMON_AP: ApplicationName = {
  aid: fromHex("D3 92 10 00 31 00 01 01 01 00"),
  label: { ja: "共通カードAP", en: "common application" },
};

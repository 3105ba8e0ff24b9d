/** The platforms of a world by name: what they are called, what can go wrong and what they have seen. */
import type { PlatformFaults, SeenLog } from "../platform/index.ts";
import type { World } from "./world.ts";

/** With what people call them. */
export const PLATFORMS = {
  mkpfVerification: { ja: "MKPF 検証環境（非規範）", en: "MKPF, verification (non-normative)" },
  mkpfProduction: { ja: "MKPF 本番環境（非規範）", en: "MKPF, production (non-normative)" },
  localAuthPf: { ja: "地方認証プラットフォーム（非規範）", en: "地方認証PF (non-normative)" },
  digitalAuthApp: { ja: "デジタル認証アプリ（非規範）", en: "デジタル認証アプリ (non-normative)" },
  attributeProvision: { ja: "4情報提供サービス（非規範）", en: "4情報 provision (non-normative)" },
  cardApLoader: { ja: "カードAP搭載システム（非規範）", en: "card AP loader (non-normative)" },
} as const;

export type PlatformName = keyof typeof PLATFORMS;

export const PLATFORM_NAMES = Object.keys(PLATFORMS) as [PlatformName, ...PlatformName[]];

/** What every platform has. */
export interface Platform {
  readonly faults: PlatformFaults;
  readonly seen: SeenLog<{ readonly at: Date }>;
  /** Names, codes and rules it goes by. */
  readonly profile: object;
}

export type Platforms = Pick<World, "mkpf" | Exclude<PlatformName, `mkpf${string}`>>;

export function platformOf(world: Platforms, name: PlatformName): Platform {
  if (name === "mkpfVerification") return world.mkpf.verification;
  if (name === "mkpfProduction") return world.mkpf.production;
  return world[name];
}

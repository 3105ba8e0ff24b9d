/** Control API: what platforms have seen, what they go by, and who may use them. */
import { z } from "zod";
import { PLATFORM_NAMES, PLATFORMS, type PlatformName, platformOf } from "../platforms.ts";
import type { ControlledLab } from "./controlled-lab.ts";
import { bilingual, moment, named } from "./named.ts";
import { operation } from "./operation.ts";

const platform = z.enum(PLATFORM_NAMES);

const row = named(
  "Platform",
  z.strictObject({
    name: platform,
    title: bilingual,
    address: z.string(),
    seen: z.int().describe("entries that getSeen gives"),
  }),
);

/** No certificate, token, secret or attribute is among what a platform remembers to have seen. */
const seen = named(
  "Seen",
  z.looseObject({ at: moment }).describe("what else there is depends on platform and request"),
);

export const platformOperations = {
  listPlatforms: operation(
    {
      room: "platforms",
      method: "GET",
      path: "/platforms",
      ja: "プラットフォームの一覧",
      en: "Platforms of this world, and where they are",
      answer: z.array(row),
    },
    (lab) =>
      PLATFORM_NAMES.map((name) => ({
        name,
        title: PLATFORMS[name],
        address: addressOf(lab, name),
        seen: platformOf(lab, name).seen.all().length,
      })),
  ),
  getProfile: operation(
    {
      room: "platforms",
      method: "GET",
      path: "/platforms/:platform/profile",
      ja: "プラットフォームのプロファイル（項目名・コード・規則。非規範）",
      en: "Paths, names, codes and rules a platform goes by (non-normative)",
      fields: { platform },
      answer: named("Profile", z.looseObject({})),
    },
    (lab, asked) => ({ ...platformOf(lab, asked.platform).profile }),
  ),
  getSeen: operation(
    {
      room: "platforms",
      method: "GET",
      path: "/platforms/:platform/seen",
      ja: "プラットフォームが受けた要求とその結果",
      en: "What a platform has seen, the oldest first",
      fields: {
        platform,
        last: z.coerce.number().int().positive().max(10_000).default(100).describe("how many"),
      },
      answer: z.array(seen),
    },
    (lab, asked) => platformOf(lab, asked.platform).seen.all().slice(-asked.last).map(plainEntry),
  ),
  clearSeen: operation(
    {
      room: "platforms",
      method: "DELETE",
      path: "/platforms/:platform/seen",
      ja: "受けた要求の記録を消す",
      en: "Let a platform forget what it has seen",
      fields: { platform },
      answer: z.array(seen),
    },
    (lab, asked) => {
      platformOf(lab, asked.platform).seen.clear();
      return [];
    },
  ),
};

function addressOf({ addresses }: ControlledLab, name: PlatformName): string {
  if (name === "mkpfVerification") return addresses.mkpf.verification;
  if (name === "mkpfProduction") return addresses.mkpf.production;
  return addresses[name];
}

/** As JSON would carry it: moments are texts, and so are numbers JSON has no room for. */
function plainEntry(entry: object): z.infer<typeof seen> {
  const text = JSON.stringify(entry, (_name, value: unknown) =>
    typeof value === "bigint" ? String(value) : value,
  );
  return JSON.parse(text) as z.infer<typeof seen>;
}

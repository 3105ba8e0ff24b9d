/**
 * NON-NORMATIVE / 非規範（実仕様は非公開）
 *
 * Names, codes and limits of the カードAP搭載システム stand-in. J-LIS hands the real ones to those who
 * apply (『マイナンバーカードアプリケーション搭載システム導入検討の手引き』); what is public is that there
 * are 地域住民向け領域 and 拡張利用領域, and that loading takes a terminal connected to the system, at a
 * counter or in future a kiosk (card-facts section 6.4). A vendor replaces this file's values, not the code:
 *
 * @example parseCardApLoaderProfile({ paths: { start: "/real/path" } })
 *
 * UNVERIFIED: all values below.
 */
import { z } from "zod";
import { NOTICE } from "../notice.ts";
import { parseProfile } from "../parse-profile.ts";
import { wireTable } from "../wire.ts";

const paths = wireTable({
  /** A loading in three steps: begun, put on the card, made usable; or given up. */
  start: "/loadings/start",
  write: "/loadings/write",
  confirm: "/loadings/confirm",
  cancel: "/loadings/cancel",
  delete: "/applications/delete",
  /** What one operator has on a card, and how much room is left there. */
  inventory: "/applications/inventory",
  /** Whether an application that answers is still to be served. */
  standing: "/applications/standing",
}).refine((table) => Object.values(table).every((path) => path.startsWith("/")), {
  message: "a path starts with /",
});

const accessHeaders = wireTable({ id: "x-operator-id", secret: "x-operator-secret" });

const requestFields = wireTable({
  /** Fifteen digits, which every terminal can read (card-facts section 5.7). */
  card: "card_number",
  /** DF name, hexadecimal. */
  application: "application",
  channel: "channel",
  loading: "loading",
});

const answerFields = wireTable({
  result: "result",
  loading: "loading",
  area: "area",
  reason: "reason",
  applications: "applications",
  application: "application",
  free: "free_bytes",
  error: "error",
  errorDescription: "error_description",
  notice: "notice",
});

const results = wireTable({
  started: "STARTED",
  /** A loading of the same application on the same card had been broken off. */
  resumed: "RESUMED",
  written: "WRITTEN",
  loaded: "LOADED",
  cancelled: "CANCELLED",
  deleted: "DELETED",
  listed: "LISTED",
  active: "ACTIVE",
  stopped: "STOPPED",
});

/** Why an application is not to be served any more, though the card may still answer. */
const stopReasons = wireTable({
  notLoaded: "NOT_LOADED",
  unfinished: "UNFINISHED",
  movedOut: "MOVED_OUT",
  cardStopped: "CARD_STOPPED",
  cardReplaced: "CARD_REPLACED",
  cardEnded: "CARD_ENDED",
});

const errors = wireTable({
  invalidRequest: "INVALID_REQUEST",
  accessUnknown: "ACCESS_UNKNOWN",
  accessStopped: "ACCESS_STOPPED",
  applicationUnknown: "APPLICATION_UNKNOWN",
  channelNotPermitted: "CHANNEL_NOT_PERMITTED",
  cardUnknown: "CARD_UNKNOWN",
  cardNotUsable: "CARD_NOT_USABLE",
  notResident: "NOT_A_RESIDENT",
  alreadyLoaded: "ALREADY_LOADED",
  areaFull: "AREA_FULL",
  loadingUnknown: "LOADING_UNKNOWN",
  loadingEnded: "LOADING_ENDED",
  notWritten: "NOT_WRITTEN",
  notLoaded: "NOT_LOADED",
});

const rules = z
  .strictObject({
    /** Room in 地域住民向け領域 and 拡張利用領域. */
    localBytes: z.int().min(1).max(1_048_576).default(8192),
    extendedBytes: z.int().min(1).max(1_048_576).default(16_384),
    /** What an application takes beside the content of its files. */
    overheadBytes: z.int().min(0).max(65_536).default(256),
    bodyBytesMax: z.int().min(1024).max(1_048_576).default(32_768),
  })
  .prefault({});

const schema = z.strictObject({
  name: z.string().min(1).max(100).default("jpki-bench"),
  notice: z.string().min(1).max(500).default(NOTICE),
  paths,
  accessHeaders,
  requestFields,
  answerFields,
  channels: wireTable({ counter: "COUNTER", kiosk: "KIOSK" }),
  areas: wireTable({ local: "LOCAL", extended: "EXTENDED" }),
  results,
  stopReasons,
  errors,
  rules,
});

export type CardApLoaderProfile = z.output<typeof schema>;

/**
 * Completes and checks a vendor's profile; what it does not name keeps the value above.
 *
 * @throws SimulatorError PLATFORM_PROFILE_INVALID naming each entry that does not fit
 */
export function parseCardApLoaderProfile(value: unknown): CardApLoaderProfile {
  return parseProfile(schema, value, "カードAP搭載システム");
}

export const DEFAULT_CARD_AP_LOADER_PROFILE: CardApLoaderProfile = parseCardApLoaderProfile({});

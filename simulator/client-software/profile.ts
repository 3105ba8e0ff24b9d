/**
 * NON-NORMATIVE / 非規範（実仕様は非公開）
 *
 * Every name かざし利用クライアントソフト uses between a page, its extension, its native host and the card
 * that is a guess: the 外部IF仕様書 is given after application (platform-facts 3.1), and these are NOT
 * its names. A vendor replaces this file's values, not the code:
 *
 * @example parseClientSoftwareProfile({ hostName: "jp.go.example.host" })
 *
 * UNVERIFIED: all values below. The shape follows platform-facts 3.4: a page speaks by DOM events to a
 * content script, which speaks to a service worker, which speaks to a native host.
 */
import { z } from "zod";
import { SimulatorError } from "../errors.ts";
import { wireTable } from "../platform/wire.ts";

/** The three functional interfaces (platform-facts 3.2). */
const operations = wireTable({
  /** 公的個人認証AP (a): the 利用者証明用 certificate. */
  certificate: "certificate",
  /** 公的個人認証AP (b): random number and PIN in, signature out. */
  authenticate: "authenticate",
  /** 券面事項入力補助AP: PIN in, 4情報 out. */
  attributes: "attributes",
  /** 券面事項確認AP: 生年月日PIN in, result of the internal authentication out. */
  authenticity: "authenticity",
});

/** Registration with PIN, and かざし利用 without (platform-facts 3.3). */
const uses = wireTable({ registration: "registration", touch: "touch" });

/** Where the person is (platform-facts 3.3). */
const places = wireTable({
  /** 対面. */
  faceToFace: "face-to-face",
  /** 管理・監視された施設・区画. */
  managedArea: "managed-area",
  /** 貸し出した管理端末. */
  lentTerminal: "lent-terminal",
  online: "online",
  outdoor: "outdoor",
});

/** Between the extension and its host: first it is settled who asks, then the card is touched. */
const steps = wireTable({ open: "open", perform: "perform" });

const requestFields = wireTable({
  id: "id",
  step: "step",
  operation: "operation",
  use: "use",
  place: "place",
  /** Base64. */
  challenge: "challenge",
  /** YYMMDD, YY being the year of the Japanese era. */
  birthDateKey: "birth_date_key",
  /** Added by the extension; what a page writes there does not count. */
  origin: "origin",
  extensionVersion: "extension_version",
  pin: "pin",
});

const answerFields = wireTable({
  id: "id",
  applicationVersion: "application_version",
  /** Base64 DER. */
  certificate: "certificate",
  /** Base64: RSASSA-PKCS1-v1_5 SHA-256 over the challenge. */
  signature: "signature",
  name: "name",
  address: "address",
  /** YYYYMMDD. */
  birthDate: "birth_date",
  /** ISO/IEC 5218. */
  sex: "sex",
  genuine: "genuine",
  /** Why not, a code of `reasons`. */
  reason: "reason",
  triesLeft: "tries_left",
  found: "found",
  needed: "needed",
});

const reasons = wireTable({
  notInstalled: "NOT_INSTALLED",
  extensionOutdated: "EXTENSION_OUTDATED",
  applicationOutdated: "APPLICATION_OUTDATED",
  hostMissing: "HOST_MISSING",
  hostForbidden: "HOST_FORBIDDEN",
  hostCrashed: "HOST_CRASHED",
  extensionRestarted: "EXTENSION_RESTARTED",
  answerTooLarge: "ANSWER_TOO_LARGE",
  cancelled: "CANCELLED",
  busy: "BUSY",
  originNotRegistered: "ORIGIN_NOT_REGISTERED",
  sourceNotRegistered: "SOURCE_NOT_REGISTERED",
  passwordMissing: "PASSWORD_MISSING",
  passwordWrong: "PASSWORD_WRONG",
  mkpfUnreachable: "MKPF_UNREACHABLE",
  registrationRequired: "REGISTRATION_REQUIRED",
  placeNotAllowed: "PLACE_NOT_ALLOWED",
  birthDateMismatch: "BIRTH_DATE_MISMATCH",
  birthDateBlocked: "BIRTH_DATE_BLOCKED",
  notGenuine: "CARD_NOT_GENUINE",
  pinWrong: "PIN_WRONG",
  pinLastTry: "PIN_LAST_TRY",
  pinBlocked: "PIN_BLOCKED",
  pinFormat: "PIN_FORMAT",
  cardMissing: "CARD_MISSING",
  cardRemoved: "CARD_REMOVED",
  readerMissing: "READER_MISSING",
  readerBusy: "READER_BUSY",
  cardProtected: "CARD_PROTECTED",
  certificateMissing: "CERTIFICATE_MISSING",
  cardFailed: "CARD_FAILED",
  requestInvalid: "REQUEST_INVALID",
});

/** Between a page and the content script: names of DOM events and of the element that tells of it. */
const page = wireTable({
  request: "jpki-bench-kazashi-request",
  answer: "jpki-bench-kazashi-answer",
  /** Told once the marker stands in the document. */
  ready: "jpki-bench-kazashi-ready",
  /** Id of the marker element. */
  marker: "jpki-bench-kazashi",
  /** Its attribute with the version of the extension. */
  version: "data-version",
});

/** Public key an extension's id is made of; the private one was thrown away. */
const EXTENSION_KEY =
  "MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAmEtmbaudYhdljCouHDOGt9Lt570kc/1GK0owhxFMpMQt" +
  "L/DTkh/BnD4keyeo0iCtDwN65IyOGn26qZj/HdQ4dlg3EfIsNYRJ/9/VogSOq9oMLtvWpZMYcJH45VKQy3ipQnUN" +
  "nJLIycz+QaBqNtNsb1z4OWv+QpZYujxBYitNlJhhRktaJyP9WL2GdR/oCq9U9C3apQYblx6mTdy8y32cF02MaVX0" +
  "J84f1FRcnz2L68LeoBm/AgDw63O+pjDvL1zYdWBwJvVbQVq/c17uKOedXNroW1B4gd6jLQlljJDyoW+jSTsL3Bsw" +
  "dBNIkac5+AnJtigXtrXVTdYn/pPYYWFkBwIDAQAB";

const version = z.string().regex(/^\d{1,5}(\.\d{1,5}){0,3}$/, "numbers with dots between");

const versions = z
  .strictObject({
    /** Of the extension, and of the native host, as delivered. */
    extension: version.default("1.0.0"),
    application: version.default("1.0.0"),
    /** The least a page, and the extension, accept. */
    extensionNeeded: version.default("1.0.0"),
    applicationNeeded: version.default("1.0.0"),
  })
  .prefault({});

const rules = z
  .strictObject({
    /** Chromium takes no message of a host that is longer: 1 MiB. */
    answerBytesMax: z.int().min(256).max(1_048_576).default(1_048_576),
    /** How long a page waits for the marker, in milliseconds (KZ-01). */
    detectionMilliseconds: z.int().min(1).max(10_000).default(2000),
  })
  .prefault({});

const schema = z.strictObject({
  /** Small letters, digits, underscores and dots, as Chromium demands of a host's name. */
  hostName: z
    .string()
    .regex(/^[a-z0-9_]+(\.[a-z0-9_]+)*$/)
    .default("jp.jpki_bench.kazashi"),
  /** Base64 of a SubjectPublicKeyInfo: gives the extension the same id in every browser. */
  extensionKey: z.base64().default(EXTENSION_KEY),
  operations,
  uses,
  places,
  steps,
  requestFields,
  answerFields,
  reasons,
  page,
  versions,
  rules,
});

export type ClientSoftwareProfile = z.output<typeof schema>;

/**
 * Completes and checks a vendor's profile; what it does not name keeps the value above.
 *
 * @throws SimulatorError PLATFORM_PROFILE_INVALID naming each entry that does not fit
 */
export function parseClientSoftwareProfile(value: unknown): ClientSoftwareProfile {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new SimulatorError(
    "PLATFORM_PROFILE_INVALID",
    `the profile of the client software does not fit:\n${z.prettifyError(parsed.error)}`,
  );
}

export const DEFAULT_CLIENT_SOFTWARE_PROFILE: ClientSoftwareProfile = parseClientSoftwareProfile(
  {},
);

/**
 * The part of a service that its visitors' browsers meet: they leave for デジタル認証アプリ and come back.
 * A login belongs to the browser session that began it (RFC 6749 section 10.12), ends once and in time,
 * and whatever comes of it, the visitor is told in words what to do next.
 */
import type { Bilingual } from "../../reports/journal/events.ts";
import type { PendingAuthorization } from "./authorization-code.ts";
import type { DigitalAuthClient, DigitalAuthUser, DigitalAuthWish } from "./digital-auth-client.ts";
import { PlatformError } from "./platform-error.ts";

/** What a visitor is told who was not signed in. */
export const LOGIN_NOTICES = {
  notHere: {
    ja: "このブラウザーで始めたログインではないか、時間が過ぎています。もう一度ログインしてください。",
    en: "This login was not begun in this browser, or has taken too long. Please log in again.",
  },
  declined: {
    ja: "ログインを中止しました。もう一度お試しいただけます。",
    en: "The login was cancelled. You can try again.",
  },
  pinLocked: {
    ja: "暗証番号がロックされています。市区町村の窓口で初期化してください。",
    en: "The PIN is locked. A municipal office can reset it.",
  },
  certificate: {
    ja: "電子証明書が使えません。市区町村の窓口で更新してください。",
    en: "The certificate cannot be used. A municipal office can renew it.",
  },
  outage: {
    ja: "認証サービスは停止中です。しばらくしてからもう一度お試しください。",
    en: "The authentication service is down for the moment. Please try again later.",
  },
  refused: {
    ja: "ログインできませんでした。",
    en: "You could not be logged in.",
  },
} as const satisfies Record<string, Bilingual>;

export type LoginTrouble = keyof typeof LOGIN_NOTICES;

export type LoginEnd =
  | { readonly result: "signedIn"; readonly user: DigitalAuthUser }
  | { readonly result: "notSignedIn"; readonly trouble: LoginTrouble };

export interface LoginDeskOptions {
  readonly client: DigitalAuthClient;
  readonly now: () => Date;
  /** How long a visitor may take. Default 600. */
  readonly seconds?: number;
}

interface Departed {
  readonly pending: PendingAuthorization;
  readonly until: number;
}

export class LoginDesk {
  readonly #client: DigitalAuthClient;
  readonly #now: () => Date;
  readonly #milliseconds: number;
  readonly #departed = new Map<string, Departed>();

  constructor({ client, now, seconds = 600 }: LoginDeskOptions) {
    this.#client = client;
    this.#now = now;
    this.#milliseconds = seconds * 1000;
  }

  /**
   * Somebody wants to log in; an earlier attempt of the same browser is given up.
   *
   * @param session id of the browser's session with the service
   * @returns where to send the browser
   */
  async depart(session: string, wish: DigitalAuthWish = {}): Promise<URL> {
    const pending = await this.#client.begin(wish);
    this.#departed.set(session, { pending, until: this.#now().getTime() + this.#milliseconds });
    return pending.url;
  }

  /**
   * A browser has come back. An answer to a login that is not this browser's goes no further: nothing
   * is sent to the platform, and the browser's own login stays open.
   *
   * @param answer the address it was sent to
   * @throws PlatformError PLATFORM_PROTOCOL for an answer or ID token that must not be believed
   */
  async arrive(session: string, answer: URL): Promise<LoginEnd> {
    const departed = this.#departed.get(session);
    const isOwn = departed?.pending.state === answer.searchParams.get("state");
    if (departed === undefined || !isOwn) return notSignedIn("notHere");
    this.#departed.delete(session);
    if (this.#now().getTime() >= departed.until) return notSignedIn("notHere");
    try {
      return { result: "signedIn", user: await this.#client.finish(answer, departed.pending) };
    } catch (error) {
      return notSignedIn(troubleOf(error));
    }
  }
}

function notSignedIn(trouble: LoginTrouble): LoginEnd {
  return { result: "notSignedIn", trouble };
}

const TROUBLES = new Map<string, LoginTrouble>([
  ["CANCELLED", "declined"],
  ["CONSENT_DECLINED", "declined"],
  ["PIN_LOCKED", "pinLocked"],
  ["CERTIFICATE_REVOKED", "certificate"],
  ["CERTIFICATE_EXPIRED", "certificate"],
]);

function troubleOf(error: unknown): LoginTrouble {
  if (!(error instanceof PlatformError)) throw error;
  const { code, refusal, detail = "" } = error;
  if (code === "PLATFORM_UNREACHABLE" || refusal === "temporarily_unavailable") return "outage";
  if (code === "PLATFORM_REFUSED") return TROUBLES.get(detail) ?? "refused";
  throw error;
}

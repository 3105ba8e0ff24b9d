/** What the built-in relying parties have in common as web sites: forms in, pages out, errors as pages. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { Bilingual } from "../../../reports/journal/events.ts";
import { SimulatorError } from "../../../simulator/errors.ts";
import { html } from "../../../simulator/platform/html.ts";
import { PlatformError } from "../../platform/index.ts";
import { notice, type SiteName, type SitePage, sitePage, type Tone } from "./layout.ts";

/** Nothing is loaded from anywhere, and no page is shown inside another. */
const HEADERS = {
  "content-type": "text/html; charset=utf-8",
  "cache-control": "no-store",
  "content-security-policy":
    "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'",
  "referrer-policy": "no-referrer",
  "x-content-type-options": "nosniff",
};

export function show(reply: FastifyReply, site: SiteName, page: SitePage): FastifyReply {
  return reply.headers(HEADERS).send(sitePage(site, page));
}

/**
 * Makes a Fastify instance of ours a site: forms are read, and what goes wrong is told in words. Trouble
 * elsewhere is a regular page of this system, so it has no status of its own.
 */
export function furnish(app: FastifyInstance, site: SiteName): void {
  app.addContentTypeParser(
    "application/x-www-form-urlencoded",
    { parseAs: "string", bodyLimit: 64 * 1024 },
    (_request, body, done) => done(null, new URLSearchParams(String(body))),
  );
  app.setNotFoundHandler((_request, reply) => show(reply.code(404), site, NOT_FOUND));
  app.setErrorHandler((error, _request, reply) => {
    if (error instanceof PlatformError) return show(reply, site, troublePage(error));
    if (error instanceof SimulatorError) return show(reply, site, conflictPage(error));
    throw error;
  });
}

/** A field of a posted form, without blanks around it; empty when it is not there. */
export function field({ body }: FastifyRequest, name: string): string {
  return body instanceof URLSearchParams ? (body.get(name) ?? "").trim() : "";
}

/** The address a browser was sent to, as a platform knows it. */
export function addressOf({ url }: FastifyRequest, origin: string): URL {
  return new URL(url, origin);
}

const BACK = html`<p><a href="/">最初の画面へ <span lang="en">Back to the start</span></a></p>`;

const NOT_FOUND: SitePage = {
  title: { ja: "ページがありません", en: "No such page" },
  marks: { step: "missing" },
  body: BACK,
};

/** The test world does not allow it, such as a card that lies in another reader. */
function conflictPage({ code, message }: SimulatorError): SitePage {
  return {
    title: { ja: "操作できません", en: "Not possible" },
    marks: { step: "trouble", reason: code },
    body: html`${notice("no", { ja: "模擬環境がこの操作を受け付けませんでした。", en: message })}${BACK}`,
  };
}

/** A platform gave no answer that could be used: nobody is told that anything is valid. */
function troublePage({ code }: PlatformError): SitePage {
  const [tone, text] = TROUBLES[code] ?? TROUBLE;
  return {
    title: { ja: "確認できませんでした", en: "Nothing could be confirmed" },
    marks: { step: "trouble", reason: code },
    body: html`${notice(tone, text)}${BACK}`,
  };
}

const TROUBLE: readonly [Tone, Bilingual] = [
  "open",
  {
    ja: "認証基盤から使える回答がありませんでした。手続きは行っていません。",
    en: "The platform gave no usable answer. Nothing has been done.",
  },
];

const TROUBLES: Readonly<Partial<Record<string, readonly [Tone, Bilingual]>>> = {
  PLATFORM_UNREACHABLE: [
    "open",
    {
      ja: "認証基盤に接続できません（停止中または回線障害）。時間をおいてやり直してください。",
      en: "The platform cannot be reached. Please try again later.",
    },
  ],
  PLATFORM_REFUSED: [
    "no",
    {
      ja: "認証基盤がこのシステムからの要求を受け付けませんでした。接続設定（アクセス情報）を確認してください。証明書が無効という意味ではありません。",
      en: "The platform did not accept this system's request: check its access information. This says nothing about the certificate.",
    },
  ],
};

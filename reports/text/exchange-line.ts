/** An exchange on one line: `VERIFY 利用者証明用PIN → 63C2 残り2回`, `POST /token → 401`. */
import type { ApduExchanged, Bilingual, HttpExchanged } from "../journal/events.ts";
import type { Exchange } from "../journal/summary.ts";
import { same } from "./language.ts";

export function exchangeLine(exchange: Exchange): Bilingual {
  return exchange.type === "apdu" ? apduLine(exchange) : same(httpLine(exchange));
}

export function apduLine({ label, error, sw, response, meaning }: ApduExchanged): Bilingual {
  const answer = error ?? sw ?? response;
  const line = (language: "ja" | "en") =>
    `${label[language]} → ${answer} ${meaning?.[language] ?? ""}`.trimEnd();
  return { ja: line("ja"), en: line("en") };
}

function httpLine({ method, path, error, status }: HttpExchanged): string {
  return `${method} ${path} → ${error ?? status ?? "?"}`;
}

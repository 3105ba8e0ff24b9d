/** Names the parts of the extension have for one another. Nobody outside meets them. */

/** A content script to the service worker; one connection a request. */
export const PAGE_PORT = "page";

/** The PIN dialog to the service worker, its number behind. */
export const PIN_PORT = "pin/";

/** The PIN dialog's document, its number behind. */
export const PIN_PAGE = "pin.html#";

/** What the dialog is told. */
export interface PinQuestion {
  readonly pin: "auth" | "text";
  /** Who asks for it. */
  readonly origin: string;
}

/** What the dialog tells: a PIN; nothing when it was given up. */
export interface PinReply {
  readonly pin?: string;
}

/**
 * The content script: leaves a marker in the page, so that the page can tell that the extension is
 * there, and carries requests from the page to the service worker and answers back
 * (platform-facts 3.4). It runs beside the page, not in it, and believes nothing it is told.
 */
import { encodeRefusal } from "../answer.ts";
import { ClientSoftwareError } from "../error.ts";
import type { ClientSoftwareProfile } from "../profile.ts";
import { type DocumentLike, type PageChrome, tell } from "./browser.ts";
import { PAGE_PORT } from "./names.ts";

export function startContent(
  chrome: PageChrome,
  document: DocumentLike,
  profile: ClientSoftwareProfile,
): void {
  const { page } = profile;
  document.addEventListener(page.request, ({ detail }) => {
    const request = parse(detail);
    if (request !== undefined) carry(request);
  });
  const marker = document.createElement("meta");
  marker.id = page.marker;
  marker.setAttribute(page.version, chrome.runtime.getManifest().version);
  document.documentElement.appendChild(marker as never);
  tell(document, page.ready, "");

  function carry(request: Record<string, unknown>): void {
    let open = true;
    const answer = (message: unknown) => {
      if (!open) return;
      open = false;
      const id = request[profile.requestFields.id];
      const fields = { ...(message as object), [profile.answerFields.id]: id };
      tell(document, page.answer, JSON.stringify(fields));
    };
    const lost = () => {
      answer(encodeRefusal(profile, new ClientSoftwareError("extensionRestarted")));
    };
    try {
      const port = chrome.runtime.connect({ name: PAGE_PORT });
      port.onMessage.addListener((message) => {
        answer(message);
        port.disconnect();
      });
      port.onDisconnect.addListener(lost);
      port.postMessage(request);
    } catch {
      // The extension was updated or taken away while this page stayed open.
      lost();
    }
  }
}

function parse(detail: unknown): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(String(detail));
    return typeof value === "object" && value !== null ? { ...value } : undefined;
  } catch {
    return undefined;
  }
}

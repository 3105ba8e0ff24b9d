/**
 * The service worker: takes requests from content scripts, one at a time for the whole browser, and
 * answers each exactly once. Nothing is kept between requests, so it does not matter when the browser
 * stops it (KZ-05); nothing is ever logged (KZ-16).
 */
import { encodeRefusal } from "../answer.ts";
import { ClientSoftwareError, refusalOf } from "../error.ts";
import type { ClientSoftwareProfile } from "../profile.ts";
import { decodeRequest, objectOf, type Wire } from "../request.ts";
import type { ChromePort, WorkerChrome } from "./browser.ts";
import { run } from "./errand.ts";
import { PAGE_PORT, PIN_PORT } from "./names.ts";
import { PinWindows } from "./pin-window.ts";

export function startWorker(chrome: WorkerChrome, profile: ClientSoftwareProfile): void {
  const pins = new PinWindows(chrome);
  const world = { chrome, profile, pins };
  let busy = false;
  chrome.runtime.onConnect.addListener((port) => {
    if (port.name.startsWith(PIN_PORT)) pins.attend(port);
    if (port.name === PAGE_PORT) serve(port);
  });

  function serve(port: ChromePort): void {
    const gone = new AbortController();
    port.onDisconnect.addListener(() => gone.abort());
    port.onMessage.addListener((message) => {
      void settle(message, port, gone.signal).then((answer) => {
        if (!gone.signal.aborted) port.postMessage(answer);
      });
    });
  }

  async function settle(message: unknown, port: ChromePort, signal: AbortSignal): Promise<Wire> {
    try {
      const request = decodeRequest(profile, objectOf(message));
      const origin = port.sender?.origin;
      if (origin === undefined) throw new ClientSoftwareError("requestInvalid");
      if (busy) throw new ClientSoftwareError("busy");
      busy = true;
      try {
        return await run(world, { request, origin, signal });
      } finally {
        busy = false;
      }
    } catch (error) {
      return encodeRefusal(profile, refusalOf(error, "requestInvalid"));
    }
  }
}

/**
 * The service worker's connection to the native host: one question at a time, and the browser's words
 * for what went wrong turned into reasons (KZ-02, KZ-03).
 */
import { ClientSoftwareError } from "../error.ts";
import type { ClientSoftwareProfile } from "../profile.ts";
import type { Reason } from "../reasons.ts";
import { objectOf, type Wire } from "../request.ts";
import type { ChromePort, WorkerChrome } from "./browser.ts";

/** Chromium's texts (chrome/browser/extensions/api/messaging); anything else counts as a crash. */
const REASONS: Readonly<Record<string, Reason>> = {
  "Specified native messaging host not found.": "hostMissing",
  "Failed to start native messaging host.": "hostMissing",
  "Access to the specified native messaging host is forbidden.": "hostForbidden",
};

interface Waiting {
  readonly resolve: (answer: Wire) => void;
  readonly reject: (error: unknown) => void;
}

export class HostLink {
  readonly #port: ChromePort;
  #waiting: Waiting | undefined;
  #over: ClientSoftwareError | undefined;

  constructor(chrome: WorkerChrome, profile: ClientSoftwareProfile) {
    this.#port = chrome.runtime.connectNative(profile.hostName);
    this.#port.onMessage.addListener((message) => this.#answered(message));
    this.#port.onDisconnect.addListener(() => {
      const text = chrome.runtime.lastError?.message ?? "";
      this.#end(new ClientSoftwareError(REASONS[text] ?? "hostCrashed"));
    });
  }

  /** @throws ClientSoftwareError hostMissing, hostForbidden, hostCrashed */
  ask(message: Wire): Promise<Wire> {
    const over = this.#over;
    if (over !== undefined) return Promise.reject(over);
    return new Promise((resolve, reject) => {
      this.#waiting = { resolve, reject };
      this.#port.postMessage(message);
    });
  }

  /** Lets the host go, which ends it, and whatever question is open. */
  close(reason: Reason = "cancelled"): void {
    if (this.#over !== undefined) return;
    this.#port.disconnect();
    this.#end(new ClientSoftwareError(reason));
  }

  #answered(message: unknown): void {
    const waiting = this.#waiting;
    this.#waiting = undefined;
    try {
      waiting?.resolve(objectOf(message));
    } catch (error) {
      waiting?.reject(error);
    }
  }

  #end(error: ClientSoftwareError): void {
    this.#over ??= error;
    this.#waiting?.reject(this.#over);
    this.#waiting = undefined;
  }
}

/**
 * The service worker's side of the PIN dialog: a window of the extension's own, so that no page ever
 * sees what is typed there (KZ-07, KZ-16).
 */
import { ClientSoftwareError } from "../error.ts";
import type { ChromePort, WorkerChrome } from "./browser.ts";
import { PIN_PAGE, PIN_PORT, type PinQuestion, type PinReply } from "./names.ts";

const SIZE = { width: 420, height: 320 };

interface Asking {
  readonly question: PinQuestion;
  readonly settle: (pin: string | undefined) => void;
  window?: number;
  /** Of the dialog, once it has come. */
  dialog?: ChromePort;
}

export class PinWindows {
  readonly #chrome: WorkerChrome;
  readonly #asking = new Map<string, Asking>();
  #last = 0;

  constructor(chrome: WorkerChrome) {
    this.#chrome = chrome;
    chrome.windows.onRemoved.addListener((window) => {
      for (const asking of this.#asking.values()) {
        if (asking.window === window) asking.settle(undefined);
      }
    });
  }

  /** @throws ClientSoftwareError cancelled when the window is closed, or `signal` says so */
  async ask(question: PinQuestion, signal: AbortSignal): Promise<string> {
    this.#last += 1;
    const number = String(this.#last);
    const pin = await new Promise<string | undefined>((settle) => {
      const asking: Asking = { question, settle };
      this.#asking.set(number, asking);
      signal.addEventListener("abort", () => settle(undefined));
      this.#open(number).then(
        ({ id }) => {
          if (id !== undefined) asking.window = id;
        },
        () => settle(undefined),
      );
    });
    // A dialog nobody waits for any more closes itself.
    this.#asking.get(number)?.dialog?.disconnect();
    this.#asking.delete(number);
    if (pin === undefined) throw new ClientSoftwareError("cancelled");
    return pin;
  }

  /** A dialog has come to be told what to ask. */
  attend(port: ChromePort): void {
    const own = this.#chrome.runtime.getURL("pin.html");
    const asking = this.#asking.get(port.name.slice(PIN_PORT.length));
    if (asking === undefined || port.sender?.url?.startsWith(own) !== true) {
      port.disconnect();
      return;
    }
    asking.dialog = port;
    port.onMessage.addListener((message) => {
      const { pin } = message as PinReply;
      asking.settle(pin);
    });
    port.onDisconnect.addListener(() => asking.settle(undefined));
    port.postMessage(asking.question);
  }

  #open(number: string) {
    const url = this.#chrome.runtime.getURL(PIN_PAGE + number);
    return this.#chrome.windows.create({ url, type: "popup", ...SIZE, focused: true });
  }
}

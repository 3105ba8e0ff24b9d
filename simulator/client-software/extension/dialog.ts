/**
 * The PIN dialog: asks the service worker which PIN is wanted and by whom, and hands over what is
 * typed. It closes when it has nothing left to do, and when the service worker has gone.
 */
import type { PageChrome } from "./browser.ts";
import { PIN_PORT, type PinQuestion, type PinReply } from "./names.ts";

/** The window of the dialog, as far as it is used. */
export interface DialogWindow {
  readonly location: { readonly hash: string };
  readonly document: { getElementById(id: string): DialogElement | null };
  close(): void;
}

export interface DialogElement {
  textContent: string | null;
  /** Of the input. */
  value?: string;
  addEventListener(type: string, listener: (event: { preventDefault(): void }) => void): void;
  focus?(): void;
}

const LABELS: Readonly<Record<PinQuestion["pin"], string>> = {
  auth: "利用者証明用電子証明書の暗証番号（数字4桁） / user authentication PIN (four digits)",
  text: "券面事項入力補助用の暗証番号（数字4桁） / text application PIN (four digits)",
};

/** Ids of the elements of the dialog's document. */
export const DIALOG = {
  form: "pin-form",
  label: "pin-label",
  origin: "pin-origin",
  input: "pin",
  trouble: "pin-trouble",
  cancel: "pin-cancel",
} as const;

export function startDialog(chrome: PageChrome, window: DialogWindow): void {
  const element = (name: keyof typeof DIALOG): DialogElement => {
    const found = window.document.getElementById(DIALOG[name]);
    if (found !== null) return found;
    throw new Error(`the dialog has no ${DIALOG[name]}`);
  };
  const port = chrome.runtime.connect({ name: PIN_PORT + window.location.hash.slice(1) });
  const reply = (answer: PinReply) => {
    port.postMessage(answer);
    window.close();
  };
  const input = element("input");
  port.onDisconnect.addListener(() => window.close());
  port.onMessage.addListener((message) => {
    const { pin, origin } = message as PinQuestion;
    element("label").textContent = LABELS[pin];
    element("origin").textContent = origin;
    input.focus?.();
  });
  element("cancel").addEventListener("click", () => reply({}));
  element("form").addEventListener("submit", (event) => {
    event.preventDefault();
    const typed = input.value ?? "";
    if (/^\d{4}$/.test(typed)) reply({ pin: typed });
    else element("trouble").textContent = "数字4桁で入力してください。 Enter four digits.";
  });
}

/** The PIN dialog's window and the person in front of it. */
import {
  DIALOG,
  type DialogElement,
  type DialogWindow,
} from "../../../simulator/client-software/extension/dialog.ts";

/** What a person at the dialog sees and can do. */
export interface PinDialog {
  /** Which PIN is asked for, in both languages. */
  readonly label: string;
  /** Who asks. */
  readonly origin: string;
  readonly trouble: string;
  /** Types a value and sends it. */
  type(value: string): void;
  cancel(): void;
  /** Closes the window by the window's own means. */
  close(): void;
}

class Element implements DialogElement {
  textContent: string | null = "";
  value = "";
  readonly #listeners = new Map<string, (event: { preventDefault(): void }) => void>();

  addEventListener(type: string, listener: (event: { preventDefault(): void }) => void): void {
    this.#listeners.set(type, listener);
  }

  act(type: string): void {
    this.#listeners.get(type)?.({ preventDefault: () => {} });
  }

  /** The dialog asks for input: the person may begin. */
  focus: () => void = () => {};
}

export class HeadlessDialog implements DialogWindow, PinDialog {
  readonly location: { readonly hash: string };
  readonly document: { getElementById(id: string): Element | null };
  readonly #elements: Readonly<Record<keyof typeof DIALOG, Element>>;
  readonly #closed: () => void;

  constructor(hash: string, events: { closed: () => void; asked: (dialog: PinDialog) => void }) {
    this.location = { hash };
    const elements = {
      form: new Element(),
      label: new Element(),
      origin: new Element(),
      input: new Element(),
      trouble: new Element(),
      cancel: new Element(),
    };
    elements.input.focus = () => queueMicrotask(() => events.asked(this));
    this.#elements = elements;
    this.#closed = events.closed;
    const byId = new Map(
      Object.entries(elements).map(([name, element]) => [
        DIALOG[name as keyof typeof DIALOG] as string,
        element,
      ]),
    );
    this.document = { getElementById: (id) => byId.get(id) ?? null };
  }

  get label(): string {
    return this.#elements.label.textContent ?? "";
  }

  get origin(): string {
    return this.#elements.origin.textContent ?? "";
  }

  get trouble(): string {
    return this.#elements.trouble.textContent ?? "";
  }

  type(value: string): void {
    this.#elements.input.value = value;
    this.#elements.form.act("submit");
  }

  cancel(): void {
    this.#elements.cancel.act("click");
  }

  close(): void {
    this.#closed();
  }
}

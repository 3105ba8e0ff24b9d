/** The little of a document that the page API and the content script use. */
import type {
  DocumentLike,
  DomElement,
  DomEvent,
} from "../../../simulator/client-software/extension/browser.ts";

type Listener = (event: { readonly detail?: unknown }) => void;

class Element implements DomElement {
  id = "";
  readonly #attributes = new Map<string, string>();

  setAttribute(name: string, value: string): void {
    this.#attributes.set(name, value);
  }

  getAttribute(name: string): string | null {
    return this.#attributes.get(name) ?? null;
  }
}

class CustomEvent implements DomEvent {
  type = "";
  detail: unknown;

  initCustomEvent(type: string, _bubbles: boolean, _cancelable: boolean, detail: unknown): void {
    this.type = type;
    this.detail = detail;
  }
}

export class HeadlessDocument implements DocumentLike {
  readonly documentElement = {
    appendChild: (child: never) => {
      this.#elements.push(child);
    },
  };
  readonly #elements: Element[] = [];
  readonly #listeners = new Map<string, Set<Listener>>();

  /** @param seen told the detail of every event */
  constructor(seen: (detail: string) => void) {
    this.#seen = seen;
  }

  readonly #seen: (detail: string) => void;

  addEventListener(type: string, listener: Listener): void {
    this.#of(type).add(listener);
  }

  removeEventListener(type: string, listener: Listener): void {
    this.#of(type).delete(listener);
  }

  dispatchEvent(event: unknown): boolean {
    const { type, detail } = event as CustomEvent;
    this.#seen(String(detail));
    for (const listener of [...this.#of(type)]) listener({ detail });
    return true;
  }

  createEvent(_kind: "CustomEvent"): CustomEvent {
    return new CustomEvent();
  }

  createElement(_name: string): Element {
    return new Element();
  }

  getElementById(id: string): Element | null {
    return this.#elements.find((element) => element.id === id) ?? null;
  }

  #of(type: string): Set<Listener> {
    const known = this.#listeners.get(type) ?? new Set();
    this.#listeners.set(type, known);
    return known;
  }
}

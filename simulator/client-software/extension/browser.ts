/**
 * The little of a browser that the extension and its pages use, as types: Chrome's extension API
 * (developer.chrome.com/docs/extensions/reference) and the DOM (dom.spec.whatwg.org). What drives them
 * without a browser implements the same.
 */

export interface ChromeEvent<Arguments extends unknown[]> {
  addListener(listener: (...given: Arguments) => void): void;
}

/** A connection between two parts of an extension, or to its native host. */
export interface ChromePort {
  readonly name: string;
  readonly sender?: {
    /** Of the document at the other end, as the browser knows it. */
    readonly origin?: string;
    readonly url?: string;
  };
  readonly onMessage: ChromeEvent<[message: unknown]>;
  readonly onDisconnect: ChromeEvent<[]>;
  postMessage(message: unknown): void;
  disconnect(): void;
}

export interface PageChrome {
  readonly runtime: {
    connect(options: { readonly name: string }): ChromePort;
    getManifest(): { readonly version: string };
  };
}

export interface WorkerChrome {
  readonly runtime: {
    readonly onConnect: ChromeEvent<[port: ChromePort]>;
    /** Why the port that is being disconnected was. */
    readonly lastError?: { readonly message?: string } | undefined;
    connectNative(host: string): ChromePort;
    getManifest(): { readonly version: string };
    getURL(path: string): string;
  };
  readonly windows: {
    create(options: {
      readonly url: string;
      readonly type: "popup";
      readonly width: number;
      readonly height: number;
      readonly focused: boolean;
    }): Promise<{ readonly id?: number }>;
    readonly onRemoved: ChromeEvent<[window: number]>;
  };
}

/** What pages and content scripts need of a document. */
export interface DocumentLike {
  addEventListener(type: string, listener: (event: { readonly detail?: unknown }) => void): void;
  removeEventListener(type: string, listener: (event: { readonly detail?: unknown }) => void): void;
  dispatchEvent(event: unknown): boolean;
  /** As every browser since Internet Explorer 9 makes one. */
  createEvent(kind: "CustomEvent"): DomEvent;
  createElement(name: string): DomElement;
  getElementById(id: string): DomElement | null;
  readonly documentElement: { appendChild(child: never): unknown };
}

export interface DomEvent {
  initCustomEvent(type: string, bubbles: boolean, cancelable: boolean, detail: unknown): void;
}

export interface DomElement {
  id: string;
  setAttribute(name: string, value: string): void;
  getAttribute(name: string): string | null;
}

/** Tells a document; `detail` is text, because nothing else crosses between page and extension. */
export function tell(document: DocumentLike, type: string, detail: string): void {
  const event = document.createEvent("CustomEvent");
  event.initCustomEvent(type, false, false, detail);
  document.dispatchEvent(event);
}

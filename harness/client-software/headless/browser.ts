/**
 * What plays the browser where none is at hand: the extension's own modules (content script, service
 * worker, PIN dialog) and the page API, between stand-ins for Chrome's API and the DOM. The stand-ins
 * behave as chromium.system.test.ts finds Chromium to behave.
 */
import { startContent } from "../../../simulator/client-software/extension/content.ts";
import { startDialog } from "../../../simulator/client-software/extension/dialog.ts";
import { startWorker } from "../../../simulator/client-software/extension/worker.ts";
import {
  type ClientSoftwareProfile,
  extensionId,
  type Kazashi,
  kazashiOn,
} from "../../../simulator/client-software/index.ts";
import type { PinDialog } from "./dialog.ts";
import { HeadlessDialog } from "./dialog.ts";
import { HeadlessDocument } from "./document.ts";
import { Listeners } from "./listeners.ts";
import type { HeadlessHost } from "./native-host.ts";
import { PortEnd } from "./port.ts";

export interface HeadlessBrowserOptions {
  /** The extension's; what its pages need is theirs. */
  readonly profile: ClientSoftwareProfile;
  readonly host: HeadlessHost;
  /** Who sits at the PIN dialog. */
  readonly person: (dialog: PinDialog) => void;
  /** Told everything a page could have seen. */
  readonly seen: (detail: string) => void;
}

export interface HeadlessPage {
  readonly document: HeadlessDocument;
  readonly kazashi: Kazashi;
  /** Closes the tab. */
  close(): void;
}

/** A service worker that runs, with the ports it would lose. */
interface Worker {
  readonly onConnect: Listeners<[PortEnd]>;
  readonly onRemoved: Listeners<[number]>;
  readonly ports: Set<PortEnd>;
}

export class HeadlessBrowser {
  /** Whether the extension is installed; pages opened before keep what they have. */
  extension = true;
  /** Milliseconds that pages waited for the marker, one entry a wait. */
  readonly waits: number[] = [];
  readonly #options: HeadlessBrowserOptions;
  #worker: Worker | undefined;
  #windows = 0;
  readonly #closings = new Listeners<[]>();

  constructor(options: HeadlessBrowserOptions) {
    this.#options = options;
  }

  /** @param profile what the page was made for, when it differs from the extension's */
  open(origin: string, profile = this.#options.profile): HeadlessPage {
    const document = new HeadlessDocument(this.#options.seen);
    const ports: PortEnd[] = [];
    if (this.extension) this.#installInto(document, origin, ports);
    const wait = async (milliseconds: number) => {
      this.waits.push(milliseconds);
    };
    const close = () => {
      for (const port of ports) port.disconnect();
    };
    return { document, kazashi: kazashiOn(document, { profile, wait }), close };
  }

  /** Resolves when a PIN dialog is closed next, by whomever. */
  dialogClosed(): Promise<void> {
    return new Promise((resolve) => this.#closings.addListener(resolve));
  }

  /** Stops the service worker, as a browser does when it likes; the next connection starts it anew. */
  stopWorker(): void {
    const ports = this.#worker?.ports ?? [];
    this.#worker = undefined;
    for (const port of ports) port.kill();
  }

  #installInto(document: HeadlessDocument, origin: string, ports: PortEnd[]): void {
    const { profile } = this.#options;
    const connect = ({ name }: { name: string }) => {
      const port = this.#connect(name, { origin, url: `${origin}/` });
      ports.push(port);
      return port;
    };
    const getManifest = () => ({ version: profile.versions.extension });
    startContent({ runtime: { connect, getManifest } }, document, profile);
  }

  #connect(name: string, sender: { origin?: string; url?: string }): PortEnd {
    const worker = this.#running();
    const [near, far] = PortEnd.pair(name, sender);
    worker.ports.add(far);
    queueMicrotask(() => worker.onConnect.emit(far));
    return near;
  }

  #running(): Worker {
    if (this.#worker !== undefined) return this.#worker;
    const worker: Worker = {
      onConnect: new Listeners(),
      onRemoved: new Listeners(),
      ports: new Set(),
    };
    this.#worker = worker;
    const { profile, host } = this.#options;
    let lastError: { message: string } | undefined;
    const connectNative = (name: string) => {
      const [near, far] = PortEnd.pair(name);
      worker.ports.add(near);
      host.start(far, (message) => {
        lastError = { message };
        near.lose();
        lastError = undefined;
      });
      return near;
    };
    startWorker(
      {
        runtime: {
          onConnect: worker.onConnect,
          connectNative,
          getManifest: () => ({ version: profile.versions.extension }),
          getURL: (path) => this.#url(path),
          get lastError() {
            return lastError;
          },
        },
        windows: {
          create: async ({ url }) => this.#openDialog(url, worker),
          onRemoved: worker.onRemoved,
        },
      },
      profile,
    );
    return worker;
  }

  #openDialog(url: string, worker: Worker): { id: number } {
    this.#windows += 1;
    const id = this.#windows;
    const ports: PortEnd[] = [];
    const closed = () => {
      for (const port of ports) port.disconnect();
      queueMicrotask(() => worker.onRemoved.emit(id));
      this.#closings.emit();
    };
    const dialog = new HeadlessDialog(new URL(url).hash, { closed, asked: this.#options.person });
    const connect = ({ name }: { name: string }) => {
      const port = this.#connect(name, { url });
      ports.push(port);
      return port;
    };
    const getManifest = () => ({ version: this.#options.profile.versions.extension });
    queueMicrotask(() => startDialog({ runtime: { connect, getManifest } }, dialog));
    return { id };
  }

  #url(path: string): string {
    return `chrome-extension://${extensionId(this.#options.profile)}/${path}`;
  }
}

/**
 * A headless Chromium driven over its debugging pipe (Chrome DevTools Protocol), for the tests that
 * must see a report as a person does. No package is needed: the protocol is JSON between NUL bytes.
 */
import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Readable, Writable } from "node:stream";

interface Answer {
  readonly id?: number;
  readonly method?: string;
  readonly params?: unknown;
  readonly result?: unknown;
  readonly error?: { readonly message: string };
}

interface Waiting {
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: Error) => void;
}

export interface Screen {
  readonly width: number;
  readonly height: number;
  readonly scheme?: "light" | "dark";
  readonly media?: "screen" | "print";
  /** Default true. */
  readonly script?: boolean;
}

/** The command that starts Chromium here, when there is one. */
export function findChromium(): string | undefined {
  return ["chromium", "chromium-browser", "google-chrome"].find((command) => {
    try {
      execFileSync("which", [command], { stdio: "ignore" });
      return true;
    } catch {
      return false;
    }
  });
}

export class Chromium {
  /** Methods of events seen, for example `Network.requestWillBeSent`, with their parameters. */
  readonly events: { readonly method: string; readonly params: unknown }[] = [];
  readonly #process: ChildProcess;
  readonly #profile: string;
  readonly #waiting = new Map<number, Waiting>();
  readonly #onEvent = new Map<string, () => void>();
  #lastId = 0;
  #unread = "";
  #session: string | undefined;

  private constructor(command: string) {
    this.#profile = mkdtempSync(join(tmpdir(), "jpki-bench-chromium-"));
    const words = [
      "--headless",
      "--no-sandbox",
      "--disable-gpu",
      "--disable-background-networking",
    ];
    this.#process = spawn(
      command,
      [...words, "--remote-debugging-pipe", `--user-data-dir=${this.#profile}`, "about:blank"],
      { stdio: ["ignore", "ignore", "ignore", "pipe", "pipe"] },
    );
    (this.#process.stdio[4] as Readable).setEncoding("utf8").on("data", (text: string) => {
      this.#receive(text);
    });
  }

  static async start(command: string): Promise<Chromium> {
    const browser = new Chromium(command);
    const { targetId } = await browser.call<{ targetId: string }>("Target.createTarget", {
      url: "about:blank",
    });
    const { sessionId } = await browser.call<{ sessionId: string }>("Target.attachToTarget", {
      targetId,
      flatten: true,
    });
    browser.#session = sessionId;
    for (const domain of ["Page", "Network", "Log", "Runtime"])
      await browser.call(`${domain}.enable`);
    return browser;
  }

  /** Opens `url` on a screen of the given kind and waits until it is loaded. */
  async open(url: string, screen: Screen): Promise<void> {
    const { width, height, scheme = "light", media = "screen", script = true } = screen;
    await this.call("Emulation.setDeviceMetricsOverride", {
      width,
      height,
      deviceScaleFactor: 1,
      mobile: width < 600,
    });
    await this.call("Emulation.setEmulatedMedia", {
      media,
      features: [{ name: "prefers-color-scheme", value: scheme }],
    });
    await this.call("Emulation.setScriptExecutionDisabled", { value: !script });
    this.events.length = 0;
    const loaded = new Promise<void>((resolve) =>
      this.#onEvent.set("Page.loadEventFired", resolve),
    );
    await this.call("Page.navigate", { url });
    await loaded;
  }

  /** The value of a JavaScript expression in the page. */
  async evaluate<T>(expression: string): Promise<T> {
    const { result, exceptionDetails } = await this.call<{
      result: { value: T };
      exceptionDetails?: { text: string; exception?: { description?: string } };
    }>("Runtime.evaluate", { expression, returnByValue: true, awaitPromise: true });
    if (exceptionDetails === undefined) return result.value;
    throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
  }

  /** A PNG of the whole page. */
  async screenshot(): Promise<Uint8Array> {
    const { data } = await this.call<{ data: string }>("Page.captureScreenshot", {
      captureBeyondViewport: true,
    });
    return Buffer.from(data, "base64");
  }

  async call<T>(method: string, params: object = {}): Promise<T> {
    this.#lastId += 1;
    const id = this.#lastId;
    const answer = new Promise<unknown>((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
    });
    const message = { id, method, params, ...(this.#session ? { sessionId: this.#session } : {}) };
    (this.#process.stdio[3] as Writable).write(`${JSON.stringify(message)}\0`);
    return (await answer) as T;
  }

  async close(): Promise<void> {
    const ended = once(this.#process, "exit");
    this.#session = undefined;
    await this.call("Browser.close");
    await ended;
    rmSync(this.#profile, { recursive: true, force: true, maxRetries: 5 });
  }

  #receive(text: string): void {
    const messages = (this.#unread + text).split("\0");
    this.#unread = messages.pop() ?? "";
    for (const message of messages) this.#take(JSON.parse(message) as Answer);
  }

  #take({ id, method, params, result, error }: Answer): void {
    if (method !== undefined) {
      this.events.push({ method, params });
      this.#onEvent.get(method)?.();
    }
    const waiting = id === undefined ? undefined : this.#waiting.get(id);
    if (id === undefined || waiting === undefined) return;
    this.#waiting.delete(id);
    if (error === undefined) waiting.resolve(result);
    else waiting.reject(new Error(error.message));
  }
}

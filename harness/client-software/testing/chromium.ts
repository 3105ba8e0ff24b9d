/**
 * A real headless Chromium with the extension of かざし利用クライアントソフト in it and its native host on
 * this machine, for system tests: Debian's chromium, driven by playwright-core. Its profile is new and
 * goes away with it.
 *
 * @example
 * await using browser = await startKazashiChromium({ settings: { mkpf, reader, anchors } });
 * const page = await browser.context.newPage();
 * await page.goto(`${origin}/counter`);            // a page that imports /client-software/kazashi.js
 * const read = page.evaluate(() => kazashi.attributes({ use: "registration", place: "faceToFace" }));
 * await browser.typePin("1234");                   // into the extension's own window
 * await read;
 */
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type BrowserContext, chromium, type Page } from "playwright-core";
import {
  type ClientSoftwareProfile,
  DEFAULT_CLIENT_SOFTWARE_PROFILE,
  DIALOG,
} from "../../../simulator/client-software/index.ts";
import { BIN } from "../../cli/testing/cli.ts";
import type { HostSettingsFile } from "../host-settings.ts";
import { installClientSoftware, LOOPBACK_PAGES } from "../install.ts";

/** For `systemParts`, besides those of the reader. */
export const CHROMIUM_PARTS = ["chromium"] as const;

export interface KazashiChromiumOptions {
  /** Of the native host; without them no host is installed. */
  readonly settings?: HostSettingsFile;
  /** Default true. */
  readonly extension?: boolean;
  readonly profile?: ClientSoftwareProfile;
  /** Environment of the browser, which its hosts inherit. */
  readonly env?: NodeJS.ProcessEnv;
}

export interface KazashiChromium extends AsyncDisposable {
  readonly context: BrowserContext;
  /** Waits for the extension's PIN window. */
  pinWindow(): Promise<Page>;
  /** Waits for the PIN window, types into it and sends. */
  typePin(pin: string): Promise<void>;
  /** Stops the extension's service worker, as the browser does when it likes. */
  stopWorker(): Promise<void>;
  /** Settings of the native host: they stand in its command line. */
  readonly settings: string;
  /** What pages and the service worker wrote to the console so far. */
  readonly console: readonly string[];
  /** What the browser, and the hosts it started, wrote to their standard error so far. */
  readonly log: readonly string[];
  /** Every file of the browser's profile, decoded byte by byte, by path. */
  files(): Promise<Map<string, string>>;
}

/** Nothing leaves the machine, and root may run it. */
export const CHROMIUM_FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** Of a host that no browser finds. */
const NOBODY: HostSettingsFile = {
  mkpf: "http://127.0.0.1:1",
  reader: { project: "simulator" },
};

export async function startKazashiChromium(
  options: KazashiChromiumOptions = {},
): Promise<KazashiChromium> {
  const { profile = DEFAULT_CLIENT_SOFTWARE_PROFILE, settings, extension = true } = options;
  const folder = await mkdtemp(join(tmpdir(), "kazashi-"));
  const userData = join(folder, "browser");
  const installed = await installClientSoftware({
    folder,
    // Without settings the manifest goes where no browser looks.
    browser: settings === undefined ? join(folder, "nowhere") : userData,
    profile,
    matches: LOOPBACK_PAGES,
    settings: settings ?? NOBODY,
    command: [process.execPath, BIN],
  });
  const loaded = [
    `--load-extension=${installed.extension}`,
    `--disable-extensions-except=${installed.extension}`,
  ];
  const log: string[] = [];
  const context = await chromium.launchPersistentContext(userData, {
    executablePath: "/usr/bin/chromium",
    // Playwright's own headless mode knows no extensions; the flag above does.
    headless: false,
    args: [
      ...CHROMIUM_FLAGS,
      "--headless=new",
      "--enable-logging=stderr",
      ...(extension ? loaded : []),
    ],
    env: environment(options.env ?? process.env),
    logger: {
      isEnabled: (name) => name === "browser",
      log: (_name, _severity, message) => log.push(String(message)),
    },
  });
  // How long a busy machine takes is for the test to limit, not for each step.
  context.setDefaultTimeout(0);
  const console: string[] = [];
  context.on("console", (message) => console.push(message.text()));
  context.on("serviceworker", (worker) =>
    worker.on("console", (message) => console.push(message.text())),
  );
  const windows = pinWindows(context);
  return {
    context,
    console,
    log,
    settings: installed.settings,
    stopWorker: () => stopWorkers(context),
    pinWindow: windows.next,
    typePin: async (pin) => typeInto(await windows.next(), pin),
    files: () => readAll(userData),
    [Symbol.asyncDispose]: async () => {
      await context.close();
      await rm(folder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

/** Types into a PIN window and sends; the window closes itself. */
export async function typeInto(window: Page, pin: string): Promise<void> {
  const input = window.locator(`#${DIALOG.input}`);
  const closed = window.waitForEvent("close");
  await input.fill(pin);
  // It may have gone before the key is reported as pressed.
  await input.press("Enter").catch(() => undefined);
  await closed;
}

async function stopWorkers(context: BrowserContext): Promise<void> {
  const [page] = context.pages();
  if (page === undefined) throw new Error("the browser has no page to speak through");
  const session = await context.newCDPSession(page);
  await session.send("ServiceWorker.enable");
  await session.send("ServiceWorker.stopAllWorkers");
  await session.detach();
}

/** PIN windows in the order in which they open, each given to one caller, ready to be typed into. */
function pinWindows(context: BrowserContext) {
  const opened: Page[] = [];
  const wanted: ((page: Page) => void)[] = [];
  context.on("page", (page) => {
    void page.waitForURL(/\/pin\.html/, { timeout: 0 }).then(
      () => {
        const taker = wanted.shift();
        if (taker === undefined) opened.push(page);
        else taker(page);
      },
      () => undefined,
    );
  });
  return {
    next: async (): Promise<Page> => {
      const page = opened.shift() ?? (await new Promise<Page>((resolve) => wanted.push(resolve)));
      await page.locator(`#${DIALOG.label}:not(:empty)`).waitFor();
      return page;
    },
  };
}

async function readAll(folder: string): Promise<Map<string, string>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  const texts = await Promise.all(
    files.map(async ({ parentPath, name }) => {
      const path = join(parentPath, name);
      // Files come and go while a browser runs.
      const text = await readFile(path, "latin1").catch(() => "");
      return [path, text] as const;
    }),
  );
  return new Map(texts);
}

function environment(from: NodeJS.ProcessEnv): Record<string, string> {
  const set = Object.entries(from).filter(([, value]) => value !== undefined);
  return Object.fromEntries(set) as Record<string, string>;
}

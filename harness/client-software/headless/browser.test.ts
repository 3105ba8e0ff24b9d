/** What the scenarios do not show of the extension: pages that go away, and impostors. */
import { expect, it } from "vitest";
import { startWorker } from "../../../simulator/client-software/extension/worker.ts";
import {
  DEFAULT_CLIENT_SOFTWARE_PROFILE,
  type KazashiCard,
} from "../../../simulator/client-software/index.ts";
import { HeadlessBrowser } from "./browser.ts";
import type { PinDialog } from "./dialog.ts";
import { Listeners } from "./listeners.ts";
import { HeadlessHost } from "./native-host.ts";
import { PortEnd } from "./port.ts";

const ORIGIN = "https://library.example.jp";
const AT = { use: "registration", place: "faceToFace" } as const;
const profile = DEFAULT_CLIENT_SOFTWARE_PROFILE;

const card: KazashiCard = {
  certificate: async () => Uint8Array.of(0x30, 0x00),
  authenticate: async () => Uint8Array.of(1),
  attributes: async () => ({ name: "試験", address: "試験市", birthDate: "20000102", sex: "1" }),
  proveGenuine: async () => true,
};

function browserWith(person: (dialog: PinDialog) => void): HeadlessBrowser {
  const admission = async () => undefined;
  const host = new HeadlessHost({ profile, admission, desk: (use) => use(card) });
  return new HeadlessBrowser({ profile, host, person, seen: () => {} });
}

it("a page that is closed takes its PIN window along, and the next page is served", async () => {
  let first = true;
  const browser = browserWith((dialog) => {
    if (!first) dialog.type("1234");
    first = false;
    leaving.close();
  });
  const leaving = browser.open(ORIGIN);
  const closed = browser.dialogClosed();
  void leaving.kazashi.attributes(AT);
  await closed;
  await expect(browser.open(ORIGIN).kazashi.attributes(AT)).resolves.toHaveProperty("sex", "1");
});

it("a page cannot pass for the PIN dialog", async () => {
  const onConnect = new Listeners<[PortEnd]>();
  const connectNative = () => {
    const [near, far] = PortEnd.pair("host");
    far.onMessage.addListener(() => far.postMessage({ application_version: "1.0.0" }));
    return near;
  };
  const asked = new Promise<void>((resolve) => {
    const create = async () => {
      resolve();
      return { id: 1 };
    };
    const getManifest = () => ({ version: "1.0.0" });
    const getURL = (path: string) => `chrome-extension://own/${path}`;
    startWorker(
      {
        runtime: { onConnect, connectNative, getManifest, getURL },
        windows: { create, onRemoved: new Listeners() },
      },
      profile,
    );
  });
  const connect = (name: string) => {
    const [near, far] = PortEnd.pair(name, { origin: ORIGIN, url: `${ORIGIN}/` });
    onConnect.emit(far);
    return near;
  };
  connect("page").postMessage({
    operation: "attributes",
    use: "registration",
    place: "face-to-face",
  });
  await asked;
  const impostor = connect("pin/1");
  const told = await new Promise((resolve) => {
    impostor.onMessage.addListener(resolve);
    impostor.onDisconnect.addListener(() => resolve("disconnected"));
  });
  expect(told).toBe("disconnected");
});

import fastify from "fastify";
import { describe, expect, it, vi } from "vitest";
import { ClientSoftwareError } from "../../../client-software/error.ts";
import type { Kazashi } from "../../../client-software/extension/page.ts";
import { DEFAULT_CLIENT_SOFTWARE_PROFILE } from "../../../client-software/profile.ts";
import { touch } from "../../../client-software/touch.ts";
import { type ReadingWindow, startReading } from "./reading-script.ts";
import { scriptFiles } from "./script-files.ts";

const ATTRIBUTES = { name: "試験 太郎", address: "試験市", birthDate: "20000102", sex: "1" };

/** Software that reads a card with certificate `CERT`. */
function software(parts: Partial<Kazashi> = {}, genuine = true): Kazashi {
  return {
    detect: async () => ({ version: "1.0.0" }),
    certificate: async () => ({ certificate: "CERT" }),
    authenticate: async (_at, challenge) => ({ signature: `signed ${challenge}` }),
    attributes: async () => ATTRIBUTES,
    authenticity: async () => ({ genuine }),
    touch: (_at, lookUp) =>
      touch({ certificate: async () => "CERT", proveGenuine: async () => genuine }, lookUp),
    ...parts,
  };
}

/** The page, as far as its script looks at it. */
function pageIn(mode: "register" | "touch", answer = Response.json({ birth_date_key: "120102" })) {
  const fields = new Map<string, { name: string; value: string }>();
  const trouble = { textContent: "" };
  const seen = { submitted: 0, went: "", asked: "" };
  let press = () => {};
  const button = {
    addEventListener: (_type: string, act: () => void) => {
      press = act;
    },
  };
  const form = {
    dataset: { lookUp: "/look-up", key: "birth_date_key", resume: "/resume", genuine: "genuine" },
    submit: () => {
      seen.submitted += 1;
    },
    querySelector: (selector: string) => {
      if (selector === "button") return button;
      if (selector === ".trouble") return trouble;
      const [, meaning = ""] = /"(\w+)"/.exec(selector) ?? [];
      const field = fields.get(meaning) ?? { name: meaning, value: "" };
      fields.set(meaning, field);
      return field;
    },
  };
  const main = { dataset: { mode, challenge: "CHALLENGE" }, querySelector: () => form };
  const window = {
    document: { querySelector: () => main },
    location: {
      assign: (address: string) => {
        seen.went = address;
      },
    },
    fetch: async (address: string, { body }: { body: URLSearchParams }) => {
      seen.asked = `${address} ${body}`;
      return answer;
    },
  } as unknown as ReadingWindow;
  const values = () => Object.fromEntries([...fields].map(([name, { value }]) => [name, value]));
  return { window, seen, trouble, values, press: () => press() };
}

/** Lets everything that is ready happen. */
const settled = () => new Promise((resolve) => setImmediate(resolve));

describe("the script of the reading page", () => {
  it("registers when somebody presses the button, and not before", async () => {
    const page = pageIn("register");
    startReading(page.window, software());
    await settled();
    expect(page.seen.submitted).toBe(0);
    page.press();
    await vi.waitFor(() => expect(page.seen.submitted).toBe(1));
    expect(page.values()).toEqual({
      certificate: "CERT",
      signature: "signed CHALLENGE",
      ...ATTRIBUTES,
    });
  });

  it("says what went wrong, hands in nothing and tries nothing again", async () => {
    const page = pageIn("register");
    let asked = 0;
    const authenticate = async () => {
      asked += 1;
      throw new ClientSoftwareError("pinWrong", { triesLeft: 2 });
    };
    startReading(page.window, software({ authenticate }));
    page.press();
    await vi.waitFor(() => expect(page.trouble.textContent).toContain("残り2回"));
    await settled();
    expect({ asked, submitted: page.seen.submitted }).toEqual({ asked: 1, submitted: 0 });
  });

  it("hands in the touch of a genuine card by itself", async () => {
    const page = pageIn("touch");
    startReading(page.window, software());
    await vi.waitFor(() => expect(page.seen.submitted).toBe(1));
    expect(page.seen.asked).toBe("/look-up certificate=CERT");
    expect(page.values()).toEqual({ certificate: "CERT", authenticity: "genuine" });
  });

  it("reports a card that is not genuine", async () => {
    const page = pageIn("touch");
    startReading(page.window, software({}, false));
    await vi.waitFor(() => expect(page.seen.submitted).toBe(1));
    expect(page.values()).toEqual({ certificate: "CERT", authenticity: "failed" });
  });

  it("goes where MKPF has sent the visit of somebody who is not registered", async () => {
    const page = pageIn("touch", new Response(null, { status: 303 }));
    startReading(page.window, software());
    await vi.waitFor(() => expect(page.seen.went).toBe("/resume"));
    expect(page.seen.submitted).toBe(0);
  });
});

it("the script's files are served, and no others", async () => {
  await using app = fastify();
  await app.register(scriptFiles("/client-software", DEFAULT_CLIENT_SOFTWARE_PROFILE));
  const statusOf = async (path: string) =>
    (await app.inject(`/client-software/${path}`)).statusCode;
  expect(await statusOf("counter.js")).toBe(200);
  expect(await statusOf("platform/mkpf/counter/reading-script.js")).toBe(200);
  expect(await statusOf("platform/mkpf/index.js")).toBe(404);
  expect(await statusOf("../../package.json")).toBe(404);
});

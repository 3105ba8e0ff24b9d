/** The lab's web page: what it shows of a world, and that its forms are operations of the control API. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Lab, LabClient } from "../lab/index.ts";
import { documentOf } from "../lab/testing/checked-fetch.ts";
import { openControlled } from "../lab/testing/controlled.ts";

let lab: Lab;
let client: LabClient;
let page: string;

beforeAll(async () => {
  ({ lab, client } = await openControlled({ seed: "console" }));
  await client("newResident");
  await client("newResident", { persona: "pinless" });
  await client("lifeEvent", { id: "R0001", event: "move" });
  await client("insertCard", { name: "counter", card: "R0001-1" });
  await client("setTriesLeft", { id: "R0001-1", pin: "auth", left: 0 });
  await client("planFault", { service: "crl", mode: "stale", times: 3 });
  const { ocsp } = lab.localAuthPf.profile.paths;
  await fetch(lab.addresses.localAuthPf + ocsp, { method: "POST", body: "{}" });
  page = await (await fetch(lab.addresses.console)).text();
});

afterAll(() => lab?.close());

/** Without its marks, and without what only the browser runs. */
const text = () =>
  page
    .replace(/<(script|style)>.*?<\/\1>/gs, "")
    .replace(/<[^>]+>/g, " ")
    .replace(/\s+/g, " ");

describe("the page", () => {
  it.each([
    ["the world's clock", /2026-08-07 10:00:00 JST 停止中/],
    ["where a card lies", /R0001-1 → counter/],
    ["a certificate that was revoked", /署名用 [0-9A-F]+ 失効 affiliationChanged/],
    ["a blocked PIN", /利用者証明用 1234 閉塞/],
    ["a PIN nobody has set", /利用者証明用 未設定/],
    ["a fault", /stale CRL 3回/],
    ["what a platform has seen", /request refused path \S+ error accessUnknown/],
  ])("shows %s", (_what, pattern) => {
    expect(text()).toMatch(pattern);
  });

  it("shows the address of every service", () => {
    const { console: _own, crl, mkpf, ...others } = lab.addresses;
    for (const url of [...Object.values(crl), ...Object.values(mkpf), ...Object.values(others)]) {
      expect(page).toContain(url);
    }
  });

  it("takes no name for a mark", async () => {
    const name = `<img src=x>　"'`;
    await client("lifeEvent", { id: "R0002", event: "correct", name });
    const shown = await (await fetch(lab.addresses.console)).text();
    expect(shown).not.toContain("<img");
    expect(shown).toContain("&lt;img src=x&gt;　&quot;&#39;");
  });
});

describe("a form of the page", () => {
  it("is an operation, whose other fields it has", async () => {
    const { paths } = await documentOf(lab.addresses.console);
    const forms = [...page.matchAll(/<form data-method="(\w+)" data-path="([^"]+)"/g)];
    expect(forms.length).toBeGreaterThan(10);
    for (const [, method = "", path = ""] of forms) {
      const template = path.replace(/:(\w+)/g, "{$1}");
      expect(paths[template]?.[method.toLowerCase()], `${method} ${path}`).toBeDefined();
    }
  });
});

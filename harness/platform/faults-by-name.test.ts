/** What a municipal system notices of a platform's faults, through real platforms and clients. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { Lab } from "../../simulator/lab/index.ts";
import { cacheFolder } from "../config/folders.ts";
import { municipalSystems } from "../scenario/systems.ts";
import type { LocalAuthPfClient, MkpfClient } from "./index.ts";

let lab: Lab;
let library: MkpfClient;
let window: LocalAuthPfClient;
let certificate: Uint8Array;

beforeAll(async () => {
  lab = await Lab.open({ seed: "faults by name", keys: cacheFolder("keys") });
  const systems = municipalSystems(lab, () => undefined);
  library = await systems.mkpf("試験市 図書館");
  window = systems.localAuthPf("試験市 市民課窓口");
  const serial = Number.parseInt((await lab.issueCard("adult")).authSerial, 16);
  certificate = lab.jpki.authorityOf(serial).find(serial).certificate;
}, 60_000);

afterEach(() => {
  lab.mkpf.verification.faults.clear();
  lab.localAuthPf.faults.clear();
});

afterAll(() => lab?.close());

const plan = (mode: string, more: object = {}) =>
  lab.mkpf.verification.faults.plan({ mode, path: "/api", ...more });
const ask = () => library.validity({ certificate });

describe("a municipal system, and MKPF under", () => {
  it.each([
    ["busy", { amount: 9 }, { status: 429, retryAfterSeconds: 9 }],
    ["outage", {}, { status: 503, retryAfterSeconds: 30 }],
    ["reset", {}, { status: undefined }],
    ["answer-lost", {}, { status: undefined }],
  ])("%s: not reachable, and the reason if there is one", async (mode, more, error) => {
    plan(mode, more);
    await expect(ask()).rejects.toMatchObject({ code: "PLATFORM_UNREACHABLE", ...error });
  });

  it.each(["server-error", "html", "truncated"])("%s: an answer nobody acts upon", async (mode) => {
    plan(mode);
    await expect(ask()).rejects.toMatchObject({ code: "PLATFORM_PROTOCOL" });
  });

  it("token-expiry: a new token, once, and the answer", async () => {
    const granted = () =>
      lab.mkpf.verification.seen
        .all()
        .filter((one) => one.request === "token" && one.outcome === "granted").length;
    await ask();
    const before = granted();
    plan("token-expiry", { times: 1 });
    expect(await ask()).toMatchObject({ result: "valid" });
    expect(granted()).toBe(before + 1);
    plan("token-expiry");
    await expect(ask()).rejects.toMatchObject({ code: "PLATFORM_REFUSED", status: 401 });
  });

  it.each([600, -600])(
    "clock-skew of %i s: invalid_client, until the clock is right",
    async (amount) => {
      const system = await municipalSystems(lab, () => undefined).mkpf("試験市 新図書館");
      lab.mkpf.verification.faults.plan({ mode: "clock-skew", amount });
      await expect(system.validity({ certificate })).rejects.toMatchObject({
        code: "PLATFORM_REFUSED",
        refusal: "invalid_client",
      });
      lab.mkpf.verification.faults.clear();
      expect(await system.validity({ certificate })).toMatchObject({ result: "valid" });
    },
  );
});

it.each([-2 * 86_400, 2 * 86_400])(
  "a window and 地方認証PF whose clock is off by %i s: 確認不可, never valid",
  async (amount) => {
    expect(await window.verify(certificate, "auth")).toMatchObject({ result: "valid" });
    lab.localAuthPf.faults.plan({ mode: "clock-skew", amount });
    const { result } = await window.verify(certificate, "auth");
    expect(["unconfirmed", "invalid"]).toContain(result);
  },
);

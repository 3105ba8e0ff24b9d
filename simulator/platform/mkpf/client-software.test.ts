import { afterEach, describe, expect, it } from "vitest";
import { LabClock } from "../../clock.ts";
import { Random } from "../../random.ts";
import { NOON, ScriptedChecker, ScriptedDirectory, Services } from "../testing/world.ts";
import type { ClientSoftwareApplication } from "./client-software.ts";
import { createMkpf, type MkpfOptions } from "./index.ts";

const MKPF = "https://mkpf.example";
const SITE = "https://library.example.jp";

const services = new Services();
afterEach(() => services.close());

const mkpf = (options: Partial<MkpfOptions> = {}) =>
  createMkpf({
    environment: "verification",
    issuer: () => MKPF,
    clock: LabClock.stopped(NOON),
    random: new Random("client-software"),
    checker: new ScriptedChecker(),
    people: new ScriptedDirectory(),
    ...options,
  });

async function ask(platform: ReturnType<typeof mkpf>, body: unknown) {
  const url = await services.listen(platform.plugin);
  const response = await fetch(url + platform.profile.paths.clientSoftware, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  const { result, error } = (await response.json()) as { result?: string; error?: string };
  return { status: response.status, said: result ?? error };
}

const ADMITTED = { status: 200, said: "ADMITTED" };
const refused = (said: string) => ({ status: 403, said });
const site = (sourceAddresses: string[]): ClientSoftwareApplication => ({
  edition: "extension",
  name: "試験市 図書館",
  origin: SITE,
  sourceAddresses,
});

describe("who may use かざし利用クライアントソフト", () => {
  it("in 検証環境 is a registered domain from a registered address", async () => {
    const platform = mkpf();
    const wish = { edition: "EXTENSION", origin: SITE };
    expect(await ask(platform, wish)).toEqual(refused("origin_not_registered"));
    platform.registerClientSoftware(site(["203.0.113.7"]));
    expect(await ask(platform, wish)).toEqual(refused("source_not_registered"));
    platform.registerClientSoftware(site(["127.0.0.1"]));
    expect(await ask(platform, wish)).toEqual(ADMITTED);
    const outcomes = platform.seen.all().map((seen) => ("outcome" in seen ? seen.outcome : ""));
    expect(outcomes).toContain("sourceNotRegistered");
  });

  it("in 本番環境 is a registered domain from anywhere", async () => {
    const platform = mkpf({ environment: "production" });
    platform.registerClientSoftware(site([]));
    expect(await ask(platform, { edition: "EXTENSION", origin: SITE })).toEqual(ADMITTED);
    const other = { edition: "EXTENSION", origin: `${SITE}:8443` };
    expect(await ask(platform, other)).toEqual(refused("origin_not_registered"));
  });

  it("are MKPF's own pages", async () => {
    expect(await ask(mkpf(), { edition: "EXTENSION", origin: MKPF })).toEqual(ADMITTED);
  });

  it("is a native application with the password issued to its edition", async () => {
    const platform = mkpf();
    const password = platform.registerClientSoftware({ edition: "dll", name: "窓口端末" });
    expect(await ask(platform, { edition: "DLL", password })).toEqual(ADMITTED);
    expect(await ask(platform, { edition: "DLL" })).toEqual(refused("password_missing"));
    const wrong = { edition: "DLL", password: `${password}x` };
    expect(await ask(platform, wrong)).toEqual(refused("password_wrong"));
    expect(await ask(platform, { edition: "MOBILE", password })).toEqual(refused("password_wrong"));
    expect(JSON.stringify(platform.state())).not.toContain(password);
  });

  it("stays known when the platform is opened again", async () => {
    const first = mkpf();
    first.registerClientSoftware(site(["127.0.0.1"]));
    const again = mkpf({ state: first.state() });
    expect(await ask(again, { edition: "EXTENSION", origin: SITE })).toEqual(ADMITTED);
  });

  it("is not for a request that says something else", async () => {
    const invalid = { status: 400, said: "invalid_request" };
    expect(await ask(mkpf(), { edition: "TOASTER", origin: MKPF })).toEqual(invalid);
    expect(await ask(mkpf(), { origin: MKPF })).toEqual(invalid);
    expect(await ask(mkpf(), { edition: "EXTENSION", url: MKPF })).toEqual(invalid);
  });

  it.each([
    ["a page instead of an origin", { ...site([]), origin: `${SITE}/staff` }],
    ["an address that is none", site(["library"])],
    ["no name", { edition: "dll", name: "" } as const],
  ])("cannot be registered with %s", (_what, application) => {
    expect(() => mkpf().registerClientSoftware(application)).toThrowError(
      expect.objectContaining({ code: "PLATFORM_REGISTRATION_INVALID" }),
    );
  });
});

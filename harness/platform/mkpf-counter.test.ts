import { afterEach, beforeEach, describe, expect, it } from "vitest";
import {
  FIRST_CERTIFICATE,
  RENEWED_CERTIFICATE,
  RENEWED_SERIAL,
  SIGN_CERTIFICATE,
} from "../../simulator/platform/testing/certificates.ts";
import { MkpfCounterClient } from "./mkpf-counter-client.ts";
import { MkpfWorld, YEARS_AGO } from "./testing/mkpf.ts";
import { backAt, readCard, register, TARO, touch } from "./testing/mkpf-visits.ts";

let world: MkpfWorld;

beforeEach(async () => {
  world = await MkpfWorld.open();
});
afterEach(() => world.close());

describe("MKPF 類型①: authorization code", () => {
  async function answered(system: MkpfCounterClient) {
    const visit = await system.begin({ mode: "register" });
    const screen = world.display();
    await screen.handInRegistration(readCard(await screen.open(visit.url)));
    return { visit, screen, back: backAt(await screen.decide("allow")) };
  }

  it("works once; the second use also ends the tokens of the first (MK-03)", async () => {
    const system = await world.library();
    const { visit, back } = await answered(system);
    const first = await system.finish(back, visit);
    await expect(system.finish(back, visit)).rejects.toMatchObject({ refusal: "invalid_grant" });
    await expect(system.signCertificateStatus(first)).rejects.toMatchObject({
      refusal: "invalid_token",
    });
  });

  it("is worthless after its time (MK-03)", async () => {
    const system = await world.library();
    const { visit, back } = await answered(system);
    world.clock.advance(61_000);
    await expect(system.finish(back, visit)).rejects.toMatchObject({ refusal: "invalid_grant" });
  });

  it("is worthless to another system", async () => {
    const { visit, back } = await answered(await world.library());
    await expect((await world.library()).finish(back, visit)).rejects.toMatchObject({
      refusal: "invalid_grant",
    });
  });

  it("is not even tried when the answer belongs to another visit (MK-04)", async () => {
    const system = await world.library();
    const { back } = await answered(system);
    const other = await system.begin({ mode: "register" });
    const before = world.traces.length;
    await expect(system.finish(back, other)).rejects.toMatchObject({ code: "PLATFORM_PROTOCOL" });
    back.searchParams.delete("state");
    await expect(system.finish(back, other)).rejects.toMatchObject({ code: "PLATFORM_PROTOCOL" });
    expect(world.traces).toHaveLength(before);
  });

  it("is not sent to an address of somebody else's (MK-16)", async () => {
    const other = await world.library("http://127.0.0.1:2/callback");
    const visit = await (await world.library()).begin({ mode: "register" });
    visit.url.searchParams.set("redirect_uri", "http://127.0.0.1:2/callback");
    expect(await world.display().open(visit.url)).toEqual({ step: "error", status: 400 });
    expect(other).toBeInstanceOf(MkpfCounterClient);
  });

  it("is refused for a purpose MKPF does not know", async () => {
    const system = await world.library();
    const visit = await system.begin({ mode: "register" });
    visit.url.searchParams.set("mode", "online");
    const back = backAt(await world.display().open(visit.url));
    await expect(system.finish(back, visit)).rejects.toMatchObject({ refusal: "invalid_request" });
  });

  it("belongs to one browser: another cannot finish the visit (DA-08 alike)", async () => {
    const visit = await (await world.library()).begin({ mode: "register" });
    const screen = world.display();
    await screen.open(visit.url);
    const { path } = world.traces.findLast(({ path }) => path.startsWith("/counter/")) ?? {
      path: "",
    };
    const stranger = await fetch(`${world.issuer}${path}`);
    expect(stranger.status).toBe(410);
    expect(await stranger.text()).toContain("最初からやり直してください");
  });

  it("is given to the second person at the same display for the second person", async () => {
    const system = await world.library();
    world.people.persons.set(RENEWED_SERIAL, { person: "person-2", issuedAt: YEARS_AGO });
    const screen = world.display();
    const visitors = [];
    for (const certificate of [FIRST_CERTIFICATE, RENEWED_CERTIFICATE]) {
      const visit = await system.begin({ mode: "register" });
      const reading = await screen.open(visit.url);
      expect(reading.step).toBe("card");
      await screen.handInRegistration(readCard(reading, certificate));
      visitors.push(await system.finish(backAt(await screen.decide("allow")), visit));
    }
    expect(visitors[0]?.visitor.ppid).not.toBe(visitors[1]?.visitor.ppid);
  });

  it("leads to tokens that can be refreshed without the person (MK-18)", async () => {
    const system = await world.library();
    const finished = await register(world.display(), system, { attributes: true });
    world.clock.advance(301_000);
    await expect(system.signCertificateStatus(finished)).rejects.toMatchObject({ status: 401 });
    const refreshed = await system.refresh(finished);
    expect(refreshed.visitor).toEqual(finished.visitor);
    world.people.signCertificates.set("person-1", [SIGN_CERTIFICATE]);
    expect(await system.signCertificateStatus(refreshed)).toMatchObject({ status: "unchanged" });
  });

  it("leads to a token for one person only", async () => {
    const system = await world.library();
    world.people.persons.set(RENEWED_SERIAL, { person: "person-2", issuedAt: YEARS_AGO });
    const first = await register(world.display(), system);
    const visit = await system.begin({ mode: "register" });
    const screen = world.display();
    await screen.handInRegistration(readCard(await screen.open(visit.url), RENEWED_CERTIFICATE));
    const second = await system.finish(backAt(await screen.decide("allow")), visit);
    const crossed = { tokens: second.tokens, visitor: first.visitor };
    await expect(system.signCertificateStatus(crossed)).rejects.toMatchObject({
      refusal: "ppid_unknown",
    });
  });
});

describe("MKPF 類型①: traces", () => {
  it("show neither 4情報, certificate, signature, code, token nor the birth date key", async () => {
    const system = await world.library();
    const { tokens } = await register(world.display(), system, { attributes: true });
    await touch(world.display(), system);
    const shown = JSON.stringify(world.traces);
    const secrets = [
      ...Object.values(TARO).filter((value) => value.length > 1),
      "020102",
      Buffer.from(FIRST_CERTIFICATE).toString("base64"),
      tokens.accessToken,
      tokens.refreshToken ?? "none",
    ];
    for (const secret of secrets) expect(shown).not.toContain(secret);
    expect(world.traces.map(({ path }) => path.split("?")[0])).toContain("/oauth/userinfo");
    const userinfo = world.traces.find(({ path }) => path === "/oauth/userinfo");
    expect(userinfo?.response).toMatchObject({
      ppid: expect.stringMatching(/^[\w-]{43}$/),
      name: "‹4情報›",
      evidence: { method: "ocsp" },
    });
  });
});

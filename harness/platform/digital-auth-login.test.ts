import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { LOGIN_NOTICES, LoginDesk } from "./digital-auth-login.ts";
import { DigitalAuthWorld } from "./testing/digital-auth-world.ts";

let world: DigitalAuthWorld;
let desk: LoginDesk;

beforeEach(async () => {
  world = new DigitalAuthWorld();
  await world.start();
  desk = new LoginDesk({ client: await world.service(), now: () => world.clock.now() });
});
afterEach(() => world.close());

async function leave(session: string, outcome = "normal"): Promise<URL> {
  const url = await desk.depart(session, { testResponse: { card: "card-1", outcome } });
  const step = await world.screen().open(url);
  expect.assert(step.step === "back");
  return step.url;
}

const tokenRequests = () => world.traces.filter(({ path }) => path.endsWith("/token")).length;
const notHere = { result: "notSignedIn", trouble: "notHere" };

describe("a login", () => {
  it("ends in the browser that began it, once", async () => {
    const answer = await leave("a");
    expect(await desk.arrive("b", answer)).toEqual(notHere);
    expect(tokenRequests()).toBe(0);
    expect((await desk.arrive("a", answer)).result).toBe("signedIn");
    expect(await desk.arrive("a", answer)).toEqual(notHere);
    expect(tokenRequests()).toBe(1);
  });

  it("is not spoilt by an answer to another", async () => {
    const [own, foreign] = [await leave("a"), await leave("b")];
    expect(await desk.arrive("a", foreign)).toEqual(notHere);
    expect((await desk.arrive("a", own)).result).toBe("signedIn");
  });

  it("is over after ten minutes, and given up for the next one", async () => {
    const [late, first] = [await leave("a"), await leave("b")];
    await leave("b");
    expect(await desk.arrive("b", first)).toEqual(notHere);
    world.clock.advance(600_000);
    expect(await desk.arrive("a", late)).toEqual(notHere);
    expect(tokenRequests()).toBe(0);
  });

  it.each([
    ["cancelled", "declined"],
    ["consentDeclined", "declined"],
    ["pinLocked", "pinLocked"],
    ["certificateRevoked", "certificate"],
    ["certificateExpired", "certificate"],
    ["maintenance", "outage"],
    ["unmetAcr", "refused"],
    ["serverError", "refused"],
  ] as const)("that ends with %s is told as %s", async (outcome, trouble) => {
    expect(await desk.arrive("a", await leave("a", outcome))).toEqual({
      result: "notSignedIn",
      trouble,
    });
    expect(LOGIN_NOTICES[trouble].ja).toMatch(/。$/);
  });

  it("meets a platform that is down as an outage, and a forged token as an error", async () => {
    const answer = await leave("a");
    const end = world.app.faults.inject({ kind: "drop" });
    expect(await desk.arrive("a", answer)).toMatchObject({ trouble: "outage" });
    end();
    const forged = await leave("a", "idToken.wrongNonce");
    await expect(desk.arrive("a", forged)).rejects.toMatchObject({ code: "PLATFORM_PROTOCOL" });
  });
});

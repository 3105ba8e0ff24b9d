import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { FIRST_CERTIFICATE } from "../../simulator/platform/testing/certificates.ts";
import { NOON } from "../../simulator/platform/testing/world.ts";
import { LocalAuthPfWorld } from "./testing/local-auth-pf.ts";

let world: LocalAuthPfWorld;

beforeEach(async () => {
  world = await LocalAuthPfWorld.open();
});
afterEach(() => world.close());

describe("地方認証PF: access information (LA-06)", () => {
  it("is an authentication error, not a verdict, when it is wrong", async () => {
    const access = world.access();
    const wrong = [
      { id: access.id, secret: "guess" },
      { id: "LAPF-00000000", secret: access.secret },
    ];
    for (const attempt of wrong) {
      await expect(world.client(attempt).verify(FIRST_CERTIFICATE, "auth")).rejects.toMatchObject({
        code: "PLATFORM_REFUSED",
        status: 401,
        refusal: "ACCESS_UNKNOWN",
      });
    }
    expect(world.checker.requests).toEqual([]);
    expect(world.platform.seen.all()).toEqual([
      { at: NOON, request: "refused", path: "/ocsp-method/verify", error: "accessUnknown" },
      { at: NOON, request: "refused", path: "/ocsp-method/verify", error: "accessUnknown" },
    ]);
  });

  it("does not work before it is activated, nor after it is stopped", async () => {
    const access = world.platform.issueAccess({ name: "試験市", method: "ocsp", kinds: ["auth"] });
    const verify = () => world.client(access).verify(FIRST_CERTIFICATE, "auth");
    await expect(verify()).rejects.toMatchObject({ status: 403, refusal: "ACCESS_NOT_ACTIVE" });
    world.platform.setAccessState(access.id, "active");
    expect(await verify()).toMatchObject({ result: "valid" });
    world.platform.setAccessState(access.id, "stopped");
    await expect(verify()).rejects.toMatchObject({ status: 403, refusal: "ACCESS_STOPPED" });
  });

  it("tells nobody about its state who does not know the secret", async () => {
    const access = world.platform.issueAccess({ name: "試験市", method: "ocsp", kinds: ["auth"] });
    const guess = world.client({ ...access, secret: "guess" });
    await expect(guess.verify(FIRST_CERTIFICATE, "auth")).rejects.toMatchObject({
      refusal: "ACCESS_UNKNOWN",
    });
  });

  it("opens the door of its own method only", async () => {
    const access = world.access();
    const atCrl = world.client(access, { method: "crl" });
    await expect(atCrl.verify(FIRST_CERTIFICATE, "auth")).rejects.toMatchObject({
      refusal: "ACCESS_UNKNOWN",
    });
  });

  it("survives a restart, and the state does not hold the secret", async () => {
    const access = world.access();
    const saved = JSON.parse(JSON.stringify(world.platform.state()));
    expect(JSON.stringify(saved)).not.toContain(access.secret);
    await world.close();
    await world.start({}, saved);
    const verdict = await world.client(access).verify(FIRST_CERTIFICATE, "auth");
    expect(verdict).toMatchObject({ result: "valid" });
  });

  it("cannot be issued for no kind of certificate, nor activated for nobody", () => {
    const refused = { code: "PLATFORM_REGISTRATION_INVALID" };
    expect(() =>
      world.platform.issueAccess({ name: "試験市", method: "ocsp", kinds: [] }),
    ).toThrowError(expect.objectContaining(refused));
    expect(() => world.platform.setAccessState("LAPF-00000000", "active")).toThrowError(
      expect.objectContaining(refused),
    );
  });
});

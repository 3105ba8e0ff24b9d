import { describe, expect, it } from "vitest";
import { LabClock } from "../../clock.ts";
import { MemoryStore } from "./memory-adapter.ts";

const NOON = new Date("2031-04-01T03:00:00.000Z");
const ID = "the-token-itself";

function store(clock = LabClock.stopped(NOON), written?: ReturnType<MemoryStore["written"]>) {
  return new MemoryStore(() => undefined, clock, written);
}

describe("what an authorization server has handed out", () => {
  it("is found by its id until the lab's clock says it is over", async () => {
    const clock = LabClock.stopped(NOON);
    const tokens = store(clock).adapter("AccessToken");
    await tokens.upsert(ID, { jti: ID, clientId: "RP1" }, 60);
    expect(await tokens.find(ID)).toMatchObject({ jti: ID, clientId: "RP1" });
    clock.advance(59_999);
    expect(await tokens.find(ID)).toBeDefined();
    clock.advance(1);
    expect(await tokens.find(ID)).toBeUndefined();
  });

  it("is written down without its id, and found by it again", async () => {
    const before = store();
    await before.adapter("RefreshToken").upsert(ID, { jti: ID, grantId: "g" }, 60);
    const written = JSON.parse(JSON.stringify(before.written()));
    expect(JSON.stringify(written)).not.toContain(ID);
    const after = store(LabClock.stopped(NOON), written).adapter("RefreshToken");
    expect(await after.find(ID)).toEqual({ jti: ID, grantId: "g" });
    expect(await after.find("another")).toBeUndefined();
    expect(await after.find(written[0].digest)).toBeUndefined();
  });

  it("is no longer written down when it is over; a browser's visit never is", async () => {
    const clock = LabClock.stopped(NOON);
    const one = store(clock);
    await one.adapter("AccessToken").upsert("a", { jti: "a" }, 60);
    await one.adapter("RefreshToken").upsert("r", { jti: "r" }, 120);
    await one.adapter("Interaction").upsert("i", { jti: "i", uid: "i" }, 120);
    clock.advance(60_000);
    expect(one.written().map(({ kind }) => kind)).toEqual(["RefreshToken"]);
  });

  it("falls with its grant, of whatever kind, after a restart too", async () => {
    const before = store();
    await before.adapter("AccessToken").upsert("a", { jti: "a", grantId: "g" }, 60);
    await before.adapter("RefreshToken").upsert("r", { jti: "r", grantId: "g" }, 60);
    await before.adapter("RefreshToken").upsert("other", { jti: "other", grantId: "h" }, 60);
    const after = store(LabClock.stopped(NOON), before.written());
    await after.adapter("AccessToken").revokeByGrantId("g");
    expect(await after.adapter("AccessToken").find("a")).toBeUndefined();
    expect(await after.adapter("RefreshToken").find("r")).toBeUndefined();
    expect(await after.adapter("RefreshToken").find("other")).toBeDefined();
  });

  it("stays used once it was used", async () => {
    const before = store();
    await before.adapter("AuthorizationCode").upsert("c", { jti: "c" }, 60);
    await before.adapter("AuthorizationCode").consume("c");
    const after = store(LabClock.stopped(NOON), before.written());
    expect(await after.adapter("AuthorizationCode").find("c")).toMatchObject({ consumed: true });
  });
});

import { afterEach, describe, expect, it } from "vitest";
import { LabClock } from "../clock.ts";
import { Random } from "../random.ts";
import { PlatformFaults } from "./faults.ts";
import { NOON, Services } from "./testing/world.ts";

const services = new Services();
afterEach(() => services.close());

async function start() {
  const clock = LabClock.stopped(NOON);
  const faults = new PlatformFaults(new Random("faults"), clock);
  let served = 0;
  const origin = await services.listen(async (app) => {
    faults.guard(app);
    for (const path of ["/validity", "/token"]) {
      app.get(path, ({ headers }) => {
        served += 1;
        return { path, token: headers.authorization };
      });
    }
  });
  const get = (path: string, signal?: AbortSignal) =>
    fetch(`${origin}${path}`, signal === undefined ? {} : { signal });
  return { clock, faults, origin, get, served: () => served };
}

describe("platform faults", () => {
  it("refuses with 503 and Retry-After until it is ended", async () => {
    const { faults, get, served } = await start();
    const end = faults.inject({ kind: "refuse", retryAfterSeconds: 30 });
    const refused = await get("/validity");
    expect(refused.status).toBe(503);
    expect(refused.headers.get("retry-after")).toBe("30");
    expect(served()).toBe(0);
    end();
    expect((await get("/validity")).status).toBe(200);
  });

  it("strikes the given path only, as often as asked", async () => {
    const { faults, get } = await start();
    faults.inject(
      { kind: "refuse", status: 429, retryAfterSeconds: 1 },
      { path: "/validity", times: 2 },
    );
    const statuses = [];
    for (const path of ["/token", "/validity", "/validity", "/validity"]) {
      statuses.push((await get(path)).status);
    }
    expect(statuses).toEqual([200, 429, 429, 200]);
  });

  it("drops the connection without an answer", async () => {
    const { faults, get, served } = await start();
    faults.inject({ kind: "drop" }, { times: 1 });
    await expect(get("/validity")).rejects.toThrow("fetch failed");
    expect(served()).toBe(0);
    expect((await get("/validity")).status).toBe(200);
  });

  it("answers late, but answers", async () => {
    const { faults, get } = await start();
    faults.inject({ kind: "latency", milliseconds: 40 });
    const started = performance.now();
    expect((await get("/validity")).status).toBe(200);
    // Timers may fire a millisecond early.
    expect(performance.now() - started).toBeGreaterThanOrEqual(39);
  });

  it("spares the service a request whose sender has hung up meanwhile", async () => {
    const { faults, get, served } = await start();
    const end = faults.inject({ kind: "latency", milliseconds: 30 });
    await expect(get("/validity", AbortSignal.timeout(5))).rejects.toThrow();
    // The next one waits as long, so the first has had its turn when it is answered.
    expect((await get("/validity")).status).toBe(200);
    end();
    expect(served()).toBe(1);
  });

  it("loses about the given share of requests, the same ones for the same seed", async () => {
    const lostOf = async () => {
      const { faults, get } = await start();
      faults.inject({ kind: "loss", share: 0.25 });
      const outcomes = [];
      for (let i = 0; i < 60; i += 1) {
        outcomes.push(
          await get("/validity").then(
            () => "served",
            () => "lost",
          ),
        );
      }
      return outcomes;
    };
    const first = await lostOf();
    expect(await lostOf()).toEqual(first);
    const lost = first.filter((outcome) => outcome === "lost").length;
    expect(lost).toBeGreaterThan(5);
    expect(lost).toBeLessThan(30);
  });

  it("is over once cleared", async () => {
    const { faults, get } = await start();
    faults.inject({ kind: "drop" });
    expect(faults.active).toBe(true);
    faults.clear();
    expect(faults.active).toBe(false);
    expect((await get("/validity")).status).toBe(200);
  });
});

describe("a platform fault by its name", () => {
  const statuses = async (get: (path: string) => Promise<Response>, times: number) => {
    const found = [];
    for (let i = 0; i < times; i += 1) found.push((await get("/validity")).status);
    return found;
  };

  it("lets requests pass first, strikes so often, and is over", async () => {
    const { faults, get } = await start();
    faults.plan({ mode: "server-error", path: "/validity", after: 1, times: 2 });
    expect((await get("/token")).status).toBe(200);
    expect(await statuses(get, 5)).toEqual([200, 500, 500, 200, 200]);
    expect(faults.active).toBe(false);
  });

  it("is over after so many seconds of the world's clock", async () => {
    const { clock, faults, get } = await start();
    faults.plan({ mode: "outage", amount: 7, seconds: 60 });
    const refused = await get("/validity");
    expect([refused.status, refused.headers.get("retry-after")]).toEqual([503, "7"]);
    clock.advance(59_999);
    expect((await get("/validity")).status).toBe(503);
    clock.advance(1);
    expect(faults.active).toBe(false);
    expect((await get("/validity")).status).toBe(200);
  });

  it("limits the rate, and says how long until the minute is over", async () => {
    const { clock, faults, get } = await start();
    faults.plan({ mode: "rate-limit", amount: 2 });
    expect(await statuses(get, 2)).toEqual([200, 200]);
    clock.advance(45_000);
    const limited = await get("/validity");
    expect([limited.status, limited.headers.get("retry-after")]).toEqual([429, "15"]);
    clock.advance(15_000);
    expect(await statuses(get, 3)).toEqual([200, 200, 429]);
  });

  it("cuts an answer off", async () => {
    const { faults, get } = await start();
    const whole = await (await get("/validity")).text();
    faults.plan({ mode: "truncated", times: 1 });
    const cut = await get("/validity");
    expect(cut.status).toBe(200);
    expect(cut.headers.get("content-type")).toMatch(/json/);
    expect(await cut.text()).toBe(whole.slice(0, whole.length / 2));
  });

  it("puts somebody's page in the place of the answer", async () => {
    const { faults, get, served } = await start();
    faults.plan({ mode: "html", times: 1 });
    expect((await get("/validity")).headers.get("content-type")).toMatch(/^text\/html/);
    expect(served()).toBe(0);
  });

  it("loses the answer, but not what was done", async () => {
    const { faults, get, served } = await start();
    faults.plan({ mode: "answer-lost", times: 1 });
    await expect(get("/validity")).rejects.toThrow("fetch failed");
    expect(served()).toBe(1);
    expect((await get("/validity")).status).toBe(200);
  });

  it("never answers, and does nothing", async () => {
    const { faults, get, served } = await start();
    faults.plan({ mode: "timeout", times: 1 });
    await expect(get("/validity", AbortSignal.timeout(20))).rejects.toThrow();
    expect(served()).toBe(0);
  });

  it("sets the platform's clock wrong, and nobody else's", async () => {
    const { clock, faults, get } = await start();
    faults.plan({ mode: "clock-skew", amount: -90, after: 1, times: 1 });
    expect(faults.skew).toBe(0);
    await get("/validity");
    expect(faults.skew).toBe(-90_000);
    await get("/validity");
    expect(faults.clock.now().getTime()).toBe(clock.now().getTime() - 90_000);
    await get("/validity");
    expect(faults.skew).toBe(0);
  });

  it("voids the access token that comes along", async () => {
    const { faults, origin } = await start();
    const token = async () => {
      const headers = { authorization: "Bearer good" };
      const answer = await fetch(`${origin}/token`, { headers });
      return ((await answer.json()) as { token: string }).token;
    };
    faults.plan({ mode: "token-expiry", times: 1 });
    expect([await token(), await token()]).toEqual(["Bearer expired", "Bearer good"]);
  });

  it("changes keys once, at its place, where something is signed", async () => {
    const { faults, get } = await start();
    const rotated: boolean[] = [];
    expect(() => faults.plan({ mode: "key-rotation" })).toThrowError(
      expect.objectContaining({ code: "CONTROL_INVALID" }),
    );
    faults.signsWith((forget) => rotated.push(forget));
    faults.plan({ mode: "key-withdrawn", after: 1 });
    await get("/token");
    expect(rotated).toEqual([]);
    await get("/token");
    await get("/token");
    expect(rotated).toEqual([true]);
  });

  it("ends all others when it is none", async () => {
    const { faults, get } = await start();
    faults.plan({ mode: "reset" });
    faults.plan({ mode: "none" });
    expect((await get("/validity")).status).toBe(200);
  });

  it.each([
    { mode: "fire" },
    { mode: "toString" },
    { mode: "html", amount: 1 },
    { mode: "loss", amount: 101 },
    { mode: "outage", amount: -1 },
    { mode: "latency", amount: 0.5 },
    { mode: "rate-limit", amount: 0 },
    { mode: "clock-skew", amount: Number.NaN },
  ])("is refused where it makes no sense: %o", (request) => {
    const faults = new PlatformFaults(new Random("faults"), LabClock.stopped(NOON));
    expect(() => faults.plan(request)).toThrowError(
      expect.objectContaining({ code: "CONTROL_INVALID" }),
    );
    expect(faults.active).toBe(false);
  });
});

import { afterEach, describe, expect, it } from "vitest";
import { Random } from "../random.ts";
import { PlatformFaults } from "./faults.ts";
import { Services } from "./testing/world.ts";

const services = new Services();
afterEach(() => services.close());

async function start() {
  const faults = new PlatformFaults(new Random("faults"));
  let served = 0;
  const origin = await services.listen(async (app) => {
    faults.guard(app);
    for (const path of ["/validity", "/token"]) {
      app.get(path, () => {
        served += 1;
        return { path };
      });
    }
  });
  const get = (path: string, signal?: AbortSignal) =>
    fetch(`${origin}${path}`, signal === undefined ? {} : { signal });
  return { faults, get, served: () => served };
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

import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { MemoryCardStore, personalise, SimulatedCard } from "../../card/index.ts";
import { testSpec } from "../../card/testing/spec.ts";
import { LabClock } from "../../clock.ts";
import { fromHex, toHex } from "../../iso7816/index.ts";
import { Random } from "../../random.ts";
import { NOON, Services } from "../testing/world.ts";
import type { KnownCard } from "./card-directory.ts";
import { type CardApLoader, createCardApLoader } from "./index.ts";
import type { ApplicationRegistration, OperatorAccess } from "./operators.ts";
import { parseCardApLoaderProfile } from "./profile.ts";

const CARD = "123456789012345";
const LIBRARY = "D392990001";
const BUS = "D392990002";
const SELECT_LIBRARY = `00A4040C05${LIBRARY}`;

const services = new Services();
let card: SimulatedCard;
let known: KnownCard;
let loader: CardApLoader;
let origin: string;
let city: OperatorAccess;

beforeEach(async () => {
  const store = new MemoryCardStore();
  card = new SimulatedCard(personalise(testSpec()), { store, random: new Random("card") });
  known = { municipalityCode: "13101", state: "usable", card };
  loader = open();
  origin = await services.listen(loader.plugin);
  city = loader.registerOperator({
    name: "試験市",
    ground: "ordinance",
    municipalityCode: "13101",
  });
  loader.registerApplication(city.id, library());
});

afterEach(() => services.close());

function open(state?: ReturnType<CardApLoader["state"]>): CardApLoader {
  return createCardApLoader({
    clock: LabClock.stopped(NOON),
    random: new Random("loader"),
    cards: { find: (number) => (number === CARD ? known : undefined) },
    profile: parseCardApLoaderProfile({ rules: { localBytes: 600, overheadBytes: 100 } }),
    ...(state && { state }),
  });
}

function library(more: Partial<ApplicationRegistration> = {}): ApplicationRegistration {
  return {
    name: "図書館利用カード",
    aid: LIBRARY,
    files: [{ id: 1, read: "free", content: "4C49" }],
    ...more,
  };
}

async function ask(path: string, body: object, access: OperatorAccess = city, at = origin) {
  const response = await fetch(`${at}${path}`, {
    method: "POST",
    headers: {
      "content-type": "application/json",
      "x-operator-id": access.id,
      "x-operator-secret": access.secret,
    },
    body: JSON.stringify(body),
  });
  const answer = (await response.json()) as Record<string, unknown>;
  return { ...answer, status: response.status } as Record<string, unknown>;
}

const start = (more: object = {}, access = city) =>
  ask(
    "/loadings/start",
    { card_number: CARD, application: LIBRARY, channel: "COUNTER", ...more },
    access,
  );

async function begun(access = city): Promise<string> {
  return String((await start({}, access)).loading);
}

async function load(): Promise<void> {
  const loading = await begun();
  await ask("/loadings/write", { loading });
  await ask("/loadings/confirm", { loading });
}

function status(command: string): string {
  card.powerOn();
  return toHex(card.transmit(fromHex(command))).slice(-4);
}

describe("loading", () => {
  it("is begun, put on the card and made usable, and says each time that it is no real system", async () => {
    const started = await start();
    expect(started).toMatchObject({ status: 200, result: "STARTED", area: "LOCAL" });
    expect(started.notice).toContain("NON-NORMATIVE");
    expect(status(SELECT_LIBRARY)).toBe("6A82");

    const { loading } = started;
    expect(await ask("/loadings/write", { loading })).toMatchObject({ result: "WRITTEN" });
    expect(status(SELECT_LIBRARY)).toBe("6283");

    expect(await ask("/loadings/confirm", { loading })).toMatchObject({ result: "LOADED" });
    expect(status(SELECT_LIBRARY)).toBe("9000");
    expect(toHex(card.transmit(fromHex("00B0810000")))).toBe("4C499000");
  });

  it("is taken up again where it was broken off, however often a step is asked for", async () => {
    const loading = await begun();
    for (const path of ["/loadings/write", "/loadings/write"]) await ask(path, { loading });
    expect(await start()).toMatchObject({ result: "RESUMED", loading });
    for (const path of ["/loadings/confirm", "/loadings/confirm", "/loadings/write"]) {
      expect((await ask(path, { loading })).status).toBe(200);
    }
    expect(status(SELECT_LIBRARY)).toBe("9000");
    expect(loader.state().loadings).toHaveLength(1);
    expect(await start()).toMatchObject({ status: 409, error: "ALREADY_LOADED" });
  });

  it("leaves nothing behind when it is given up", async () => {
    const loading = await begun();
    await ask("/loadings/write", { loading });
    expect(await ask("/loadings/cancel", { loading })).toMatchObject({ result: "CANCELLED" });
    expect(status(SELECT_LIBRARY)).toBe("6A82");
    expect(await ask("/loadings/confirm", { loading })).toMatchObject({ error: "LOADING_ENDED" });
    expect(await start()).toMatchObject({ result: "STARTED" });
  });

  it("is not finished before the application is on the card", async () => {
    const loading = await begun();
    const early = await ask("/loadings/confirm", { loading });
    expect(early).toMatchObject({ status: 409, error: "NOT_WRITTEN" });
  });

  it("goes on with a system that was opened again", async () => {
    const loading = await begun();
    const reopened = open(JSON.parse(JSON.stringify(loader.state())));
    const at = await services.listen(reopened.plugin);
    expect(await ask("/loadings/write", { loading }, city, at)).toMatchObject({
      result: "WRITTEN",
    });
  });
});

describe("loading is refused", () => {
  it.each<[string, object, number, string]>([
    ["for a card nobody has", { card_number: "0".repeat(15) }, 404, "CARD_UNKNOWN"],
    ["for an application nobody has", { application: "D3929900FF" }, 404, "APPLICATION_UNKNOWN"],
    ["where the operator does not want it", { channel: "KIOSK" }, 403, "CHANNEL_NOT_PERMITTED"],
    ["somewhere unheard of", { channel: "HOME" }, 400, "INVALID_REQUEST"],
    ["for a number that is none", { card_number: "12" }, 400, "INVALID_REQUEST"],
    ["with a field too many", { pin: "1234" }, 400, "INVALID_REQUEST"],
  ])("%s", async (_what, more, expected, error) => {
    expect(await start(more)).toMatchObject({ status: expected, error });
    expect(loader.state().loadings).toEqual([]);
  });

  it.each(["stopped", "replaced", "ended"] as const)("for a card that is %s", async (state) => {
    known = { municipalityCode: "13101", state };
    expect(await start()).toMatchObject({ status: 409, error: "CARD_NOT_USABLE" });
  });

  it("for residents of another municipality, at every step", async () => {
    const loading = await begun();
    known = { municipalityCode: "28100", state: "usable", card };
    expect(await start()).toMatchObject({ status: 403, error: "NOT_A_RESIDENT" });
    expect(await ask("/loadings/write", { loading })).toMatchObject({ error: "NOT_A_RESIDENT" });
    expect(status(SELECT_LIBRARY)).toBe("6A82");
  });

  it("where there is no room, and fits exactly where there is", async () => {
    const add = (aid: string, bytes: number) =>
      loader.registerApplication(
        city.id,
        library({ aid, files: [{ id: 1, read: "free", content: "00".repeat(bytes) }] }),
      );
    add(BUS, 398);
    add("D392990003", 399);
    await load();
    expect(await start({ application: "D392990003" })).toMatchObject({
      status: 409,
      error: "AREA_FULL",
      error_description: "499 bytes are needed and 498 are left",
    });
    expect(await start({ application: BUS })).toMatchObject({ result: "STARTED" });
  });

  it.each<[string, () => OperatorAccess, number, string]>([
    ["with a wrong secret", () => ({ ...city, secret: "x" }), 401, "ACCESS_UNKNOWN"],
    ["to nobody", () => ({ id: "CAP-0", secret: "x" }), 401, "ACCESS_UNKNOWN"],
    [
      "to whom it was stopped",
      () => {
        loader.stopOperator(city.id);
        return city;
      },
      403,
      "ACCESS_STOPPED",
    ],
  ])("%s", async (_what, access, expected, error) => {
    expect(await start({}, access())).toMatchObject({ status: expected, error });
  });
});

describe("tenants", () => {
  let company: OperatorAccess;

  beforeEach(() => {
    company = loader.registerOperator({ name: "試験鉄道", ground: "approval" });
    loader.registerApplication(company.id, library({ aid: BUS }));
  });

  it("have areas of their own", async () => {
    await load();
    known = { municipalityCode: "28100", state: "usable", card };
    expect(await start({ application: BUS }, company)).toMatchObject({ area: "EXTENDED" });
  });

  it("see and touch nothing of one another", async () => {
    await load();
    const other = { card_number: CARD, application: LIBRARY };
    const listed = await ask("/applications/inventory", { card_number: CARD }, company);
    expect(listed).toMatchObject({ result: "LISTED", applications: [], area: "EXTENDED" });
    for (const path of ["/applications/delete", "/applications/standing"]) {
      expect(await ask(path, other, company)).toMatchObject({
        status: 404,
        error: "APPLICATION_UNKNOWN",
      });
    }
    expect(await start({}, company)).toMatchObject({ error: "APPLICATION_UNKNOWN" });
    expect(status(SELECT_LIBRARY)).toBe("9000");
  });

  it("cannot go on with one another's loadings", async () => {
    const loading = await begun();
    for (const path of ["/loadings/write", "/loadings/confirm", "/loadings/cancel"]) {
      expect(await ask(path, { loading }, company)).toMatchObject({
        status: 404,
        error: "LOADING_UNKNOWN",
      });
    }
  });

  it("cannot take a name that is taken", () => {
    expect(() => loader.registerApplication(company.id, library())).toThrowError(
      expect.objectContaining({ code: "PLATFORM_REGISTRATION_INVALID" }),
    );
  });
});

describe("an application on a card", () => {
  const own = { card_number: CARD, application: LIBRARY };
  const standing = () => ask("/applications/standing", own);

  it("is listed with the room that is left, and deleted", async () => {
    await load();
    expect(await ask("/applications/inventory", { card_number: CARD })).toMatchObject({
      applications: [{ application: LIBRARY, result: "ACTIVE" }],
      free_bytes: 498,
    });
    expect(await ask("/applications/delete", own)).toMatchObject({ result: "DELETED" });
    expect(status(SELECT_LIBRARY)).toBe("6A82");
    expect(await ask("/applications/delete", own)).toMatchObject({ error: "NOT_LOADED" });
    expect(await start()).toMatchObject({ result: "STARTED" });
  });

  it.each<[string, KnownCard, string]>([
    ["was lost", { municipalityCode: "13101", state: "stopped" }, "CARD_STOPPED"],
    ["was replaced", { municipalityCode: "13101", state: "replaced" }, "CARD_REPLACED"],
    ["has ended", { municipalityCode: "13101", state: "ended" }, "CARD_ENDED"],
  ])("is to be served no more once the card %s", async (_what, now, reason) => {
    await load();
    expect(await standing()).toMatchObject({ result: "ACTIVE" });
    known = now;
    expect(await standing()).toMatchObject({ result: "STOPPED", reason });
  });

  it("is to be served no more once its holder has moved away", async () => {
    await load();
    known = { municipalityCode: "28100", state: "usable", card };
    expect(await standing()).toMatchObject({ result: "STOPPED", reason: "MOVED_OUT" });
  });

  it("is not to be served before it is finished, nor when it never was there", async () => {
    expect(await standing()).toMatchObject({ reason: "NOT_LOADED" });
    await ask("/loadings/write", { loading: await begun() });
    expect(await standing()).toMatchObject({ reason: "UNFINISHED" });
  });
});

it("remembers what was done, and no card number", async () => {
  await load();
  await start();
  const seen = loader.seen.all();
  expect(seen).toMatchObject([
    { request: "start", result: "started", operator: city.id },
    { request: "write", result: "written" },
    { request: "confirm", result: "loaded" },
    { request: "refused", path: "/loadings/start", error: "alreadyLoaded" },
  ]);
  expect(JSON.stringify(seen)).not.toContain(CARD);
});

it("does not come back with a state that is none", () => {
  expect(() => open({ version: 1, operators: [], loadings: [{}] } as never)).toThrowError(
    expect.objectContaining({ code: "STATE_INVALID" }),
  );
});

it.each([
  ["no object", 7],
  ["an unknown section", { endpoints: {} }],
  ["a path that is none", { paths: { start: "loadings" } }],
  ["two results with one code", { results: { active: "1", stopped: "1" } }],
  ["a limit out of range", { rules: { localBytes: 0 } }],
])("its profile refuses %s", (_what, value) => {
  expect(() => parseCardApLoaderProfile(value)).toThrowError(
    expect.objectContaining({ code: "PLATFORM_PROFILE_INVALID" }),
  );
});

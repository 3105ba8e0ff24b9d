/** The pages of MKPF 類型①, worked in a browser with a card put on the lab's reader by the control API. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { Lab, type LabClient, labClient } from "../../simulator/lab/index.ts";
import { cacheFolder } from "../config/folders.ts";
import { newClientKey } from "../platform/client-key.ts";
import {
  CounterDisplay,
  type CounterPurpose,
  type FinishedVisit,
  MkpfCounterClient,
} from "../platform/index.ts";
import { counterReader } from "./counter-reader.ts";

const PINS = { auth: "1234", text: "1234" };
const REDIRECT_URI = "http://127.0.0.1:1/callback";

let lab: Lab;
let control: LabClient;
let system: MkpfCounterClient;

beforeAll(async () => {
  lab = await Lab.open({
    seed: "counter-reader",
    keys: cacheFolder("keys"),
    readingSoftware: counterReader,
  });
  control = labClient(lab.addresses.console);
  const { publicJwk, privateKey } = await newClientKey();
  const { clientId } = lab.mkpf.verification.registerSystem({
    name: "試験市 図書館",
    type: "mkpf-1",
    publicJwk,
    redirectUris: [REDIRECT_URI],
  });
  const issuer = lab.addresses.mkpf.verification;
  system = await MkpfCounterClient.create({
    ...{ issuer, clientId, privateKey, redirectUri: REDIRECT_URI },
    sink: () => undefined,
  });
});

afterAll(() => lab?.close());

afterEach(() => control("removeCard", { name: "counter" }));

/** A new resident's card on the reader of the counter. */
async function cardOnReader(): Promise<string> {
  const { card } = await control("newResident");
  await control("insertCard", { name: "counter", card: card?.id ?? "" });
  return card?.id ?? "";
}

/** A display that shows the page which asks for a card. */
async function shown(purpose: CounterPurpose) {
  const pending = await system.begin(purpose);
  const display = new CounterDisplay();
  expect(await display.open(pending.url)).toMatchObject({ step: "card" });
  return { display, pending };
}

async function register(card: string): Promise<FinishedVisit> {
  const { display, pending } = await shown({ mode: "register", attributes: true });
  expect(await display.pick(card, PINS)).toEqual({ step: "consent" });
  const back = await display.decide("allow");
  if (back.step !== "back") throw new Error(`the display is at ${back.step}`);
  return system.finish(back.url, pending);
}

describe("the reader of a counter", () => {
  it("registers whoever's card lies there, and knows them by a touch afterwards", async () => {
    const card = await cardOnReader();
    const first = await register(card);
    expect(first.visitor.attributes?.name).toMatch(/^試験/);

    const { display, pending } = await shown({ mode: "touch" });
    const back = await display.pick(card);
    if (back.step !== "back") throw new Error(`the display is at ${back.step}`);
    const { visitor } = await system.finish(back.url, pending);
    expect(visitor.ppid).toBe(first.visitor.ppid);
  });

  it("tells of a wrong PIN, and tries it once", async () => {
    const card = await cardOnReader();
    const { display } = await shown({ mode: "register" });
    expect(await display.pick(card, { ...PINS, auth: "9999" })).toMatchObject({ step: "card" });
    expect(display.html).toContain("残り2回");
    expect((await control("getCard", { id: card })).triesLeft.auth).toBe(2);
  });

  it("offers no card that is not there, and reads none that was taken away", async () => {
    const card = await cardOnReader();
    const { display } = await shown({ mode: "register" });
    expect(display.html).toContain(`value="${card}"`);

    await control("removeCard", { name: "counter" });

    expect(await display.pick(card, PINS)).toMatchObject({ step: "card" });
    expect(display.html).toContain("置かれていません");
    expect((await shown({ mode: "register" })).display.html).not.toContain("<option");
  });
});

import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { Lab } from "../../../simulator/lab/index.ts";
import { TEST_KEY_POOL } from "../../../simulator/lab/testing/keys.ts";
import { JpkiClient, Secret } from "../../card/index.ts";
import type { HttpTrace } from "../../platform/index.ts";
import type { Surroundings, SystemsDriver } from "../../relying-party/driver.ts";
import type { CounterUnderTest } from "../../relying-party/system-under-test.ts";
import type { Need } from "../meta.ts";
import { openSystems, type SystemsWanted } from "./open.ts";

const WINDOW: CounterUnderTest = {
  present: async () => undefined,
  issueSealCertificate: async () => ({ done: true, receipt: "1" }),
};

let lab: Lab;
let traces: HttpTrace[];
let troubles: string[];

beforeAll(async () => {
  lab = await Lab.open({ seed: "systems under test", keys: TEST_KEY_POOL });
});
beforeEach(() => {
  traces = [];
  troubles = [];
});
afterAll(() => lab.close());

function wanted(...needs: Need[]): SystemsWanted {
  const sink = (trace: HttpTrace) => void traces.push(trace);
  return { scenario: "RP-99", needs, sink, onTrouble: (what) => void troubles.push(what) };
}

function open(driver: SystemsDriver, ...needs: Need[]) {
  const source = { driver, url: "https://town.example", deadline: 5000 };
  return openSystems(lab, async () => source, wanted(...needs));
}

describe("the built-in systems", () => {
  it("are opened where a scenario needs one, and what they exchange is traced without secrets", async () => {
    const opened = await openSystems(lab, async () => "built-in", wanted("lab", "counter"));
    const { counter } = opened.systems;
    expect.assert(counter !== undefined);
    const card = await lab.issueCard("adult");
    await counter.present(card.id);
    const pin = new Secret("7351");
    expect(await counter.issueSealCertificate({ methods: "ocsp", pin })).toMatchObject({
      done: false,
    });
    await opened.close();
    expect(new Set(traces.map(({ peer }) => peer.replace(/^http\S+ /, "")))).toEqual(
      new Set(["画面", "地方認証PF"]),
    );
    const told = JSON.stringify(traces);
    expect(told).not.toContain("7351");
    expect(told).not.toContain(card.resident.name);
  });

  it("are not opened for a scenario that needs none, nor beside no world", async () => {
    const source = async () => expect.unreachable();
    expect((await openSystems(lab, source, wanted("lab"))).systems).toEqual({});
    expect((await openSystems(undefined, source, wanted("library"))).systems).toEqual({});
  });
});

describe("a vendor's systems", () => {
  it("are made for what the scenario needs, with all that surrounds them", async () => {
    let given: Surroundings | undefined;
    const library = () => expect.unreachable();
    const counter = (surroundings: Surroundings) => {
      given = surroundings;
      return WINDOW;
    };
    const { systems } = await open({ library, counter }, "lab", "counter");
    expect(Object.keys(systems)).toEqual(["counter"]);
    expect(given).toMatchObject({
      scenario: "RP-99",
      url: "https://town.example",
      deadline: 5000,
      control: lab.addresses.console,
    });
    expect(given?.now()).toEqual(lab.clock.now());
  });

  it("may hold a card of this world, and no other", async () => {
    let certificate: Uint8Array | undefined;
    const card = await lab.issueCard("adult");
    const counter = ({ reader }: Surroundings): CounterUnderTest => ({
      ...WINDOW,
      present: async (id) => {
        const device = reader(id);
        await device.open();
        const jpki = new JpkiClient(device);
        await jpki.select();
        certificate = await jpki.authCertificate();
        await device.close();
      },
    });
    const { systems } = await open({ counter }, "lab", "counter");
    await systems.counter?.present(card.id);
    expect(certificate?.length).toBeGreaterThan(500);
    await expect(systems.counter?.present("R9999-1")).rejects.toMatchObject({
      code: "READER_NO_CARD",
    });
  });

  it("put nothing into the report that is secret in this world", async () => {
    const { pins, resident } = await lab.issueCard("adult");
    const counter = ({ sink }: Surroundings) => {
      const path = `/patrons?name=${resident.name}`;
      const request = { pin: pins.auth, nested: [{ [resident.name]: `text ${pins.sign}` }] };
      sink({ peer: "own", method: "POST", path, request, milliseconds: 1234 });
      return WINDOW;
    };
    await open({ counter }, "lab", "counter");
    expect(traces).toEqual([
      {
        peer: "own",
        method: "POST",
        path: "/patrons?name=‹secret›",
        request: { pin: "‹secret›", nested: [{ "‹secret›": "text ‹secret›" }] },
        milliseconds: 1234,
      },
    ]);
  });

  it("are put away in the reverse order, and what goes wrong then is noted", async () => {
    const order: string[] = [];
    const counter = ({ afterwards }: Surroundings) => {
      afterwards(() => void order.push("server"));
      afterwards(() => Promise.reject(new Error("already gone\nat some line")));
      afterwards(async () => void order.push("client"));
      return WINDOW;
    };
    const opened = await open({ counter }, "lab", "counter");
    await opened.close();
    await opened.close();
    expect(order).toEqual(["client", "server"]);
    expect(troubles).toEqual(["already gone"]);
  });

  it("that cannot be opened are named, and what they began is put away", async () => {
    const order: string[] = [];
    const portal = ({ afterwards }: Surroundings) => {
      afterwards(() => void order.push("closed"));
      throw new Error("no licence");
    };
    await expect(open({ portal }, "lab", "portal")).rejects.toMatchObject({
      code: "RELYING_PARTY_FAILED",
      message: "portal could not be opened: no licence",
    });
    expect(order).toEqual(["closed"]);
    const nothing = { portal: () => undefined } as unknown as SystemsDriver;
    await expect(open(nothing, "lab", "portal")).rejects.toMatchObject({
      code: "RELYING_PARTY_INVALID",
      message: "the driver made no portal",
    });
  });

  it("are left out where the vendor has none", async () => {
    const { systems } = await open({ counter: () => WINDOW }, "lab", "portal");
    expect(systems).toEqual({});
  });
});

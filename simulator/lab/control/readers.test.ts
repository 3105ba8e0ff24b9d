/** Readers over the control API: cards put in and taken out, and commands to those without a wire. */

import type { AddressInfo } from "node:net";
import { createServer, type Server } from "node:net";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Lab, LabClient } from "../index.ts";
import { openControlled } from "../testing/controlled.ts";
import { PIN, SELECT, verifyPin } from "../testing/reading.ts";

let lab: Lab;
let client: LabClient;
let card: string;
let resident: string;

beforeAll(async () => {
  ({ lab, client } = await openControlled({ seed: "readers" }));
});

afterAll(() => lab?.close());

beforeEach(async () => {
  const row = await client("newResident");
  ({ id: resident } = row);
  card = row.card?.id ?? "";
});

afterEach(() => client("removeCard", { name: "counter" }));

const insert = (side?: "contact") =>
  client("insertCard", { name: "counter", card, ...(side && { side }) });
const transmit = (...commands: string[]) => client("transmit", { name: "counter", commands });

describe("the reader of the counter", () => {
  it("shows the card that lies in it, and so does the card", async () => {
    expect(await insert()).toEqual({
      ...{ name: "counter", kind: "in-process" },
      ...{ card, side: "contactless" },
    });
    expect((await client("getCard", { id: card })).reader).toBe("counter");
    await client("removeCard", { name: "counter" });
    expect(await client("getCard", { id: card })).not.toHaveProperty("reader");
  });

  it("goes on where the command before left the card, until it is reset", async () => {
    await insert();
    const first = await transmit(SELECT.jpki, verifyPin(PIN.auth, "1234"));
    expect(first).toEqual({ atr: "3B888001000005E0B381A1007F", responses: ["9000", "9000"] });
    // P1 = 02: a hash to be signed, which is open after the PIN alone.
    const sign = `802A029720${"00".repeat(32)}00`;
    expect((await transmit(sign)).responses[0]).toMatch(/9000$/);

    const asked = { name: "counter", reset: "cold" } as const;
    const reset = await client("transmit", { ...asked, commands: [SELECT.jpki, sign] });
    expect(reset.responses).toEqual(["9000", "6982"]);
  });

  it("reaches the card by its contacts", async () => {
    await insert("contact");
    expect((await transmit()).atr).toMatch(/^3BDA13FF/);
  });

  it("has the card put in anew when it was changed at a counter meanwhile", async () => {
    await insert();
    await transmit(SELECT.jpki, verifyPin(PIN.auth, "1234"));
    await client("lifeEvent", { id: resident, event: "move" });
    // Nothing is selected: the card has been away.
    expect((await transmit("0020009804")).responses).not.toEqual(["9000"]);
    expect((await client("getCard", { id: card })).reader).toBe("counter");
  });

  it("leaves a card alone that nothing was done to", async () => {
    await insert();
    await transmit(SELECT.jpki, verifyPin(PIN.auth, "1234"));
    await client("lifeEvent", { id: resident, event: "give-up-sign" });
    expect((await transmit(`802A029720${"00".repeat(32)}00`)).responses[0]).toMatch(/9000$/);
  });

  it.each([
    ["a card that is none", { name: "counter", card: "R9999-1" }, "CARD_UNKNOWN"],
    ["a reader that is none", { name: "kitchen", card: "R0001-1" }, "READER_UNKNOWN"],
  ])("is refused: %s", async (_what, asked, code) => {
    await expect(client("insertCard", asked)).rejects.toMatchObject({ code });
  });

  it("holds one card, and a card lies in one reader", async () => {
    await insert();
    await expect(insert()).rejects.toMatchObject({ code: "READER_BUSY" });
    await client("addVpcdReader", { name: "second" });
    const again = client("insertCard", { name: "second", card });
    await expect(again).rejects.toMatchObject({ code: "READER_BUSY" });
    await client("removeReader", { name: "second" });
  });

  it("says that it is empty", async () => {
    await expect(transmit(SELECT.jpki)).rejects.toMatchObject({ code: "READER_EMPTY" });
  });

  it("stays", async () => {
    const remove = client("removeReader", { name: "counter" });
    await expect(remove).rejects.toMatchObject({ code: "CONTROL_INVALID" });
  });
});

describe("a virtual PC/SC reader", () => {
  let vpcd: Server;
  let arrived: Promise<void>;

  beforeEach(async () => {
    vpcd = createServer();
    arrived = new Promise((resolve) => vpcd.once("connection", () => resolve()));
    await new Promise<void>((resolve) => vpcd.listen(0, "127.0.0.1", resolve));
  });

  afterEach(() => vpcd.close());

  it("gets the card over the wire, and nobody else sends commands to it", async () => {
    const { port } = vpcd.address() as AddressInfo;
    const name = "vpcd";
    await client("addVpcdReader", { name, port });
    expect(await client("insertCard", { name, card })).toMatchObject({
      ...{ kind: "vpcd", place: `127.0.0.1:${port}`, card },
    });
    await arrived;
    const send = client("transmit", { name, commands: [] });
    await expect(send).rejects.toMatchObject({ code: "CONTROL_INVALID" });

    await client("removeReader", { name });
    expect((await client("listReaders")).map((reader) => reader.name)).toEqual(["counter"]);
  });

  it("on another machine is refused", async () => {
    const name = "far";
    await client("addVpcdReader", { name, host: "192.0.2.1", port: 35963 });
    const put = client("insertCard", { name, card });
    await expect(put).rejects.toMatchObject({ code: "VPCD_REMOTE_REFUSED" });
    expect((await client("listReaders")).find((one) => one.name === name)).not.toHaveProperty(
      "card",
    );
    await client("removeReader", { name });
  });
});

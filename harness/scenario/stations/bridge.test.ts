// A project with `driver: "mcp2221a"`: a simulated card behind an emulated bridge, read as scenarios read.
import { beforeEach, expect, it } from "vitest";
import { toHex } from "../../../simulator/iso7816/index.ts";
import { Random } from "../../../simulator/random.ts";
import { Mcp2221, Pn532OnI2c } from "../../../simulator/reader/mcp2221/index.ts";
import { JpkiClient, Secret } from "../../card/index.ts";
import { cardOf, holderKey, holderSpec } from "../../card/testing/simulated.ts";
import { EmulatedHidHost } from "../../reader/hid/testing/emulated-hid.ts";
import { bridgeStation } from "./bridge.ts";

const spec = holderSpec({ auth: holderKey(), sign: holderKey() });
let pn532: Pn532OnI2c;
let hid: EmulatedHidHost;

beforeEach(() => {
  pn532 = new Pn532OnI2c({ random: new Random("bridge") });
  pn532.chip.insert(cardOf(spec));
  const listed = { path: "/dev/hidraw3", vendorId: 0x04d8, productId: 0x00dd };
  hid = new EmulatedHidHost({ listed, device: new Mcp2221(pn532) });
});

it("reads the certificate of the card there, and signs after its PIN", async () => {
  const reader = await bridgeStation("/dev/hidraw3", hid).insert(undefined);
  await reader.open();
  const jpki = new JpkiClient(reader);
  await jpki.select();
  expect(toHex(await jpki.authCertificate())).toBe(toHex(spec.auth.certificate));
  await jpki.verifyAuthPin(new Secret("1234"));
  expect(await jpki.signWithAuthKey({ sha256: new Uint8Array(32) })).toHaveLength(256);
  await reader.close();
  expect(hid.opened).toBe(0);
});

it("takes the card for a person's, which only a person can take away", async () => {
  const station = bridgeStation(undefined, hid);
  expect((await station.insert(undefined)).info.physical).toBe(true);
  await expect(station.remove()).rejects.toMatchObject({ code: "SCENARIO_NEEDS" });
});

it("is the only reader of its machine, with or without a card", async () => {
  const { directory } = bridgeStation(undefined, hid);
  expect(await directory.list()).toMatchObject([{ name: "MCP2221A", atr: expect.anything() }]);
  pn532.chip.remove();
  expect(await directory.list()).toEqual([{ name: "MCP2221A" }]);
  await expect(directory.reader("another")).rejects.toMatchObject({ code: "READER_NOT_FOUND" });
  expect(hid.opened).toBe(0);
});

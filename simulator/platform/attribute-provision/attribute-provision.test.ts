import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { LabClock } from "../../clock.ts";
import { Random } from "../../random.ts";
import { FIRST_CERTIFICATE, FIRST_SERIAL, RENEWED_CERTIFICATE } from "../testing/certificates.ts";
import { NOON, Services } from "../testing/world.ts";
import { type AttributeProvision, createAttributeProvision, type RegisterEntry } from "./index.ts";
import { parseAttributeProvisionProfile } from "./profile.ts";

const ATTRIBUTES = {
  name: "試験　太郎",
  address: "東京都千代田区試験町１丁目１番１号",
  birthDate: "19900102",
  sex: "1",
};
const services = new Services();
let clock: LabClock;
let entry: RegisterEntry;
let service: AttributeProvision;
let url: string;

beforeEach(async () => {
  clock = LabClock.stopped(NOON);
  entry = { person: "R0001", status: "registered", attributes: ATTRIBUTES };
  service = createAttributeProvision({
    clock,
    random: new Random("test"),
    register: { entryOf: (serial) => (serial === FIRST_SERIAL ? entry : undefined) },
  });
  url = `${await services.listen(service.plugin)}${service.profile.path}`;
});

afterEach(() => services.close());

async function ask(certificate: Uint8Array | string = FIRST_CERTIFICATE) {
  const text =
    typeof certificate === "string" ? certificate : Buffer.from(certificate).toString("base64");
  const response = await fetch(url, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ certificate: text }),
  });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

describe("without consent", () => {
  it("tells nothing, not even of a death", async () => {
    entry = { ...entry, status: "dead" };
    const { body } = await ask();
    expect(body.result).toBe("NO_CONSENT");
    expect(body).not.toHaveProperty("attributes");
  });

  it.each([
    ["withdrawn", () => service.consents.withdraw("R0001"), "CONSENT_WITHDRAWN"],
    ["run out", () => clock.travelTo(new Date("2041-04-01T03:00:00Z")), "CONSENT_EXPIRED"],
  ])("tells nothing once it is %s", async (_how, end, result) => {
    service.consents.give("R0001");
    end();
    const { body } = await ask();
    expect(body.result).toBe(result);
    expect(body).not.toHaveProperty("attributes");
  });
});

describe("with consent", () => {
  beforeEach(() => service.consents.give("R0001"));

  it("tells what the register says now", async () => {
    const moved = { ...ATTRIBUTES, address: "北海道札幌市試験町２丁目２番２号" };
    entry = { ...entry, attributes: moved };
    const { body } = await ask();
    expect(body).toMatchObject({
      result: "PROVIDED",
      attributes: {
        name: moved.name,
        address: moved.address,
        birth_date: moved.birthDate,
        sex: moved.sex,
      },
    });
    expect(body.notice).toContain("NON-NORMATIVE");
  });

  it("tells until the last day of ten years", async () => {
    clock.travelTo(new Date("2041-04-01T02:59:59Z"));
    expect((await ask()).body.result).toBe("PROVIDED");
  });

  it.each(["dead", "emigrated"] as const)("has no data of somebody %s", async (status) => {
    entry = { ...entry, status };
    const { body } = await ask();
    expect(body.result).toBe("NO_DATA");
    expect(body).not.toHaveProperty("attributes");
  });

  it("does not know a certificate that is nobody's", async () => {
    expect((await ask(RENEWED_CERTIFICATE)).body.result).toBe("CERTIFICATE_UNKNOWN");
  });

  it("refuses what is no certificate", async () => {
    const { status, body } = await ask("AAAA");
    expect(status).toBe(400);
    expect(body.error).toBe("CERTIFICATE_MALFORMED");
  });

  it("remembers results and no attributes", async () => {
    await ask();
    expect(service.seen.all()).toEqual([{ at: NOON, result: "provided" }]);
  });

  it("comes back as it was left", () => {
    const again = createAttributeProvision({
      clock,
      random: new Random("test"),
      register: { entryOf: () => entry },
      state: service.state(),
    });
    expect(again.consents.stateOf("R0001")).toBe("given");
  });
});

describe("its profile", () => {
  it("takes a vendor's names and refuses what it does not know", () => {
    const profile = parseAttributeProvisionProfile({ results: { noData: "E404" } });
    expect(profile.results.noData).toBe("E404");
    expect(() => parseAttributeProvisionProfile({ result: {} })).toThrow(
      expect.objectContaining({ code: "PLATFORM_PROFILE_INVALID" }),
    );
  });
});

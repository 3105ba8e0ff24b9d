/** The status services over the control API: their lists, outages, callers and generations. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { CrlSource, ocspSource, readCertificate, readCrl, verifyCrl } from "../../pki/index.ts";
import type { Lab, LabClient } from "../index.ts";
import { openControlled } from "../testing/controlled.ts";

/** A Friday, 10:00 in Japan. */
const MORNING = "2026-08-07T01:00:00.000Z";

let lab: Lab;
let client: LabClient;

beforeAll(async () => {
  ({ lab, client } = await openControlled({ seed: "status" }));
});

afterAll(() => lab?.close());

beforeEach(() => client("setClock", { now: MORNING }));

async function newCertificate() {
  const { id, card } = await client("newResident");
  const serial = card?.authSerial ?? "";
  return { id, serial, certificate: await client("downloadCertificate", { serial }) };
}

function check(certificate: Uint8Array, token?: string): Promise<string> {
  const { anchors } = lab.jpki;
  const random = lab.random("verifier");
  const url = lab.addresses.ocsp;
  const given = token === undefined ? {} : { token };
  return ocspSource({ url, anchors, clock: lab.clock, random, ...given })
    .check(certificate)
    .then(
      ({ status }) => status,
      (error: { problem: string; retryAfter?: number }) =>
        [error.problem, error.retryAfter ?? []].flat().join(" "),
    );
}

describe("lists", () => {
  it("are made as long as wanted, each time another list (PK-15, PK-16)", async () => {
    const fetched = async () => {
      const response = await fetch(lab.addresses.crl.auth);
      return readCrl(new Uint8Array(await response.arrayBuffer()));
    };
    const before = await fetched();

    expect(await client("setCaSettings", { padding: 12_000 })).toMatchObject({ padding: 12_000 });

    const long = await fetched();
    expect([long.size, long.number > before.number]).toEqual([before.size + 12_000, true]);
    expect((await client("downloadCrl", { kind: "sign" })).length).toBeGreaterThan(12_000 * 23);
    await client("setCaSettings", { padding: 0 });
    expect((await fetched()).size).toBe(before.size);
    await expect(client("setCaSettings", { padding: 50_000_001 })).rejects.toMatchObject({
      code: "CONTROL_INVALID",
    });
  });

  it("are of one municipality when asked, if there is such a list", async () => {
    await newCertificate();
    const { certificate } = lab.jpki.auth.authority;
    const list = readCrl(await client("downloadCrl", { kind: "auth", municipality: "13101" }));
    expect(verifyCrl(list, certificate.publicKey)).toBe(true);
    expect(list.scope?.distributionPoints).toHaveLength(1);
    const other = client("downloadCrl", { kind: "auth", municipality: "47201" });
    await expect(other).rejects.toMatchObject({ code: "CONTROL_INVALID" });
  });
});

describe("a planned outage (PK-27)", () => {
  it("is next Sunday, unless said otherwise, and can be cancelled", async () => {
    const { certificate } = await newCertificate();
    expect(await client("planMaintenance")).toEqual([
      { from: "2026-08-08T18:00:00.000Z", until: "2026-08-08T19:00:00.000Z" },
    ]);
    const soon = { from: "2026-08-07T01:00:00.000Z", until: "2026-08-07T01:02:00.000Z" };
    expect(await client("planMaintenance", soon)).toHaveLength(2);
    expect(await check(certificate)).toBe("http 120");
    await client("moveClock", { seconds: 120 });
    expect(await check(certificate)).toBe("good");
    await client("setClock", { now: "2026-08-08T18:30:00Z" });
    expect(await check(certificate)).toBe("http 1800");

    expect(await client("cancelMaintenance")).toEqual([]);

    expect(await check(certificate)).toBe("good");
    const backwards = { from: soon.until, until: soon.from };
    await expect(client("planMaintenance", backwards)).rejects.toMatchObject({
      code: "CONTROL_INVALID",
    });
  });
});

describe("a registered verifier (PK-30)", () => {
  it("may ask about what it is registered for, where others are refused", async () => {
    const { certificate } = await newCertificate();
    const sign = await client("registerVerifier", { name: "試験市", kinds: ["sign"] });
    const auth = await client("registerVerifier", { name: "試験町", kinds: ["auth"] });
    expect(await client("listVerifiers")).toEqual([sign, auth]);
    await client("setCaSettings", { access: "registered" });

    expect(await check(certificate)).toBe("unauthorized");
    expect(await check(certificate, sign.token)).toBe("unauthorized");
    expect(await check(certificate, auth.token)).toBe("good");

    // The platforms of this world need not be told: they are verifiers for what they do.
    for (const method of ["ocsp", "crl"] as const) {
      expect(await askPlatform(certificate, method)).toBe("VALID");
    }

    await client("setCaSettings", { access: "open" });
    await expect(client("registerVerifier", { name: "なし", kinds: [] })).rejects.toMatchObject({
      code: "CONTROL_INVALID",
    });
  });
});

/** What 地方認証PF makes of it, which asks JPKI in its own name. */
async function askPlatform(certificate: Uint8Array, method: "ocsp" | "crl"): Promise<unknown> {
  const { id, secret } = await client("issueAccess", { name: `試験市 ${method}`, method });
  const response = await fetch(`${lab.addresses.localAuthPf}/${method}-method/verify`, {
    method: "POST",
    headers: { "content-type": "application/json", "x-access-id": id, "x-access-secret": secret },
    body: JSON.stringify({
      certificate: Buffer.from(certificate).toString("base64"),
      kind: "AUTH",
    }),
  });
  return ((await response.json()) as { result?: string }).result;
}

describe("a roll-over (PK-29, XS-02)", () => {
  it("lets another generation issue, of the same name, with lists of its own", async () => {
    const old = await newCertificate();
    const before = await client("listAuthorities");

    const founded = await client("foundGeneration", { kind: "auth" });

    expect(founded).toMatchObject({ kind: "auth", carrier: "card", generation: 2 });
    expect(await client("listAuthorities")).toHaveLength(before.length + 1);
    await client("moveClock", { seconds: 60 });
    const fresh = await newCertificate();
    const [first, second] = await Promise.all(
      [1, 2].map((generation) => client("downloadCaCertificate", { kind: "auth", generation })),
    );
    if (first === undefined || second === undefined) expect.fail("two generations");
    const [older, newer] = [readCertificate(first), readCertificate(second)];
    expect(newer.subject).toEqual(older.subject);
    for (const [ca, { certificate }] of [
      [older, old],
      [newer, fresh],
    ] as const) {
      expect(readCertificate(certificate).authorityKeyIdentifier).toEqual(ca.keyIdentifier);
      expect(await check(certificate)).toBe("good");
    }
    const list = new CrlSource({ anchor: first, clock: lab.clock });
    list.load(await client("downloadCrl", { kind: "auth", generation: 1 }));
    expect(await list.check(old.certificate)).toMatchObject({ status: "good" });
    await expect(list.check(fresh.certificate)).rejects.toMatchObject({ problem: "otherList" });
    expect(await client("downloadCaCertificate", { kind: "auth" })).toEqual(second);
    const third = client("downloadCrl", { kind: "auth", generation: 3 });
    await expect(third).rejects.toMatchObject({
      code: "CONTROL_INVALID",
      message: expect.stringContaining("2 generations"),
    });
  });

  it("tells of every CA what a relying party has to trust", async () => {
    const rows = await client("listAuthorities");
    const pems = rows.map(({ certificate }) => certificate.replace(/-----[^-]+-----|\s/g, ""));
    const anchors = lab.jpki.anchors.map((der) => Buffer.from(der).toString("base64"));
    expect(pems.toSorted()).toEqual(anchors.toSorted());
  });
});

describe("linkage (PK-02, PK-03)", () => {
  it("is to be had 90 minutes after issue, and leads from the old certificate to the new", async () => {
    const { id, serial } = await newCertificate();
    await expect(client("getLinkage", { serial })).rejects.toMatchObject({
      code: "PKI_LINKAGE_PENDING",
    });
    await client("moveClock", { seconds: 90 * 60 });
    const { card } = await client("getResident", { id });
    expect(await client("getLinkage", { serial })).toEqual({
      serial,
      counterpart: card?.signSerial,
      newest: serial,
    });

    const { card: renewed } = await client("lifeEvent", { id, event: "renew" });
    await client("moveClock", { seconds: 90 * 60 });

    expect(await client("getLinkage", { serial })).toMatchObject({ newest: renewed?.authSerial });
    expect(await client("getLinkage", { serial: renewed?.authSerial ?? "" })).toEqual({
      serial: renewed?.authSerial,
      counterpart: renewed?.signSerial,
      previous: serial,
      newest: renewed?.authSerial,
    });
  });
});

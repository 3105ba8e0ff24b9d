import Fastify, { type FastifyInstance } from "fastify";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { IssuedCredential } from "../authority/authority.ts";
import { caName } from "../certificate/names.ts";
import { makeCrl } from "../crl/crl.ts";
import { readOcspResponse } from "../ocsp/read.ts";
import { buildOcspRequest, certIdOf } from "../ocsp/request.ts";
import type { JpkiService } from "../service/service.ts";
import type { StatusSource } from "../status.ts";
import { AUTH_CA, DAY, REQUEST, type TestWorld, testService } from "../testing/world.ts";
import { CrlSource } from "./crl-source.ts";
import { ocspSource } from "./ocsp-source.ts";
import { inTurn } from "./sources.ts";
import { StatusUnavailable } from "./unavailable.ts";

let world: TestWorld;
let jpki: JpkiService;
let server: FastifyInstance;
let url: string;
let good: IssuedCredential;
let gone: IssuedCredential;

beforeEach(async () => {
  ({ jpki, ...world } = await testService());
  good = await jpki.auth.authority.issue(REQUEST);
  gone = await jpki.auth.authority.issue(REQUEST);
  jpki.auth.authority.revoke(gone.serial, "superseded");
  jpki.publishNow();
  server = Fastify({ forceCloseConnections: true });
  await server.register(jpki.routes);
  url = await server.listen({ port: 0, host: "127.0.0.1" });
});

afterEach(() => server.close());

/** Only a fault that never answers is worth giving up on soon, however busy the machine is. */
const patience = (fault: string) => (fault === "timeout" ? 100 : 20_000);

const online = (options: { timeout?: number; hash?: "sha256" } = {}): StatusSource =>
  ocspSource({
    url: `${url}/ocsp`,
    anchors: jpki.anchors,
    clock: world.clock,
    random: world.random,
    ...options,
  });

const offline = (options: { url?: string; timeout?: number } = { url: `${url}/crl/auth.crl` }) =>
  new CrlSource({
    anchor: jpki.auth.authority.certificate.der,
    clock: world.clock,
    timeout: 20_000,
    ...options,
  });

async function problemOf(checked: Promise<unknown>): Promise<string> {
  const error = await checked.then(
    (status) => expect.fail(`answered ${JSON.stringify(status)}`),
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(StatusUnavailable);
  expect(error).toMatchObject({ code: "PKI_STATUS_UNAVAILABLE" });
  return (error as StatusUnavailable).problem;
}

describe("asking the OCSP responder", () => {
  it.each([{}, { hash: "sha256" as const }])("tells good from revoked (%o)", async (options) => {
    const source = online(options);
    expect(await source.check(good.certificate)).toMatchObject({ status: "good" });
    expect(await source.check(gone.certificate)).toMatchObject({
      status: "revoked",
      reason: "superseded",
      evidence: { method: "ocsp" },
    });
  });

  it("keeps unknown unknown (PK-25)", async () => {
    // A world with the same keys and another past: its certificate is genuine, its number unheard of.
    const twin = await testService();
    for (let i = 0; i < 2; i += 1) await twin.jpki.auth.authority.issue(REQUEST);
    const stranger = await twin.jpki.auth.authority.issue(REQUEST);
    expect(await online().check(stranger.certificate)).toMatchObject({ status: "unknown" });
  });

  it("asks nobody about a certificate of an unknown CA", async () => {
    const source = ocspSource({ url, anchors: [], clock: world.clock, random: world.random });
    expect(await problemOf(source.check(good.certificate))).toBe("issuer");
  });

  it.each([
    ["timeout", "timeout"],
    ["reset", "connection"],
    ["http-503", "http"],
    ["html", "contentType"],
    ["tryLater", "tryLater"],
    ["internalError", "internalError"],
    ["unauthorized", "unauthorized"],
    ["sigRequired", "sigRequired"],
  ] as const)("PK-17, PK-18: fault %s is the problem %s, and goes away", async (fault, problem) => {
    jpki.faults.ocsp = fault;
    const timeout = patience(fault);
    expect(await problemOf(online({ timeout }).check(good.certificate))).toBe(problem);
    jpki.faults.ocsp = "none";
    expect(await online().check(good.certificate)).toMatchObject({ status: "good" });
  });

  it("says so when nobody listens", async () => {
    const source = online();
    await server.close();
    expect(await problemOf(source.check(good.certificate))).toBe("connection");
  });
});

describe("the responder's address", () => {
  it("takes requests by GET, whatever characters base64 brings", async () => {
    const { certificate } = jpki.auth.authority;
    for (let tail = 0; tail < 16; tail += 1) {
      const request = buildOcspRequest(
        [certIdOf(BigInt(good.serial), certificate, "sha1")],
        Uint8Array.of(0xff, 0xfb, tail),
      );
      const path = encodeURIComponent(Buffer.from(request).toString("base64"));
      const response = await fetch(`${url}/ocsp/${path}`);
      expect(response.headers.get("content-type")).toBe("application/ocsp-response");
      const view = readOcspResponse(new Uint8Array(await response.arrayBuffer()));
      expect(view).toMatchObject({ nonce: Uint8Array.of(0xff, 0xfb, tail) });
    }
  });

  it.each(["/ocsp/not*base64", "/ocsp/"])("calls GET %s malformed", async (path) => {
    const response = await fetch(url + path);
    expect(new Uint8Array(await response.arrayBuffer())).toEqual(
      Uint8Array.of(0x30, 3, 0x0a, 1, 1),
    );
  });

  it("refuses bodies of another type or of absurd size", async () => {
    const post = (type: string, body: Uint8Array<ArrayBuffer>) =>
      fetch(`${url}/ocsp`, { method: "POST", headers: { "content-type": type }, body });
    expect((await post("application/json", new Uint8Array(4))).status).toBe(415);
    expect((await post("application/ocsp-request", new Uint8Array(70_000))).status).toBe(413);
    expect((await post("application/ocsp-request", new Uint8Array(4))).status).toBe(200);
  });
});

describe("looking into the list", () => {
  it("fetches it once and tells good from revoked", async () => {
    const source = offline();
    expect(await source.check(good.certificate)).toMatchObject({
      status: "good",
      evidence: { method: "crl", crlNumber: source.list?.number },
    });
    jpki.faults.crl = "reset";
    expect(await source.check(gone.certificate)).toMatchObject({
      status: "revoked",
      reason: "superseded",
    });
  });

  it("stays with the list it has until that is out of date (PK-08)", async () => {
    const source = offline();
    await source.refresh();
    jpki.faults.crl = "http-503";
    expect(await problemOf(source.refresh())).toBe("http");

    world.clock.advance(DAY);
    expect(await source.check(good.certificate)).toMatchObject({ status: "good" });

    world.clock.advance(3 * DAY);
    expect(await problemOf(source.check(good.certificate))).toBe("http");
    jpki.faults.crl = "none";
    expect(await source.check(good.certificate)).toMatchObject({ status: "good" });
  });

  it.each([
    ["timeout", "timeout"],
    ["reset", "connection"],
    ["http-503", "http"],
    ["html", "contentType"],
  ] as const)("PK-17: fault %s is the problem %s", async (fault, problem) => {
    jpki.faults.crl = fault;
    const source = offline({ url: `${url}/crl/auth.crl`, timeout: patience(fault) });
    expect(await problemOf(source.check(good.certificate))).toBe(problem);
  });

  it("refuses the list of the other CA, and certificates of it (PK-11)", async () => {
    const source = offline({ url: `${url}/crl/sign.crl` });
    expect(await problemOf(source.refresh())).toBe("otherList");
    const { certificate } = await jpki.sign.authority.issue(REQUEST);
    expect(await problemOf(offline().check(certificate))).toBe("otherList");
  });

  it("PK-12: is not asked about certificates of another municipality", async () => {
    const municipality = { code: "28100", prefecture: "Hyogo-ken", municipality: "Kobe-shi" };
    const inKobe = await jpki.auth.authority.issue({ ...REQUEST, municipality });
    const kobe = offline({ url: `${url}/crl/28100/auth.crl` });

    expect(await kobe.check(inKobe.certificate)).toMatchObject({ status: "good" });
    expect(await problemOf(kobe.check(gone.certificate))).toBe("otherScope");
    const chiyoda = offline({ url: `${url}/crl/13101/auth.crl` });
    expect(await chiyoda.check(gone.certificate)).toMatchObject({ status: "revoked" });
    expect(await problemOf(offline({ url: `${url}/crl/99999/auth.crl` }).refresh())).toBe("http");
  });

  it("PK-15: takes a list of 100,000 entries, which comes in pieces", async () => {
    jpki.auth.padding = 100_000;
    const source = offline();
    expect(await source.check(gone.certificate)).toMatchObject({ status: "revoked" });
    expect(source.list?.size).toBe(100_001);
  });

  describe("handed in by hand", () => {
    const fields = {
      issuer: caName(AUTH_CA),
      number: 10,
      thisUpdate: new Date("2026-08-06T15:00:00Z"),
      nextUpdate: new Date("2026-08-09T15:00:00Z"),
    };
    const list = (changes: Partial<typeof fields> = {}, key = jpki.auth.authority.key) =>
      Promise.resolve(makeCrl({ ...fields, ...changes }, [], key));
    const problem = async (source: CrlSource, der: Promise<Uint8Array>) => {
      const bytes = await der;
      return problemOf((async () => source.load(bytes))());
    };

    it("is refused when it is stale, from the future, damaged, or by another key (PK-08, PK-10, PK-13)", async () => {
      const source = offline({});
      expect(await problem(source, list({ nextUpdate: new Date("2026-08-07T00:00:00Z") }))).toBe(
        "time",
      );
      expect(await problem(source, list({ thisUpdate: new Date("2026-08-07T02:00:00Z") }))).toBe(
        "time",
      );
      expect(
        await problem(
          source,
          list().then((der) => der.subarray(0, 200)),
        ),
      ).toBe("malformedAnswer");
      expect(await problem(source, list({}, jpki.sign.authority.key))).toBe("otherList");
      const forged = list().then((der) => der.with(-1, (der.at(-1) ?? 0) ^ 1));
      expect(await problem(source, forged)).toBe("signature");
      expect(source.list).toBeUndefined();
    });

    it("is refused when its number goes backwards, and the one before stays (PK-14)", async () => {
      const source = offline({});
      source.load(await list());
      expect(await problem(source, list({ number: 9 }))).toBe("rollback");
      expect(source.list?.number).toBe(10n);
      source.load(await list({ number: 11 }));
      expect(source.list?.number).toBe(11n);
    });
  });
});

describe("several sources in turn", () => {
  it("fall back on the list while OCSP is down (PK-17)", async () => {
    jpki.faults.ocsp = "http-503";
    const source = inTurn(online(), offline());
    expect(await source.check(good.certificate)).toMatchObject({ evidence: { method: "crl" } });
  });

  it("do not fall back from an answer", async () => {
    const { serial, certificate } = await jpki.auth.authority.issue(REQUEST);
    const list = offline();
    await list.refresh();
    jpki.auth.authority.revoke(serial, "superseded");
    jpki.publishNow();
    expect(await inTurn(online(), list).check(certificate)).toMatchObject({ status: "revoked" });
  });

  it("say what the first said when none knows, and what each of them said (MK-10)", async () => {
    jpki.faults.ocsp = "tryLater";
    jpki.faults.crl = "http-503";
    const asked = inTurn(online(), offline()).check(good.certificate);
    await expect(asked).rejects.toMatchObject({
      problem: "tryLater",
      message: expect.stringMatching(/tryLater.*; also: .*HTTP status 503/),
    });
  });

  it("say why the list of the certificate's own CA cannot be used, not that the other's is another's", async () => {
    const ofOther = new CrlSource({
      anchor: jpki.sign.authority.certificate.der,
      clock: world.clock,
      url: `${url}/crl/sign.crl`,
    });
    await ofOther.refresh();
    jpki.faults.crl = "signature-wrong";
    const asked = inTurn(ofOther, offline()).check(good.certificate);
    expect(await problemOf(asked)).toBe("signature");
    expect(await problemOf(inTurn(ofOther).check(good.certificate))).toBe("otherList");
  });

  it("keep when the first wants to be asked again", async () => {
    jpki.maintenance.push({
      from: new Date(world.clock.now().getTime() - 1000),
      until: new Date(world.clock.now().getTime() + 60_000),
    });
    const asked = inTurn(online(), offline()).check(good.certificate);
    await expect(asked).rejects.toMatchObject({ problem: "http", retryAfter: 60 });
  });
});

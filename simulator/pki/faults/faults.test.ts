import { once } from "node:events";
import { type ClientRequest, type IncomingMessage, request } from "node:http";
import { buffer } from "node:stream/consumers";
import Fastify, { type FastifyInstance } from "fastify";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { toHex } from "../../iso7816/index.ts";
import type { IssuedCredential } from "../authority/authority.ts";
import { readCertificate } from "../certificate/certificate.ts";
import { readCrl, verifyCrl } from "../crl/crl.ts";
import { buildOcspRequest, certIdOf } from "../ocsp/request.ts";
import { sundayMaintenance } from "../service/maintenance.ts";
import { JpkiService } from "../service/service.ts";
import { MORNING, REQUEST, type TestWorld, testService } from "../testing/world.ts";
import { CrlSource } from "../validation/crl-source.ts";
import { type OcspSourceOptions, ocspSource } from "../validation/ocsp-source.ts";
import type { StatusProblem, StatusUnavailable } from "../validation/unavailable.ts";
import { CRL_FAULTS, type CrlFault, OCSP_FAULTS, type OcspFault } from "./names.ts";

let world: TestWorld;
let jpki: JpkiService;
let server: FastifyInstance;
let url: string;
let good: IssuedCredential;

beforeAll(async () => {
  ({ jpki, ...world } = await testService());
  good = await jpki.auth.authority.issue(REQUEST);
  server = Fastify({ forceCloseConnections: true });
  await server.register(jpki.routes);
  url = await server.listen({ port: 0, host: "127.0.0.1" });
});

afterAll(() => server.close());

afterEach(() => {
  jpki.faults.ocsp = "none";
  jpki.faults.crl = "none";
  jpki.access = "open";
  jpki.signing = "live";
  jpki.maintenance.length = 0;
  world.clock.travelTo(MORNING);
});

/** Only a fault that never answers is worth giving up on soon, however busy the machine is. */
const patience = (fault: string) => (fault === "timeout" ? 100 : 20_000);

const online = (options: Partial<OcspSourceOptions> = {}) =>
  ocspSource({
    url: `${url}/ocsp`,
    anchors: jpki.anchors,
    clock: world.clock,
    random: world.random,
    timeout: patience(jpki.faults.ocsp),
    ...options,
  });

const offline = (token?: string) =>
  new CrlSource({
    anchor: jpki.auth.authority.certificate.der,
    clock: world.clock,
    url: `${url}/crl/auth.crl`,
    timeout: patience(jpki.faults.crl),
    ...(token !== undefined && { token }),
  });

const ask = (options: Partial<OcspSourceOptions> = {}) => online(options).check(good.certificate);

/** What came of a question: the status, or the problem. */
async function outcome(asked: Promise<{ readonly status: string }>): Promise<string> {
  return asked.then(
    ({ status }) => status,
    (error: StatusUnavailable) => error.problem,
  );
}

describe("every fault of the responder", () => {
  const expected: Record<OcspFault, StatusProblem | "good" | "revoked" | "unknown"> = {
    none: "good",
    timeout: "timeout",
    reset: "connection",
    "http-503": "http",
    html: "contentType",
    malformedRequest: "malformedRequest",
    internalError: "internalError",
    tryLater: "tryLater",
    sigRequired: "sigRequired",
    unauthorized: "unauthorized",
    "nonce-missing": "nonce",
    "nonce-wrong": "nonce",
    "this-update-future": "time",
    "next-update-past": "time",
    "produced-before-update": "time",
    "other-serial": "otherCertificate",
    "good-and-revoked": "revoked",
    "responder-without-eku": "responder",
    "responder-expired": "responder",
    "responder-of-other-ca": "responder",
    "signature-wrong": "signature",
    "sha1-only": "good",
    "sha256-only": "unauthorized",
    "status-unknown": "unknown",
  };

  it.each(Object.entries(expected) as [OcspFault, string][])("%s: %s", async (fault, problem) => {
    jpki.faults.ocsp = fault;
    expect(await outcome(ask())).toBe(problem);
  });

  it("PK-24: is answered consistently by hash", async () => {
    const bySha256 = { hash: "sha256" } as const;
    expect(await outcome(ask(bySha256))).toBe("good");
    jpki.faults.ocsp = "sha1-only";
    expect(await outcome(ask(bySha256))).toBe("unauthorized");
    jpki.faults.ocsp = "sha256-only";
    expect(await outcome(ask(bySha256))).toBe("good");
  });

  it("PK-23: another generation of the same name is found out, too", async () => {
    const { jpki: two, clock, random } = await testService({ generations: 2 });
    const { certificate } = await two.auth.authority.issue(REQUEST);
    two.faults.ocsp = "responder-of-other-ca";
    const other = Fastify({ forceCloseConnections: true });
    await other.register(two.routes);
    const address = await other.listen({ port: 0, host: "127.0.0.1" });
    const { anchors } = two;

    const source = ocspSource({ url: `${address}/ocsp`, anchors, clock, random });

    expect(await outcome(source.check(certificate))).toBe("responder");
    await other.close();
  });

  it("leaves the truth alone: asked directly, the responder is right", async () => {
    jpki.faults.ocsp = "status-unknown";
    expect(jpki.auth.authority.revocation(good.serial)).toBeUndefined();
    expect(await outcome(ask())).toBe("unknown");
    jpki.faults.ocsp = "none";
    expect(await outcome(ask())).toBe("good");
  });
});

describe("a planned fault", () => {
  it("strikes the requests it was planned for, however many are served at once", async () => {
    jpki.planFault("ocsp", { mode: "tryLater", after: 1, times: 2 });
    const id = certIdOf(BigInt(good.serial), jpki.auth.authority.certificate, "sha1");
    const question = buildOcspRequest([id]);
    // All have arrived before the body of the first is there, and so before any is answered.
    const requests: ClientRequest[] = [];
    for (let i = 0; i < 5; i += 1) requests.push(await begin(question.length));
    const answers = await Promise.all(requests.map((one) => finish(one, question)));
    const refused = "30030A0103";
    expect(answers.map((answer) => answer === refused)).toEqual([false, true, true, false, false]);
    jpki.planFault("ocsp", { mode: "none" });
  });

  /** Sends everything but the body. */
  async function begin(length: number): Promise<ClientRequest> {
    const arrived = once(server.server, "request");
    const headers = { "content-type": "application/ocsp-request", "content-length": length };
    const begun = request(`${url}/ocsp`, { method: "POST", headers });
    begun.flushHeaders();
    await arrived;
    return begun;
  }

  async function finish(begun: ClientRequest, body: Uint8Array): Promise<string> {
    const answered = once(begun, "response");
    begun.end(body);
    const [response] = (await answered) as [IncomingMessage];
    return toHex(new Uint8Array(await buffer(response)));
  }
});

describe("every fault of the lists", () => {
  const expected: Record<CrlFault, StatusProblem | "good"> = {
    none: "good",
    timeout: "timeout",
    reset: "connection",
    "http-503": "http",
    html: "contentType",
    stale: "time",
    // A day old is in date: the list is used, and says of when it is.
    yesterday: "good",
    "signature-wrong": "signature",
    "other-generation-key": "signature",
    "other-ca": "otherList",
    "other-generation": "otherList",
    "other-place": "otherScope",
    truncated: "malformedAnswer",
    "length-wrong": "connection",
    gzip: "malformedAnswer",
    rollback: "good",
  };

  it.each(Object.entries(expected) as [CrlFault, string][])("%s: %s", async (fault, problem) => {
    jpki.faults.crl = fault;
    expect(await outcome(offline().check(good.certificate))).toBe(problem);
  });

  const served = async (path: string) => {
    const response = await fetch(`${url}/crl/${path}`);
    return readCrl(new Uint8Array(await response.arrayBuffer()));
  };

  it("PK-11: other-ca is the other kind's list of the same city, in order in itself", async () => {
    await jpki.sign.authority.issue(REQUEST);
    jpki.faults.crl = "other-ca";
    const list = await served("13101/auth.crl");
    const { certificate } = jpki.sign.authority;
    expect(list.issuer).toEqual(certificate.subject);
    expect(list.scope?.distributionPoints).toHaveLength(1);
    expect(verifyCrl(list, certificate.publicKey)).toBe(true);
  });

  it("PK-11: other-generation has the right name, another key identifier and that key's signature", async () => {
    const { jpki: two } = await testService({ generations: 2 });
    const [older, newer] = two.generations("auth").map(({ authority }) => authority);
    if (older === undefined || newer === undefined) expect.fail("two generations");
    two.faults.crl = "other-generation";
    const other = Fastify({ forceCloseConnections: true });
    await other.register(two.routes);
    const address = await other.listen({ port: 0, host: "127.0.0.1" });

    const response = await fetch(`${address}/crl/auth.crl`);
    const list = readCrl(new Uint8Array(await response.arrayBuffer()));

    expect(list.issuer).toEqual(newer.certificate.subject);
    expect(list.authorityKeyIdentifier).toEqual(older.key.keyIdentifier);
    expect(verifyCrl(list, older.certificate.publicKey)).toBe(true);
    await other.close();
  });

  it("PK-12: other-place is signed by the right CA and names a place that is not asked about", async () => {
    jpki.faults.crl = "other-place";
    for (const path of ["auth.crl", "13101/auth.crl"]) {
      const list = await served(path);
      expect(verifyCrl(list, jpki.auth.authority.certificate.publicKey)).toBe(true);
      const { distributionPoints } = readCertificate(good.certificate);
      expect(list.scope?.distributionPoints).not.toEqual(distributionPoints);
    }
  });

  it.each(["yesterday", "rollback"] as const)(
    "PK-09, PK-14: %s is refused by who has seen a newer one",
    async (fault) => {
      const source = offline();
      await source.refresh();
      const { list } = source;

      jpki.faults.crl = fault;

      await expect(source.refresh()).rejects.toMatchObject({ problem: "rollback" });
      expect(source.list).toBe(list);
    },
  );

  it("PK-09: yesterday's list says that it is yesterday's", async () => {
    jpki.faults.crl = "yesterday";
    const { evidence } = await offline().check(good.certificate);
    expect(evidence.thisUpdate.toISOString()).toBe("2026-08-05T15:00:00.000Z");
  });
});

describe("the names", () => {
  it("are described in both languages, with their rows", () => {
    for (const [name, { ja, en, rows }] of Object.entries({ ...OCSP_FAULTS, ...CRL_FAULTS })) {
      expect([ja, en]).toEqual([expect.stringMatching(/./), expect.stringMatching(/./)]);
      expect(name === "none" || rows.every((row) => /^PK-\d\d$/.test(row))).toBe(true);
    }
  });
});

describe("planned maintenance (PK-27)", () => {
  it("is on Sunday from 03:00 to 04:00 in Japan", () => {
    const window = {
      from: new Date("2026-08-09T03:00:00+09:00"),
      until: new Date("2026-08-09T04:00:00+09:00"),
    };
    expect(sundayMaintenance(world.clock)).toEqual(window);
    world.clock.travelTo(new Date("2026-08-09T03:59:59+09:00"));
    expect(sundayMaintenance(world.clock)).toEqual(window);
    world.clock.travelTo(window.until);
    expect(sundayMaintenance(world.clock).from).toEqual(new Date("2026-08-16T03:00:00+09:00"));
  });

  it("stops responder and lists, says when they are back, and ends by itself", async () => {
    jpki.maintenance.push(sundayMaintenance(world.clock));
    expect(await outcome(ask())).toBe("good");

    world.clock.travelTo(new Date("2026-08-09T03:15:00+09:00"));
    await expect(ask()).rejects.toMatchObject({ problem: "http", retryAfter: 45 * 60 });
    expect(await outcome(offline().check(good.certificate))).toBe("http");

    world.clock.travelTo(new Date("2026-08-09T04:00:00+09:00"));
    expect(await outcome(ask())).toBe("good");
    expect(await outcome(offline().check(good.certificate))).toBe("good");
  });
});

describe("registered verifiers (PK-30)", () => {
  it("may ask about the kinds they are registered for, and nobody else may ask at all", async () => {
    jpki.access = "registered";
    const both = jpki.verifiers.register("両方の検証者", ["auth", "sign"]);
    const signOnly = jpki.verifiers.register("署名検証者", ["sign"]);

    expect(await outcome(ask())).toBe("unauthorized");
    expect(await outcome(ask({ token: "0".repeat(32) }))).toBe("unauthorized");
    expect(await outcome(ask({ token: signOnly.token }))).toBe("unauthorized");
    expect(await outcome(ask({ token: both.token }))).toBe("good");

    expect(await outcome(offline().check(good.certificate))).toBe("unauthorized");
    expect(await outcome(offline(signOnly.token).check(good.certificate))).toBe("unauthorized");
    expect(await outcome(offline(both.token).check(good.certificate))).toBe("good");
    const { certificate } = await jpki.sign.authority.issue(REQUEST);
    expect(await outcome(online({ token: signOnly.token }).check(certificate))).toBe("good");
  });

  it("are registered for something", () => {
    expect(() => jpki.verifiers.register("なし", [])).toThrow(
      expect.objectContaining({ code: "PKI_INVALID" }),
    );
  });
});

describe("answers signed ahead of time", () => {
  const raw = async (): Promise<string> => {
    const { evidence } = await ask({ missingNonce: "accept" });
    return evidence.method === "ocsp" ? evidence.producedAt.toISOString() : "";
  };

  it("have no nonce, and are the same until the next refresh", async () => {
    jpki.signing = "preSigned";
    world.clock.travelTo(new Date("2026-08-07T10:07:00+09:00"));

    expect(await outcome(ask())).toBe("nonce");
    expect(await raw()).toBe("2026-08-07T01:00:00.000Z");
    world.clock.travelTo(new Date("2026-08-07T10:14:59+09:00"));
    expect(await raw()).toBe("2026-08-07T01:00:00.000Z");
    world.clock.travelTo(new Date("2026-08-07T10:15:00+09:00"));
    expect(await raw()).toBe("2026-08-07T01:15:00.000Z");
  });

  it("are not given about numbers nobody has heard of: nobody signed any (RFC 9919)", async () => {
    const { auth: other } = (await testService()).jpki;
    await other.authority.issue(REQUEST);
    const { certificate } = await other.authority.issue(REQUEST);
    const asking = () => outcome(online({ missingNonce: "accept" }).check(certificate));
    expect(await asking()).toBe("unknown");
    jpki.signing = "preSigned";
    expect(await asking()).toBe("unauthorized");
  });

  it("know of a revocation from the refresh on", async () => {
    jpki.signing = "preSigned";
    const { serial, certificate } = await jpki.auth.authority.issue(REQUEST);
    const check = () => outcome(online({ missingNonce: "accept" }).check(certificate));
    expect(await check()).toBe("good");
    jpki.auth.authority.revoke(serial, "superseded");
    expect(await check()).toBe("good");
    jpki.publishNow();
    expect(await check()).toBe("revoked");
  });
});

describe("a saved service", () => {
  it("keeps who may ask, how it signs and when it rests, but no faults", async () => {
    const { jpki: other, ...rest } = await testService();
    other.access = "registered";
    other.signing = "preSigned";
    other.maintenance.push(sundayMaintenance(rest.clock));
    other.auth.padding = 7;
    const verifier = other.verifiers.register("検証者", ["auth"]);
    other.faults.ocsp = "timeout";

    const opened = JpkiService.restore(JSON.parse(JSON.stringify(other.state)), rest);

    expect(opened).toMatchObject({
      access: "registered",
      signing: "preSigned",
      maintenance: other.maintenance,
      faults: { ocsp: "none", crl: "none" },
    });
    expect(opened.auth.padding).toBe(7);
    expect(opened.verifiers.mayAsk(`Bearer ${verifier.token}`, "auth")).toBe(true);
    expect(opened.verifiers.register("もう一人", ["auth"]).token).not.toBe(verifier.token);
  });
});

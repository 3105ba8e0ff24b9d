import { generateKeyPairSync, sign } from "node:crypto";
import fc from "fast-check";
import type { JWK } from "jose";
import { afterAll, afterEach, beforeEach, describe, expect, it } from "vitest";
import { LabClock } from "../../simulator/clock.ts";
import { createMkpf, type Mkpf } from "../../simulator/platform/mkpf/index.ts";
import { parseMkpfProfile } from "../../simulator/platform/mkpf/profile.ts";
import {
  FIRST_CERTIFICATE,
  FIRST_SERIAL,
  PRIVATE_KEY,
  RENEWED_CERTIFICATE,
  RENEWED_SERIAL,
  SIGN_CERTIFICATE,
} from "../../simulator/platform/testing/certificates.ts";
import {
  CRL_EVIDENCE,
  NOON,
  OCSP_EVIDENCE,
  ScriptedChecker,
  ScriptedDirectory,
  Services,
} from "../../simulator/platform/testing/world.ts";
import { Random } from "../../simulator/random.ts";
import type { HttpTrace } from "./exchange.ts";
import { MkpfClient, type MkpfClientOptions } from "./mkpf-client.ts";
import { PlatformError } from "./platform-error.ts";

const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
const PRIVATE_JWK = privateKey.export({ format: "jwk" }) as JWK;
const PUBLIC_JWK = publicKey.export({ format: "jwk" });
const YEARS_AGO = new Date("2029-01-01T00:00:00Z");

const services = new Services();
let clock: LabClock;
let checker: ScriptedChecker;
let people: ScriptedDirectory;
let mkpf: Mkpf;
let issuer: string;
let traces: HttpTrace[];

async function start(profile: unknown = {}): Promise<void> {
  mkpf = createMkpf({
    environment: "verification",
    issuer: () => issuer,
    clock,
    random: new Random("mkpf-client"),
    checker,
    people,
    profile: parseMkpfProfile(profile),
  });
  issuer = await services.listen(mkpf.plugin);
}

async function client(
  name = "図書館",
  options: Partial<MkpfClientOptions> & { method?: "ocsp" | "crl" } = {},
): Promise<MkpfClient> {
  const { method, ...overrides } = options;
  const registered = mkpf.registerSystem({
    name,
    type: "mkpf-2",
    publicJwk: PUBLIC_JWK,
    ...(method && { method }),
  });
  return MkpfClient.create({
    issuer,
    clientId: registered.clientId,
    privateKey: PRIVATE_JWK,
    profile: mkpf.profile,
    sink: (trace) => traces.push(trace),
    ...overrides,
  });
}

function proofOf(text: string) {
  const challenge = new Uint8Array(Buffer.from(text));
  const key = { key: Buffer.from(PRIVATE_KEY), format: "der", type: "pkcs8" } as const;
  return { challenge, signature: new Uint8Array(sign("sha256", challenge, key)) };
}

beforeEach(async () => {
  clock = LabClock.stopped(NOON);
  checker = new ScriptedChecker();
  people = new ScriptedDirectory();
  people.persons.set(FIRST_SERIAL, { person: "person-1", issuedAt: YEARS_AGO });
  traces = [];
  await start();
});
afterEach(() => services.close());
afterAll(() => services.close());

const question = { certificate: FIRST_CERTIFICATE };

describe("MKPF 類型②: validity check", () => {
  it("gives a PPID and names its evidence when the certificate is good", async () => {
    const answer = await (await client()).validity({ ...question, proof: proofOf("nonce-1") });
    expect(answer).toEqual({
      result: "valid",
      ppid: expect.stringMatching(/^[\w-]{43}$/),
      registration: "new",
      proof: "verified",
      evidence: OCSP_EVIDENCE,
    });
    expect(checker.requests).toEqual([
      { certificate: FIRST_CERTIFICATE, method: "ocsp", kind: "auth" },
    ]);
  });

  it("asks by list where the system applied for it, and refuses it the other method", async () => {
    const library = await client("図書館", { method: "crl" });
    expect(await library.validity(question)).toMatchObject({ evidence: CRL_EVIDENCE });
    await expect(library.validity({ ...question, method: "ocsp" })).rejects.toMatchObject({
      code: "PLATFORM_REFUSED",
      refusal: "method_not_registered",
      status: 400,
    });
  });

  it("lets the request choose where the registration left it open", async () => {
    const answer = await (await client()).validity({ ...question, method: "crl" });
    expect(answer).toMatchObject({ evidence: CRL_EVIDENCE });
  });

  it("says invalid, with the CRL reason and no PPID, when it is revoked (MK-06)", async () => {
    const revokedAt = new Date("2031-03-20T09:00:00Z");
    checker.answer = () => ({
      verdict: "revoked",
      reason: "keyCompromise",
      revokedAt,
      evidence: OCSP_EVIDENCE,
    });
    expect(await (await client()).validity(question)).toEqual({
      result: "invalid",
      reason: "revoked",
      revocation: { reason: "keyCompromise", revokedAt },
      evidence: OCSP_EVIDENCE,
      proof: "missing",
    });
    expect(mkpf.state().ppids).toEqual([]);
  });

  it("rests a refusal for what the certificate itself says on its dates", async () => {
    for (const verdict of ["expired", "notYetValid", "wrongCa", "wrongEnvironment"] as const) {
      checker.answer = () => ({ verdict });
      expect(await (await client()).validity(question)).toEqual({
        result: "invalid",
        reason: verdict,
        evidence: {
          method: "certificate",
          notBefore: new Date("2026-11-21T06:39:03Z"),
          notAfter: new Date("2036-11-18T06:39:03Z"),
        },
        proof: "missing",
      });
    }
  });

  it("refuses a 署名用 certificate sent for the 利用者証明用 one (MK-07)", async () => {
    checker.answer = ({ kind }) => ({ verdict: kind === "auth" ? "wrongKind" : "valid" });
    const answer = await (await client()).validity({ certificate: SIGN_CERTIFICATE });
    expect(answer).toMatchObject({ result: "invalid", reason: "wrongKind" });
    expect(answer).not.toHaveProperty("ppid");
  });

  it("says 確認不可, not invalid, when nothing could be checked (MK-10)", async () => {
    checker.answer = () => ({ verdict: "unchecked", why: "responder and list are down" });
    const answer = await (await client()).validity(question);
    expect(answer).toEqual({
      result: "unconfirmed",
      reason: "statusUnavailable",
      proof: "missing",
    });
  });

  it("says 確認不可 for a good certificate nobody can be linked to", async () => {
    people.persons.clear();
    const answer = await (await client()).validity(question);
    expect(answer).toMatchObject({ result: "unconfirmed", reason: "linkageUnavailable" });
  });

  it("registers a person once, and gives each system another PPID (MK-02, MK-17)", async () => {
    const library = await client("図書館");
    const desk = await client("窓口");
    const first = await library.validity(question);
    expect(await library.validity(question)).toMatchObject({
      registration: "known",
      ppid: first.result === "valid" && first.ppid,
    });
    const other = await desk.validity(question);
    expect(other).not.toMatchObject({ ppid: first.result === "valid" && first.ppid });
    expect(mkpf.state().ppids).toHaveLength(2);
  });

  it("lets a renewed certificate wait for its linkage, then gives the same PPID (MK-13)", async () => {
    const library = await client();
    const before = await library.validity(question);
    people.persons.set(RENEWED_SERIAL, {
      person: "person-1",
      issuedAt: NOON,
      previous: FIRST_SERIAL,
    });
    expect(await library.validity({ certificate: RENEWED_CERTIFICATE })).toEqual({
      result: "unconfirmed",
      reason: "linkagePending",
      retryAfterSeconds: 5400,
      proof: "missing",
    });
    clock.advance(90 * 60_000);
    expect(await library.validity({ certificate: RENEWED_CERTIFICATE })).toMatchObject({
      result: "valid",
      ppid: before.result === "valid" && before.ppid,
    });
  });

  it("never says valid, and never gives a PPID, but for a complete good verdict", async () => {
    const library = await client();
    const times = fc.date({ noInvalidDate: false });
    const evidence = fc.oneof(
      fc.constant(OCSP_EVIDENCE),
      fc.record({ method: fc.constantFrom("ocsp", "crl"), producedAt: times, thisUpdate: times }),
      fc.anything(),
    );
    const answers = fc.oneof(
      fc.record({ verdict: fc.constantFrom("valid", "good", "unchecked"), evidence }),
      fc.anything(),
    );
    await fc.assert(
      fc.asyncProperty(answers, fc.boolean(), async (scripted, thrown) => {
        checker.answer = () => {
          if (thrown) throw scripted;
          return scripted;
        };
        const answer = await library.validity(question);
        const mayBeValid =
          !thrown && (scripted as { verdict?: unknown } | undefined)?.verdict === "valid";
        expect(answer.result === "valid").toBe("ppid" in answer);
        if (answer.result === "valid") {
          expect(mayBeValid).toBe(true);
          expect(answer.evidence.thisUpdate.getTime()).not.toBeNaN();
        }
      }),
      { numRuns: 60 },
    );
  });
});

describe("MKPF 類型②: proof of possession (MK-08)", () => {
  it("flags a caller that shows none, and one that shows the same twice", async () => {
    const library = await client();
    const proof = proofOf("nonce-1");
    expect(await library.validity(question)).toMatchObject({ proof: "missing" });
    expect(await library.validity({ ...question, proof })).toMatchObject({ proof: "verified" });
    expect(await library.validity({ ...question, proof })).toMatchObject({ proof: "replayed" });
    const proofs = mkpf.seen.all().map((seen) => seen.request === "validity" && seen.proof);
    expect(proofs).toEqual([false, "missing", "verified", "replayed"]);
  });

  it("refuses a signature over something else", async () => {
    const proof = { ...proofOf("nonce-1"), challenge: proofOf("nonce-2").challenge };
    await expect((await client()).validity({ ...question, proof })).rejects.toMatchObject({
      code: "PLATFORM_REFUSED",
      refusal: "proof_invalid",
    });
    expect(mkpf.state().ppids).toEqual([]);
  });

  it("is demanded where the profile says so", async () => {
    await services.close();
    await start({ rules: { proofOfPossession: "require" } });
    const library = await client();
    await expect(library.validity(question)).rejects.toMatchObject({ refusal: "proof_required" });
    const proven = await library.validity({ ...question, proof: proofOf("nonce-1") });
    expect(proven.result).toBe("valid");
  });
});

describe("MKPF: 署名用 certificate status", () => {
  const moved = new Date("2031-04-02T00:00:00Z");
  const revoked = (reason: string, revokedAt = moved) => ({
    verdict: "revoked",
    reason,
    revokedAt,
    evidence: CRL_EVIDENCE,
  });

  async function registered() {
    people.signCertificates.set("person-1", [SIGN_CERTIFICATE]);
    const library = await client();
    const answer = await library.validity(question);
    return { library, ppid: answer.result === "valid" ? answer.ppid : "" };
  }

  it("asks the list only, and says unchanged while it is good", async () => {
    const { library, ppid } = await registered();
    expect(await library.signCertificateStatus(ppid)).toEqual({
      status: "unchanged",
      evidence: CRL_EVIDENCE,
    });
    expect(checker.requests.at(-1)).toEqual({
      certificate: SIGN_CERTIFICATE,
      method: "crl",
      kind: "sign",
    });
  });

  it("tells of a possible change after a move, and leaves the login alone (MK-11)", async () => {
    const { library, ppid } = await registered();
    checker.answer = ({ kind }) =>
      kind === "sign"
        ? revoked("affiliationChanged")
        : { verdict: "valid", evidence: OCSP_EVIDENCE };
    expect(await library.signCertificateStatus(ppid)).toEqual({
      status: "maybeChanged",
      revokedAt: moved,
      evidence: CRL_EVIDENCE,
    });
    expect(await library.validity(question)).toMatchObject({ result: "valid", ppid });
  });

  it("still tells of it once the person has a new 署名用 certificate", async () => {
    const { library, ppid } = await registered();
    people.signCertificates.set("person-1", [RENEWED_CERTIFICATE, SIGN_CERTIFICATE]);
    checker.answer = ({ certificate }) =>
      certificate === SIGN_CERTIFICATE
        ? revoked("affiliationChanged")
        : { verdict: "valid", evidence: CRL_EVIDENCE };
    expect(await library.signCertificateStatus(ppid)).toMatchObject({ status: "maybeChanged" });
  });

  it("does not tell of a change from before the registration", async () => {
    const { library, ppid } = await registered();
    checker.answer = () => revoked("affiliationChanged", new Date("2030-01-01T00:00:00Z"));
    expect(await library.signCertificateStatus(ppid)).toMatchObject({ status: "lapsed" });
  });

  it("calls other ends lapsed: they say nothing about name and address", async () => {
    const { library, ppid } = await registered();
    checker.answer = () => revoked("superseded");
    expect(await library.signCertificateStatus(ppid)).toEqual({
      status: "lapsed",
      evidence: CRL_EVIDENCE,
    });
    checker.answer = () => ({ verdict: "expired" });
    expect(await library.signCertificateStatus(ppid)).toEqual({ status: "lapsed" });
  });

  it("answers 対象なし for a user without 署名用 certificate (MK-12)", async () => {
    const { library, ppid } = await registered();
    people.signCertificates.clear();
    expect(await library.signCertificateStatus(ppid)).toEqual({ status: "none" });
  });

  it("answers 確認不可 while there is no list", async () => {
    const { library, ppid } = await registered();
    checker.answer = () => {
      throw new Error("no list");
    };
    expect(await library.signCertificateStatus(ppid)).toEqual({ status: "unconfirmed" });
  });

  it("does not know another system's PPID", async () => {
    const { ppid } = await registered();
    await expect((await client("窓口")).signCertificateStatus(ppid)).rejects.toMatchObject({
      code: "PLATFORM_REFUSED",
      status: 404,
      refusal: "ppid_unknown",
    });
  });
});

describe("MKPF: unlinking (MK-21)", () => {
  it("forgets the link, and gives the same PPID to somebody who comes back", async () => {
    const library = await client();
    const first = await library.validity(question);
    const ppid = first.result === "valid" ? first.ppid : "";
    await library.unlink(ppid);
    expect(mkpf.state().ppids).toEqual([]);
    await expect(library.signCertificateStatus(ppid)).rejects.toMatchObject({
      refusal: "ppid_unknown",
    });
    expect(await library.validity(question)).toMatchObject({ registration: "new", ppid });
  });

  it("leaves another system's link alone", async () => {
    const [library, desk] = [await client("図書館"), await client("窓口")];
    const first = await library.validity(question);
    await desk.validity(question);
    const ppid = first.result === "valid" ? first.ppid : "";
    await expect(desk.unlink(ppid)).rejects.toMatchObject({ refusal: "ppid_unknown" });
    await library.unlink(ppid);
    expect(mkpf.state().ppids).toHaveLength(1);
  });
});

describe("MKPF client: errors", () => {
  it("tells a refused client from everything else (MK-15)", async () => {
    const stranger = await client("図書館", { clientId: "MKPF-V-00000000" });
    await expect(stranger.validity(question)).rejects.toMatchObject({
      constructor: PlatformError,
      code: "PLATFORM_REFUSED",
      refusal: "invalid_client",
      status: 401,
    });
    expect(checker.requests).toEqual([]);
  });

  it("can spoil its assertion on purpose", async () => {
    const spoilt = await client("図書館", {
      spoilAssertion: (_header, claims) => {
        claims.aud = "https://elsewhere.example";
      },
    });
    await expect(spoilt.validity(question)).rejects.toMatchObject({ refusal: "invalid_client" });
  });

  it("gets a new token when the old one has become too old at the platform (MK-18)", async () => {
    const library = await client();
    await library.validity(question);
    clock.advance(10 * 60_000);
    expect(await library.validity(question)).toMatchObject({ result: "valid" });
    const tokens = mkpf.seen.all().filter(({ request }) => request === "token");
    expect(tokens).toHaveLength(2);
  });

  it("says how long to wait when the platform says not now (MK-19)", async () => {
    mkpf.faults.inject({ kind: "refuse", retryAfterSeconds: 120 }, { path: "/api", times: 1 });
    const library = await client();
    await expect(library.validity(question)).rejects.toMatchObject({
      code: "PLATFORM_UNREACHABLE",
      status: 503,
      retryAfterSeconds: 120,
    });
    expect(await library.validity(question)).toMatchObject({ registration: "new" });
  });

  it("is unreachable when the line is cut, while getting the token too", async () => {
    mkpf.faults.inject({ kind: "drop" });
    await expect((await client()).validity(question)).rejects.toMatchObject({
      code: "PLATFORM_UNREACHABLE",
      status: undefined,
    });
  });

  it("is unreachable when the answer takes longer than the deadline", async () => {
    mkpf.faults.inject({ kind: "latency", milliseconds: 500 }, { path: "/oauth" });
    const impatient = await client("図書館", { deadline: 20 });
    await expect(impatient.validity(question)).rejects.toMatchObject({
      code: "PLATFORM_UNREACHABLE",
    });
  });

  const lies: Record<string, object> = {
    "an unknown result": { result: "OK" },
    "valid without a PPID": { result: "VALID", registration: "NEW" },
    "valid on a certificate's dates alone": {
      result: "VALID",
      registration: "NEW",
      ppid: "p",
      evidence: {
        method: "certificate",
        not_before: "2031-01-01T00:00:00Z",
        not_after: "2036-01-01T00:00:00Z",
      },
    },
    "invalid with a PPID": { result: "INVALID", reason: "EXPIRED", ppid: "p" },
    "unconfirmed for no known reason": { result: "UNCONFIRMED", reason: "TIRED" },
    "no object": [],
  };
  for (const [what, body] of Object.entries(lies)) {
    it(`does not believe ${what}`, async () => {
      const platform = await services.listen(async (app) => {
        app.removeAllContentTypeParsers();
        app.addContentTypeParser("*", (_request, _payload, done) => done(null));
        app.post("/oauth/token", () => ({ access_token: "t", token_type: "Bearer" }));
        app.post("/api/v1/validity", () =>
          Array.isArray(body) ? body : { proof: "MISSING", ...body },
        );
      });
      const library = await client("図書館", { issuer: platform });
      await expect(library.validity(question)).rejects.toMatchObject({ code: "PLATFORM_PROTOCOL" });
    });
  }

  it("speaks plain HTTP to this machine only", async () => {
    await expect(client("図書館", { issuer: "http://mkpf.example" })).rejects.toMatchObject({
      code: "CONFIG_INVALID",
    });
  });
});

describe("MKPF client: traces", () => {
  it("records each exchange once, token request included, without secrets", async () => {
    await (await client("図書館", { peer: "MKPF 検証" })).validity({
      ...question,
      proof: proofOf("nonce-1"),
    });
    expect(traces).toEqual([
      {
        peer: "MKPF 検証",
        method: "POST",
        path: "/oauth/token",
        request: {
          grant_type: "client_credentials",
          scope: "validity sign-certificate-status unlink",
          client_id: expect.stringMatching(/^MKPF-V-\d{8}$/),
          client_assertion_type: "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
          client_assertion: "‹client assertion›",
        },
        status: 200,
        response: {
          access_token: "‹access token›",
          expires_in: 300,
          token_type: "Bearer",
          scope: "validity sign-certificate-status unlink",
        },
        milliseconds: expect.any(Number),
      },
      {
        peer: "MKPF 検証",
        method: "POST",
        path: "/api/v1/validity",
        request: {
          certificate: "‹certificate›",
          challenge: "‹challenge›",
          signature: "‹signature›",
        },
        status: 200,
        response: {
          result: "VALID",
          ppid: expect.stringMatching(/^[\w-]{43}$/),
          registration: "NEW",
          proof: "VERIFIED",
          evidence: {
            method: "ocsp",
            produced_at: "2031-04-01T02:50:00.000Z",
            this_update: "2031-04-01T02:45:00.000Z",
          },
          notice: "‹notice›",
        },
        milliseconds: expect.any(Number),
      },
    ]);
  });

  it("records an exchange that got no answer", async () => {
    mkpf.faults.inject({ kind: "drop" });
    await expect((await client()).validity(question)).rejects.toThrow();
    expect(traces).toMatchObject([{ path: "/oauth/token", error: "PLATFORM_UNREACHABLE" }]);
  });
});

describe("MKPF state", () => {
  it("survives a restart as plain JSON: same systems, same PPIDs", async () => {
    const registered = mkpf.registerSystem({
      name: "図書館",
      type: "mkpf-2",
      publicJwk: PUBLIC_JWK,
    });
    const options = { issuer, clientId: registered.clientId, privateKey: PRIVATE_JWK };
    const before = await (await MkpfClient.create(options)).validity(question);
    const saved = JSON.parse(JSON.stringify(mkpf.state()));
    await services.close();
    mkpf = createMkpf({
      environment: "verification",
      issuer: () => issuer,
      clock,
      random: new Random("another start"),
      checker,
      people,
      state: saved,
    });
    issuer = await services.listen(mkpf.plugin);
    const after = await (await MkpfClient.create({ ...options, issuer })).validity(question);
    expect(after).toMatchObject({
      registration: "known",
      ppid: before.result === "valid" && before.ppid,
    });
    // Tokens have been handed out since; what was registered is as it was.
    expect({ ...mkpf.state(), server: undefined }).toEqual({ ...saved, server: undefined });
  });
});

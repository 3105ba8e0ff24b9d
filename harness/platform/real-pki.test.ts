import { generateKeyPairSync, sign } from "node:crypto";
import type { JWK } from "jose";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { CrlSource, type IssuedCredential, ocspSource } from "../../simulator/pki/index.ts";
import { MINUTE, REQUEST, testService } from "../../simulator/pki/testing/world.ts";
import {
  createLocalAuthPf,
  createMkpf,
  KeptLists,
  type LocalAuthPf,
  type Mkpf,
  pkiChecker,
} from "../../simulator/platform/index.ts";
import { ScriptedDirectory, Services } from "../../simulator/platform/testing/world.ts";
import { Random } from "../../simulator/random.ts";
import { LocalAuthPfClient } from "./local-auth-pf-client.ts";
import { MkpfClient } from "./mkpf-client.ts";

// End to end with nothing scripted but who a person is: real certificates, OCSP over HTTP, lists
// fetched over HTTP, both platforms and both clients.

const services = new Services();
const people = new ScriptedDirectory();
const random = new Random("real-pki");
const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });

let world: Awaited<ReturnType<typeof testService>>;
let mkpf: Mkpf;
let localAuthPf: LocalAuthPf;
let library: MkpfClient;
let desks: Record<"ocsp" | "crl", LocalAuthPfClient>;

beforeAll(async () => {
  world = await testService();
  const jpki = await services.listen(world.jpki.routes);
  const checker = checkerOn(jpki);
  let issuer = "";
  mkpf = createMkpf({
    environment: "verification",
    issuer: () => issuer,
    clock: world.clock,
    random,
    checker,
    people,
  });
  issuer = await services.listen(mkpf.plugin);
  localAuthPf = createLocalAuthPf({ clock: world.clock, random, checker });
  const baseUrl = await services.listen(localAuthPf.plugin);
  library = await libraryAt(issuer);
  desks = { ocsp: deskAt(baseUrl, "ocsp"), crl: deskAt(baseUrl, "crl") };
});
afterAll(() => services.close());

function checkerOn(jpki: string) {
  const { clock } = world;
  const { anchors, auth, sign } = world.jpki;
  const [authList, signList] = [auth, sign].map(
    ({ authority: { kind, certificate } }) =>
      new CrlSource({ anchor: certificate.der, clock, url: `${jpki}/crl/${kind}.crl` }),
  ) as [CrlSource, CrlSource];
  const schedule = { loadHourJst: 1, retryMinutes: 10, maxAgeHours: 72 };
  return pkiChecker({
    anchors,
    clock,
    sources: {
      ocsp: ocspSource({ url: `${jpki}/ocsp`, anchors, clock, random }),
      crl: new KeptLists({ sources: [authList, signList], clock, ...schedule }),
    },
  });
}

async function libraryAt(issuer: string): Promise<MkpfClient> {
  const { clientId } = mkpf.registerSystem({
    name: "試験市 図書館",
    type: "mkpf-2",
    publicJwk: publicKey.export({ format: "jwk" }),
  });
  const jwk = privateKey.export({ format: "jwk" }) as JWK;
  return MkpfClient.create({ issuer, clientId, privateKey: jwk });
}

function deskAt(baseUrl: string, method: "ocsp" | "crl"): LocalAuthPfClient {
  const access = localAuthPf.issueAccess({ name: "試験市", method, kinds: ["auth", "sign"] });
  localAuthPf.setAccessState(access.id, "active");
  return new LocalAuthPfClient({ baseUrl, method, access });
}

let holders = 0;

/** A person with both certificates, known to the directory. */
async function holder() {
  const auth = await world.jpki.auth.authority.issue(REQUEST);
  const signing = await world.jpki.sign.authority.issue(REQUEST);
  holders += 1;
  const person = `holder-${holders}`;
  people.persons.set(serialText(auth), { person, issuedAt: auth.issuedAt });
  people.signCertificates.set(person, [signing.certificate]);
  return { auth, sign: signing };
}

/** Whole bytes, upper case. */
function serialText({ serial }: IssuedCredential): string {
  const digits = serial.toString(16).toUpperCase();
  return digits.length % 2 === 0 ? digits : `0${digits}`;
}

function proofBy({ privateKey: pkcs8 }: IssuedCredential) {
  const challenge = new Uint8Array(Buffer.from("challenge"));
  const key = { key: Buffer.from(pkcs8), format: "der", type: "pkcs8" } as const;
  return { challenge, signature: new Uint8Array(sign("sha256", challenge, key)) };
}

describe("platforms on the real PKI", () => {
  it("MKPF lets a fresh certificate in, with the holder's own proof", async () => {
    const { auth } = await holder();
    const question = { certificate: auth.certificate, proof: proofBy(auth) };
    expect(await library.validity(question)).toMatchObject({
      result: "valid",
      proof: "verified",
      registration: "new",
      evidence: { method: "ocsp" },
    });
  });

  it("tells the 署名用 certificate from the 利用者証明用 one (MK-07)", async () => {
    const { sign } = await holder();
    expect(await library.validity({ certificate: sign.certificate })).toMatchObject({
      result: "invalid",
      reason: "wrongKind",
    });
    expect(await desks.ocsp.verify(sign.certificate, "sign")).toMatchObject({ result: "valid" });
  });

  it("finds a revocation by OCSP within 15 minutes and by list a day later (LA-03, MK-06)", async () => {
    const { auth } = await holder();
    const { certificate, serial } = auth;
    await desks.crl.verify(certificate, "auth");
    world.jpki.auth.authority.revoke(serial, "keyCompromise");
    world.clock.advance(30 * MINUTE);
    expect(await desks.ocsp.verify(certificate, "auth")).toMatchObject({
      result: "revoked",
      revocation: { reason: "keyCompromise" },
      evidence: { method: "ocsp" },
    });
    expect(await desks.crl.verify(certificate, "auth")).toMatchObject({
      result: "valid",
      evidence: { method: "crl" },
    });
    const answer = await library.validity({ certificate });
    expect(answer).toMatchObject({ result: "invalid", reason: "revoked" });
    expect(answer).not.toHaveProperty("ppid");
    world.clock.advance(24 * 60 * MINUTE);
    expect(await desks.crl.verify(certificate, "auth")).toMatchObject({ result: "revoked" });
  });

  it("notices a move by the 署名用 certificate, and keeps the login (MK-11)", async () => {
    const { auth, sign } = await holder();
    const question = { certificate: auth.certificate };
    const registered = await library.validity(question);
    const ppid = registered.result === "valid" ? registered.ppid : "";
    expect(await library.signCertificateStatus(ppid)).toMatchObject({ status: "unchanged" });
    world.jpki.sign.authority.revoke(sign.serial, "affiliationChanged");
    expect(await library.signCertificateStatus(ppid)).toMatchObject({ status: "unchanged" });
    world.clock.advance(24 * 60 * MINUTE);
    expect(await library.signCertificateStatus(ppid)).toMatchObject({
      status: "maybeChanged",
      evidence: { method: "crl" },
    });
    expect(await library.validity(question)).toMatchObject({ result: "valid", ppid });
  });

  it("says 確認不可 while the responder is down, and recovers (MK-10)", async () => {
    const { auth } = await holder();
    const question = { certificate: auth.certificate };
    for (const fault of ["http-503", "reset", "html", "tryLater"] as const) {
      world.jpki.faults.ocsp = fault;
      expect(await library.validity(question)).toMatchObject({ result: "unconfirmed" });
      expect(await desks.ocsp.verify(auth.certificate, "auth")).toEqual({ result: "unconfirmed" });
    }
    world.jpki.faults.ocsp = "none";
    expect(await library.validity(question)).toMatchObject({ result: "valid" });
  });

  it("does not trust a certificate after its last day, whatever OCSP says (PK-06)", async () => {
    const { auth } = await holder();
    world.clock.travelTo(new Date(auth.notAfter.getTime() + 1000));
    expect(await library.validity({ certificate: auth.certificate })).toMatchObject({
      result: "invalid",
      reason: "expired",
      evidence: { method: "certificate", notAfter: auth.notAfter },
    });
    expect(await desks.crl.verify(auth.certificate, "auth")).toMatchObject({ result: "expired" });
  });
});

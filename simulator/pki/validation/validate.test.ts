import { beforeEach, describe, expect, it } from "vitest";
import type { LabClock } from "../../clock.ts";
import type { IssuedCredential } from "../authority/authority.ts";
import { CertificateAuthority } from "../authority/authority.ts";
import { SerialCounter } from "../authority/serials.ts";
import { readCertificate } from "../certificate/certificate.ts";
import { critical, extension, keyUsage } from "../certificate/extensions.ts";
import type { Issuer } from "../certificate/issuer.ts";
import { caName, signSubject } from "../certificate/names.ts";
import { type CertificateFields, makeCertificate } from "../certificate/profile.ts";
import { authFields } from "../certificate/profile-auth.ts";
import { caFields } from "../certificate/profile-ca.ts";
import { nothing } from "../der/asn1.ts";
import { signingKey } from "../keys/keys.ts";
import type { JpkiService } from "../service/service.ts";
import type { CertificateStatus, StatusSource } from "../status.ts";
import {
  AUTH_CA,
  CHIYODA,
  DAY,
  MORNING,
  REQUEST,
  type TestWorld,
  testService,
} from "../testing/world.ts";
import { StatusUnavailable } from "./unavailable.ts";
import { kindOf, type ValidationOptions, validateCertificate } from "./validate.ts";

let world: TestWorld;
let clock: LabClock;
let jpki: JpkiService;
let issued: IssuedCredential;
let asked: number;

const evidence = { method: "ocsp", producedAt: MORNING, thisUpdate: MORNING } as const;

const says = (status: CertificateStatus): StatusSource => ({
  check: async () => {
    asked += 1;
    return status;
  },
});

beforeEach(async () => {
  ({ jpki, ...world } = await testService());
  clock = world.clock;
  issued = await jpki.auth.authority.issue(REQUEST);
  asked = 0;
});

const validate = (certificate: Uint8Array, changes: Partial<ValidationOptions> = {}) =>
  validateCertificate(certificate, {
    anchors: jpki.anchors,
    clock,
    source: says({ status: "good", evidence }),
    ...changes,
  });

describe("a certificate that is in order", () => {
  it("is valid when the source says good, with what that rests on", async () => {
    expect(await validate(issued.certificate, { kind: "auth" })).toEqual({
      verdict: "valid",
      evidence,
    });
  });

  it("is revoked, with reason and time, when the source says so", async () => {
    const revoked = { reason: "affiliationChanged", revokedAt: MORNING, evidence } as const;
    const source = says({ status: "revoked", ...revoked });
    expect(await validate(issued.certificate, { source })).toEqual({
      verdict: "revoked",
      ...revoked,
    });
  });

  it("is unknown when the source does not know it (PK-25)", async () => {
    const source = says({ status: "unknown", evidence });
    expect(await validate(issued.certificate, { source })).toEqual({
      verdict: "unknown",
      evidence,
    });
  });

  it("is unchecked, never valid, when there is no answer", async () => {
    const why = new StatusUnavailable("timeout", "no answer");
    const source = { check: () => Promise.reject(why) };
    expect(await validate(issued.certificate, { source })).toEqual({ verdict: "unchecked", why });
  });

  it("lets a fault of the source itself through", async () => {
    const source = { check: () => Promise.reject(new TypeError("a bug")) };
    await expect(validate(issued.certificate, { source })).rejects.toThrow(TypeError);
  });
});

describe("time", () => {
  it("wins over a good answer (PK-06), to the second", async () => {
    const { notAfter } = issued;
    clock.travelTo(new Date(notAfter.getTime() + 999));
    expect(await validate(issued.certificate)).toMatchObject({ verdict: "valid" });

    clock.travelTo(new Date(notAfter.getTime() + 1000));
    expect(await validate(issued.certificate)).toEqual({ verdict: "expired", notAfter });
    expect(asked).toBe(1);
  });

  it("has not come yet before notBefore", async () => {
    clock.advance(-DAY);
    expect(await validate(issued.certificate)).toMatchObject({ verdict: "notYetValid" });
  });

  it("of the CA counts, too", async () => {
    // Issued to outlive its CA, which ends on 2033-08-06.
    const request = { ...REQUEST, at: new Date("2033-01-15T00:00:00Z") };
    const { certificate } = await jpki.auth.authority.issue(request);
    clock.travelTo(new Date("2033-08-07T00:00:00Z"));
    expect(await validate(certificate)).toMatchObject({ verdict: "wrongCa" });
    clock.travelTo(new Date("2033-08-06T00:00:00Z"));
    expect(await validate(certificate)).toMatchObject({ verdict: "valid" });
  });
});

describe("the issuer", () => {
  it("has to be among the trusted ones", async () => {
    expect(await validate(issued.certificate, { anchors: [] })).toMatchObject({
      verdict: "wrongCa",
    });
    const { certificate } = await foreign("JPKI-OTHER").issueLookalike();
    expect(await validate(certificate)).toMatchObject({ verdict: "wrongCa" });
    expect(asked).toBe(0);
  });

  it("is told apart by its key when a generation is not trusted (PK-29)", async () => {
    const other = await nextGeneration();
    const { certificate } = await other.issue(REQUEST);

    const verdict = await validate(certificate);

    expect(verdict).toMatchObject({
      verdict: "wrongCa",
      why: expect.stringContaining("generation"),
    });
    const anchors = [...jpki.anchors, other.certificate.der];
    expect(await validate(certificate, { anchors })).toMatchObject({ verdict: "valid" });
    expect(await validate(issued.certificate, { anchors })).toMatchObject({ verdict: "valid" });
  });

  it("has to have signed: a forgery with a victim's serial number is refused unasked (PK-31)", async () => {
    const { key } = jpki.auth.authority;
    const forger = signingKey(await world.pool.key(9));
    const fields = authFields(profile(issued.serial), issuerWith(key.keyIdentifier), forger);
    const forged = await makeCertificate(fields, forger);

    expect(await validate(forged)).toMatchObject({
      verdict: "wrongCa",
      why: expect.stringContaining("signature"),
    });
    expect(asked).toBe(0);
  });
});

describe("a certificate of ours that is not as it should be", () => {
  const made = async (change: (fields: CertificateFields) => CertificateFields) => {
    const { key } = jpki.auth.authority;
    const holder = signingKey(await world.pool.key(9));
    const fields = authFields(profile(issued.serial), issuerWith(key.keyIdentifier), holder);
    return makeCertificate(change(fields), key);
  };

  it("is refused for a critical extension nobody understands, and accepted without it", async () => {
    const strange = critical("1.2.3.4", nothing());
    const with1 = await made((fields) => ({
      ...fields,
      extensions: [...fields.extensions, strange],
    }));

    expect(await validate(with1)).toMatchObject({
      verdict: "wrongCa",
      why: expect.stringContaining("1.2.3.4"),
    });
    expect(await validate(await made((fields) => fields))).toMatchObject({ verdict: "valid" });
  });

  it("is refused by name when an extension is there twice or damaged", async () => {
    const damaged = extension("2.5.29.31", nothing());
    const withDamage = await made((fields) => ({
      ...fields,
      extensions: fields.extensions.with(4, damaged),
    }));
    const withTwo = await made((fields) => ({
      ...fields,
      extensions: [...fields.extensions, ...fields.extensions.slice(-1)],
    }));
    for (const certificate of [withDamage, withTwo]) {
      await expect(validate(certificate)).rejects.toMatchObject({ code: "PKI_INVALID" });
    }
  });

  it("is refused under a CA certificate that is none, or whose key may not sign certificates", async () => {
    const { key, certificate } = jpki.auth.authority;
    const ca = caFields(
      { identity: AUTH_CA, serial: Number(certificate.serial), notBefore: certificate.notBefore },
      key,
    );
    const anchorWith = (extensions: typeof ca.extensions) =>
      makeCertificate({ ...ca, extensions }, key);
    const notForCertificates = [keyUsage("cRLSign"), ...ca.extensions.slice(1)];
    const noCa = ca.extensions.toSpliced(2, 1);
    for (const extensions of [notForCertificates, noCa]) {
      const anchors = [await anchorWith(extensions)];
      expect(await validate(issued.certificate, { anchors })).toMatchObject({ verdict: "wrongCa" });
    }
    const anchors = [await anchorWith(ca.extensions)];
    expect(await validate(issued.certificate, { anchors })).toMatchObject({ verdict: "valid" });
  });
});

describe("the environment", () => {
  it("of the real service is not ours, by name or by policy (PK-28)", async () => {
    const { key } = jpki.auth.authority;
    const holder = signingKey(await world.pool.key(9));
    const realPolicy = { ...issuerWith(key.keyIdentifier), policy: "1.2.392.200149.8.5.1.3.30" };
    const byPolicy = await makeCertificate(authFields(profile(1), realPolicy, holder), key);
    expect(await validate(byPolicy)).toMatchObject({ verdict: "wrongEnvironment" });

    const realName = {
      ...issuerWith(holder.keyIdentifier),
      name: caName({ ...AUTH_CA, environment: "production" }),
    };
    const byName = await makeCertificate(authFields(profile(1), realName, holder), holder);
    expect(await validate(byName)).toMatchObject({ verdict: "wrongEnvironment" });
  });

  it("of the test service is not the real one", async () => {
    expect(await validate(issued.certificate, { environment: "production" })).toMatchObject({
      verdict: "wrongEnvironment",
    });
    expect(asked).toBe(0);
  });
});

describe("the kind", () => {
  it("has to be the one asked for, either way (MK-07)", async () => {
    const { certificate } = await jpki.sign.authority.issue(REQUEST);
    expect(await validate(certificate, { kind: "auth" })).toEqual({
      verdict: "wrongKind",
      expected: "auth",
    });
    expect(await validate(issued.certificate, { kind: "sign" })).toEqual({
      verdict: "wrongKind",
      expected: "sign",
    });
    expect(await validate(certificate, { kind: "sign" })).toMatchObject({ verdict: "valid" });
  });

  it("can be read off a certificate", async () => {
    const { certificate } = await jpki.sign.authority.issue(REQUEST);
    expect(kindOf(certificate)).toBe("sign");
    expect(kindOf(issued.certificate)).toBe("auth");
    expect(kindOf(jpki.auth.authority.certificate.der)).toBeUndefined();
  });
});

it("refuses what is no certificate", async () => {
  for (const bytes of [new Uint8Array(0), Uint8Array.of(0x30, 0), issued.certificate.subarray(1)]) {
    await expect(validate(bytes)).rejects.toMatchObject({ code: "PKI_INVALID" });
  }
  await expect(validate(Uint8Array.of(...issued.certificate, 0))).rejects.toMatchObject({
    code: "PKI_INVALID",
  });
});

function profile(serial: number) {
  const notAfter = new Date(MORNING.getTime() + DAY);
  return { serial, notBefore: MORNING, notAfter, municipality: CHIYODA, commonName: "FORGED" };
}

function issuerWith(keyIdentifier: Uint8Array): Issuer {
  return {
    identity: AUTH_CA,
    name: caName(AUTH_CA),
    serial: Number(readCertificate(jpki.auth.authority.certificate.der).serial),
    keyIdentifier,
    policy: "1.2.392.200149.8.5.1.0.30",
    cpsUrl: "http://www.jpki.test/cps.html",
    ocspUrl: world.ocspUrl,
  };
}

/** A CA of the same name with another key. */
function nextGeneration(): Promise<CertificateAuthority> {
  const keys = world.pool.source(10);
  return CertificateAuthority.create("auth", new Date("2023-01-01T00:00:00Z"), {
    ...world,
    keys,
    serials: new SerialCounter(0x70000000),
  });
}

/** Somebody whose certificates look like ours under another name. */
function foreign(organization: string) {
  return {
    async issueLookalike() {
      const key = signingKey(await world.pool.key(9));
      const issuer = {
        ...issuerWith(key.keyIdentifier),
        name: signSubject(CHIYODA, organization),
        policy: "1.2.3.4",
      };
      return { certificate: await makeCertificate(authFields(profile(2), issuer, key), key) };
    },
  };
}

import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { concat, fromHex, toHex } from "../../iso7816/index.ts";
import type { CertificateView } from "../certificate/certificate.ts";
import { readCertificate } from "../certificate/certificate.ts";
import { caName } from "../certificate/names.ts";
import { makeCertificate } from "../certificate/profile.ts";
import { responderFields } from "../certificate/profile-responder.ts";
import { signingKey } from "../keys/keys.ts";
import type { JpkiService } from "../service/service.ts";
import {
  AUTH_CA,
  DAY,
  MINUTE,
  MORNING,
  REQUEST,
  type TestWorld,
  testService,
} from "../testing/world.ts";
import type { StatusUnavailable } from "../validation/unavailable.ts";
import { type OcspView, readOcspResponse } from "./read.ts";
import { buildOcspRequest, type CertId, certIdOf, parseOcspRequest } from "./request.ts";
import { makeOcspResponse, type OcspAnswer, type SingleAnswer } from "./response.ts";
import { type OcspExpectation, verifyOcspResponse } from "./verify.ts";

let world: TestWorld;
let jpki: JpkiService;
let auth: CertificateView;
let sign: CertificateView;
let serial: number;
const nonce = fromHex("00 01 02 03 04 05 06 07 08 09 0A 0B 0C 0D 0E 0F");

beforeAll(async () => {
  ({ jpki, ...world } = await testService());
  auth = jpki.auth.authority.certificate;
  sign = jpki.sign.authority.certificate;
  ({ serial } = await jpki.auth.authority.issue(REQUEST));
});

beforeEach(() => world.clock.travelTo(MORNING));

async function ask(ids: CertId[], sent?: Uint8Array): Promise<OcspView> {
  const view = readOcspResponse(await jpki.respond(buildOcspRequest(ids, sent)));
  if (typeof view === "string") throw new Error(`refused: ${view}`);
  return view;
}

const raw = async (request: Uint8Array) => toHex(await jpki.respond(request));
const MALFORMED = "30030A0101";
const UNAUTHORIZED = "30030A0106";

describe("an OCSP request", () => {
  it("has the bytes of RFC 6960 section 4.1.1", () => {
    const id = certIdOf(0x067c6a21n, auth, "sha1");

    const expected = concat(
      fromHex("306A 3068 3041 303F 303D 3009 06052B0E03021A 0500"),
      fromHex("0414"),
      id.issuerNameHash,
      fromHex("0414"),
      id.issuerKeyHash,
      fromHex("0204067C6A21"),
      fromHex("A223 3021 301F 06092B0601050507300102 0412 0410"),
      nonce,
    );
    expect(toHex(buildOcspRequest([id], nonce))).toBe(toHex(expected));
  });

  it("names the issuer by its name and its key", () => {
    const id = certIdOf(1n, auth, "sha1");
    // The key identifier of the CA is the same SHA-1 of the same bytes.
    expect(id.issuerKeyHash).toEqual(jpki.auth.authority.key.keyIdentifier);
    expect(certIdOf(1n, auth, "sha256").issuerNameHash).toHaveLength(32);
  });

  it("is read as it was written", () => {
    const ids = [certIdOf(5n, auth, "sha1"), certIdOf(6n, sign, "sha256")];
    expect(parseOcspRequest(buildOcspRequest(ids, nonce))).toEqual({ ids, nonce });
    expect(parseOcspRequest(buildOcspRequest(ids))).toEqual({ ids });
  });
});

describe("the responder", () => {
  it.each(["sha1", "sha256"] as const)("answers a question hashed with %s", async (hash) => {
    const id = certIdOf(BigInt(serial), auth, hash);

    const view = await ask([id], nonce);

    expect(view.singles).toEqual([
      {
        id,
        status: "good",
        thisUpdate: MORNING,
        nextUpdate: new Date(MORNING.getTime() + 30 * MINUTE),
      },
    ]);
    expect(view.nonce).toEqual(nonce);
    expect(view.producedAt).toEqual(MORNING);
    expect(view.certificates).toEqual([jpki.auth.authority.responder.certificate.der]);
    expect(view.responder).toEqual({ keyHash: jpki.auth.authority.responder.key.keyIdentifier });
  });

  it("answers for both CAs, each with its own delegate", async () => {
    const { serial: signSerial } = await jpki.sign.authority.issue(REQUEST);

    const view = await ask([certIdOf(BigInt(signSerial), sign, "sha1")]);

    expect(view.singles[0]?.status).toBe("good");
    expect(view.certificates).toEqual([jpki.sign.authority.responder.certificate.der]);
  });

  it("answers several questions in their order", async () => {
    const world2 = await testService();
    const ca = world2.jpki.auth.authority;
    const gone = await ca.issue(REQUEST);
    ca.revoke(gone.serial, "certificateHold");
    world2.jpki.publishNow();
    const ids = [1n, BigInt(gone.serial)].map((n) => certIdOf(n, ca.certificate, "sha1"));

    const view = readOcspResponse(await world2.jpki.respond(buildOcspRequest(ids)));

    expect(typeof view === "string" ? view : view.singles.map(({ status }) => status)).toEqual([
      "unknown",
      { reason: "certificateHold", revokedAt: MORNING },
    ]);
  });

  it("refuses questions about CAs it does not speak for, and two CAs in one question", async () => {
    const stranger = jpki.auth.authority.responder.certificate;
    const ours = certIdOf(BigInt(serial), auth, "sha1");

    expect(await raw(buildOcspRequest([certIdOf(1n, stranger, "sha1")]))).toBe(UNAUTHORIZED);
    expect(await raw(buildOcspRequest([ours, certIdOf(1n, sign, "sha1")]))).toBe(UNAUTHORIZED);
  });

  it.each([
    ["nothing", ""],
    ["a request for no certificate", "30043002 3000"],
    ["something that is no request", "3003020101"],
    ["a length that promises too much", "30843FFFFFFF"],
  ])("calls %s malformed", async (_what, hex) => {
    expect(await raw(fromHex(hex))).toBe(MALFORMED);
  });

  it("echoes nonces of 1 to 128 bytes and calls others malformed (RFC 9654)", async () => {
    const id = certIdOf(BigInt(serial), auth, "sha1");
    const send = (length: number) => jpki.respond(buildOcspRequest([id], new Uint8Array(length)));

    for (const length of [1, 16, 32, 128]) {
      expect(readOcspResponse(await send(length))).toMatchObject({ nonce: new Uint8Array(length) });
    }
    expect(toHex(await send(0))).toBe(MALFORMED);
    expect(toHex(await send(129))).toBe(MALFORMED);
  });
});

describe("a careful client", () => {
  let id: CertId;
  let expectation: OcspExpectation;
  let single: SingleAnswer;
  let answer: OcspAnswer;

  beforeEach(() => {
    id = certIdOf(BigInt(serial), auth, "sha1");
    expectation = { id, issuer: auth, nonce, clock: world.clock };
    const nextUpdate = new Date(MORNING.getTime() + 30 * MINUTE);
    single = { id, status: "good", thisUpdate: MORNING, nextUpdate };
    const { responder } = jpki.auth.authority;
    answer = { responder, producedAt: MORNING, singles: [single], nonce };
  });

  const verify = async (changes: Partial<OcspAnswer> = {}, also: Partial<OcspExpectation> = {}) =>
    verifyOcspResponse(await makeOcspResponse({ ...answer, ...changes }), {
      ...expectation,
      ...also,
    });

  const problem = async (
    changes: Partial<OcspAnswer>,
    also: Partial<OcspExpectation> = {},
  ): Promise<string> => {
    const error = await verify(changes, also).then(
      () => expect.fail("the answer was accepted"),
      (reason: StatusUnavailable) => reason,
    );
    expect(error.code).toBe("PKI_STATUS_UNAVAILABLE");
    return error.problem;
  };

  const at = (minutes: number) => new Date(MORNING.getTime() + minutes * MINUTE);

  it("believes a right answer and says what it rests on", async () => {
    expect(await verify()).toEqual({
      status: "good",
      evidence: { method: "ocsp", producedAt: MORNING, thisUpdate: MORNING },
    });
  });

  it("passes on revoked with reason and time, and unknown as unknown", async () => {
    const revoked = { reason: "superseded", revokedAt: at(-60) } as const;
    expect(await verify({ singles: [{ ...single, status: revoked }] })).toMatchObject({
      status: "revoked",
      ...revoked,
    });
    expect(await verify({ singles: [{ ...single, status: "unknown" }] })).toMatchObject({
      status: "unknown",
    });
  });

  it("lets revoked win over good, and unknown over good (PK-22)", async () => {
    const revoked = { ...single, status: { reason: "unspecified", revokedAt: MORNING } } as const;
    expect(await verify({ singles: [single, revoked] })).toMatchObject({ status: "revoked" });
    const unknown = { ...single, status: "unknown" } as const;
    expect(await verify({ singles: [single, unknown] })).toMatchObject({ status: "unknown" });
  });

  it("refuses an answer about another certificate (PK-22)", async () => {
    const other = { ...single, id: certIdOf(BigInt(serial) + 1n, auth, "sha1") };
    expect(await problem({ singles: [other] })).toBe("otherCertificate");
    const otherHash = { ...single, id: certIdOf(BigInt(serial), auth, "sha256") };
    expect(await problem({ singles: [otherHash] })).toBe("otherCertificate");
    expect(await problem({ singles: [] })).toBe("malformedAnswer");
  });

  it("refuses a missing nonce unless told otherwise, and a different one always (PK-19)", async () => {
    const { nonce: _sent, ...without } = answer;
    answer = without;
    expect(await problem({})).toBe("nonce");
    expect(await verify({}, { missingNonce: "accept" })).toMatchObject({ status: "good" });
    const wrong = { nonce: Uint8Array.from(nonce, (byte) => byte ^ 1) };
    expect(await problem(wrong, { missingNonce: "accept" })).toBe("nonce");
  });

  it("refuses what is out of date, from the future or contradicts itself (PK-20)", async () => {
    const times = (thisUpdate: Date, nextUpdate: Date) => [{ ...single, thisUpdate, nextUpdate }];
    expect(await problem({ singles: times(at(-60), at(-6)) })).toBe("time");
    expect(await problem({ singles: times(at(6), at(36)), producedAt: at(6) })).toBe("time");
    expect(await problem({ producedAt: at(6) })).toBe("time");
    expect(await problem({ singles: times(at(-4), at(-5)) })).toBe("time");
    expect(await problem({ producedAt: at(-1) })).toBe("time");
  });

  it("tolerates clocks that differ by five minutes, and not by 25 hours (PK-21)", async () => {
    world.clock.travelTo(at(-5));
    expect(await verify()).toMatchObject({ status: "good" });
    world.clock.travelTo(at(35));
    expect(await verify()).toMatchObject({ status: "good" });
    world.clock.travelTo(at(-25 * 60));
    expect(await problem({})).toBe("time");
    world.clock.travelTo(at(25 * 60));
    expect(await problem({})).toBe("time");
  });

  it("refuses a signature that is not by the delegate", async () => {
    const der = await makeOcspResponse(answer);
    // Somewhere in the echoed nonce, which is signed.
    const place = toHex(der).indexOf(toHex(nonce)) / 2;
    der[place] = (der[place] ?? 0) ^ 1;
    expect(() =>
      verifyOcspResponse(der, { ...expectation, nonce: der.slice(place, place + 16) }),
    ).toThrow(expect.objectContaining({ problem: "signature" }));
  });

  it("refuses refusals by name (PK-18)", () => {
    for (const [code, name] of [
      ["01", "malformedRequest"],
      ["02", "internalError"],
      ["03", "tryLater"],
      ["05", "sigRequired"],
      ["06", "unauthorized"],
    ]) {
      expect(() => verifyOcspResponse(fromHex(`30030A01${code}`), expectation)).toThrow(
        expect.objectContaining({ problem: name }),
      );
    }
    expect(() => verifyOcspResponse(fromHex("30030A0104"), expectation)).toThrow(
      expect.objectContaining({ problem: "malformedAnswer" }),
    );
  });

  it("refuses what is no OCSP response", () => {
    for (const hex of ["", "3000", "30030A0100", "3C68746D6C3E"]) {
      expect(() => verifyOcspResponse(fromHex(hex), expectation)).toThrow(
        expect.objectContaining({ problem: "malformedAnswer" }),
      );
    }
  });

  describe("asks who the delegate is (PK-23)", () => {
    const delegate = async (
      change: (fields: ReturnType<typeof responderFields>) => ReturnType<typeof responderFields>,
      ca = jpki.auth.authority,
    ) => {
      const key = signingKey(await world.pool.key(8));
      const issuer = {
        identity: ca.identity,
        name: caName(ca.identity),
        serial: 1,
        keyIdentifier: ca.key.keyIdentifier,
        policy: "1.2.3",
        cpsUrl: "",
        ocspUrl: "",
      };
      const validity = { notBefore: at(-60), notAfter: at(60) };
      const fields = responderFields({ serial: 0x7f000000, ...validity }, issuer, key);
      const certificate = readCertificate(await makeCertificate(change(fields), ca.key));
      return { responder: { certificate, key } };
    };

    it("and accepts one that is in order", async () => {
      expect(await verify(await delegate((fields) => fields))).toMatchObject({ status: "good" });
    });

    it("and refuses one without OCSPSigning or without nocheck", async () => {
      const without = (index: number) =>
        delegate((fields) => ({ ...fields, extensions: fields.extensions.toSpliced(index, 1) }));
      expect(await problem(await without(1))).toBe("responder");
      expect(await problem(await without(2))).toBe("responder");
    });

    it("and refuses one that is past its time", async () => {
      const past = await delegate((fields) => ({ ...fields, notAfter: at(-10) }));
      expect(await problem(past)).toBe("responder");
    });

    it("and refuses one of another CA, even under the right name", async () => {
      const foreign = await delegate((fields) => fields, jpki.sign.authority);
      expect(await problem(foreign)).toBe("responder");
      const disguised = await delegate(
        (fields) => ({ ...fields, issuer: caName(AUTH_CA) }),
        jpki.sign.authority,
      );
      expect(await problem(disguised)).toBe("responder");
    });

    it("and refuses one that did not send its certificate", async () => {
      const { responder } = await delegate((fields) => fields);
      const { certificate } = jpki.auth.authority.responder;
      expect(await problem({ responder: { ...responder, certificate } })).toBe("responder");
    });

    it("and accepts the CA itself", async () => {
      const { certificate, key } = jpki.auth.authority;
      expect(await verify({ responder: { certificate, key } })).toMatchObject({ status: "good" });
    });
  });

  it("accepts nothing a day later", async () => {
    world.clock.advance(DAY);
    expect(await problem({})).toBe("time");
  });
});

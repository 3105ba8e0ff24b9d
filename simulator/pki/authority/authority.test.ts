import fc from "fast-check";
import { beforeEach, describe, expect, it } from "vitest";
import { Random } from "../../random.ts";
import type { JpkiService } from "../service/service.ts";
import type { RevocationReason } from "../status.ts";
import { MINUTE, MORNING, REQUEST, type TestWorld, testService } from "../testing/world.ts";
import { CertificateAuthority } from "./authority.ts";
import { parseReason, REASON_CODE } from "./revocation.ts";
import { isSerial, SerialCounter } from "./serials.ts";

let world: TestWorld;
let jpki: JpkiService;
let ca: CertificateAuthority;

beforeEach(async () => {
  ({ jpki, ...world } = await testService());
  ca = jpki.auth.authority;
});

describe("issuing", () => {
  it("never gives the same serial number twice, whichever CA issues", async () => {
    const issued = [
      await ca.issue(REQUEST),
      await jpki.sign.authority.issue(REQUEST),
      await ca.issue(REQUEST),
    ];
    const fixed = [jpki.auth, jpki.sign].flatMap(({ authority }) => [
      Number(authority.certificate.serial),
      Number(authority.responder.certificate.serial),
    ]);

    const serials = [...issued.map(({ serial }) => serial), ...fixed];

    expect(new Set(serials).size).toBe(7);
    expect(serials.every(isSerial)).toBe(true);
  });

  it("lists what was issued in order and finds it by serial number", async () => {
    const first = await ca.issue(REQUEST);
    const second = await ca.issue(REQUEST);

    expect(ca.issued.map(({ serial }) => serial)).toEqual([first.serial, second.serial]);
    expect(ca.find(second.serial).certificate).toEqual(second.certificate);
    expect(() => jpki.sign.authority.find(first.serial)).toThrow(
      expect.objectContaining({ code: "PKI_SERIAL_UNKNOWN" }),
    );
    expect(jpki.authorityOf(first.serial)).toBe(ca);
  });

  it("makes the same certificates again from the same seed and keys", async () => {
    const again = await testService();

    const first = await ca.issue(REQUEST);
    const second = await again.jpki.auth.authority.issue(REQUEST);

    expect(second.certificate).toEqual(first.certificate);
    expect(again.jpki.state).toEqual(jpki.state);
  });
});

describe("serial numbers", () => {
  it("have four bytes from any seed on", () => {
    fc.assert(
      fc.property(fc.string(), (seed) => {
        expect(isSerial(SerialCounter.seeded(new Random(seed)).take())).toBe(true);
      }),
    );
  });

  it("run out rather than grow a fifth byte", () => {
    const counter = new SerialCounter(0x7fffffff);
    expect(counter.take()).toBe(0x7fffffff);
    expect(() => counter.take()).toThrow(expect.objectContaining({ code: "PKI_INVALID" }));
  });
});

describe("revoking", () => {
  it("records reason and time", async () => {
    const { serial } = await ca.issue(REQUEST);

    const revocation = ca.revoke(serial, "affiliationChanged");

    expect(revocation).toEqual({
      serial,
      reason: "affiliationChanged",
      revokedAt: MORNING,
      recordedAt: MORNING,
    });
    expect(ca.revocation(serial)).toEqual(revocation);
  });

  it("is final", async () => {
    const { serial } = await ca.issue(REQUEST);
    ca.revoke(serial, "superseded");

    expect(() => ca.revoke(serial, "keyCompromise")).toThrow(
      expect.objectContaining({ code: "PKI_ALREADY_REVOKED" }),
    );
    expect(ca.revocation(serial)?.reason).toBe("superseded");
  });

  it("makes a hold final, with the date of the hold, and never releases it", async () => {
    const { serial } = await ca.issue(REQUEST);
    ca.revoke(serial, "certificateHold");
    world.clock.advance(60 * MINUTE);
    expect(() => ca.revoke(serial, "certificateHold")).toThrow(
      expect.objectContaining({ code: "PKI_ALREADY_REVOKED" }),
    );

    ca.revoke(serial, "cessationOfOperation");

    expect(ca.revocation(serial)).toMatchObject({
      reason: "cessationOfOperation",
      revokedAt: MORNING,
    });
    expect(() => ca.revoke(serial, "certificateHold")).toThrow(
      expect.objectContaining({ code: "PKI_ALREADY_REVOKED" }),
    );
  });

  it("knows no removeFromCRL, not even from a caller without types", async () => {
    const { serial } = await ca.issue(REQUEST);

    expect(() => ca.revoke(serial, "removeFromCRL" as RevocationReason)).toThrow(
      expect.objectContaining({ code: "PKI_REASON_FORBIDDEN" }),
    );
    expect(() => parseReason("toString")).toThrow(
      expect.objectContaining({ code: "PKI_REASON_FORBIDDEN" }),
    );
    expect(Object.values(REASON_CODE)).toEqual([0, 1, 2, 3, 4, 5, 6]);
  });

  it("refuses a serial number this CA never issued", () => {
    expect(() => ca.revoke(1, "superseded")).toThrow(
      expect.objectContaining({ code: "PKI_SERIAL_UNKNOWN" }),
    );
  });
});

describe("a saved CA", () => {
  it("opens again as it was, from JSON", async () => {
    const { serial } = await ca.issue(REQUEST);
    ca.revoke(serial, "certificateHold");
    world.clock.advance(MINUTE);
    ca.revoke(serial, "superseded");
    const saved = JSON.parse(JSON.stringify(ca.state));

    const opened = CertificateAuthority.restore(saved, { ...world, serials: new SerialCounter(1) });

    expect(opened.state).toEqual(ca.state);
    expect(opened.revocation(serial)).toEqual(ca.revocation(serial));
    expect(opened.find(serial).notAfter).toEqual(ca.find(serial).notAfter);
  });

  it.each<[string, (state: CertificateAuthority["state"]) => unknown]>([
    ["something that is not a state", () => "nonsense"],
    ["an unknown key", (state) => ({ ...state, surprise: 1 })],
    [
      "a reason that does not exist",
      (state) => ({
        ...state,
        revocations: state.revocations.map((one) => ({ ...one, reason: "removeFromCRL" })),
      }),
    ],
    ["a revocation of nothing", (state) => ({ ...state, issued: [] })],
    [
      "a certificate issued twice",
      (state) => ({
        ...state,
        issued: [...state.issued, ...state.issued],
      }),
    ],
    [
      "a step that is impossible",
      (state) => ({
        ...state,
        revocations: [...state.revocations, ...state.revocations],
      }),
    ],
    [
      "the key of another",
      (state) => ({
        ...state,
        secrets: { ...state.secrets, privateKey: state.secrets.responderPrivateKey },
      }),
    ],
    [
      "bytes that are no certificate",
      (state) => ({
        ...state,
        secrets: { ...state.secrets, certificate: "AAAA" },
      }),
    ],
    [
      "a date that is none",
      (state) => ({
        ...state,
        revocations: state.revocations.map((one) => ({ ...one, revokedAt: "yesterday" })),
      }),
    ],
    [
      "certificates under each other's numbers",
      (state) => ({
        ...state,
        issued: state.issued.map((one) => ({ ...one, serial: one.serial + 1 })),
        revocations: [],
      }),
    ],
  ])("is refused with %s", async (_what, damage) => {
    const { serial } = await ca.issue(REQUEST);
    ca.revoke(serial, "superseded");

    expect(() =>
      CertificateAuthority.restore(damage(ca.state), { ...world, serials: new SerialCounter(1) }),
    ).toThrow(expect.objectContaining({ code: "STATE_INVALID" }));
  });
});

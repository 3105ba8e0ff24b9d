import { afterEach, beforeEach, describe, expect, it } from "vitest";
import {
  FIRST_CERTIFICATE,
  SIGN_CERTIFICATE,
} from "../../simulator/platform/testing/certificates.ts";
import { CRL_EVIDENCE, NOON, OCSP_EVIDENCE } from "../../simulator/platform/testing/world.ts";
import { LocalAuthPfWorld } from "./testing/local-auth-pf.ts";

let world: LocalAuthPfWorld;

beforeEach(async () => {
  world = await LocalAuthPfWorld.open();
});
afterEach(() => world.close());

describe("地方認証PF: verdicts", () => {
  it("keeps valid, revoked and expired apart (LA-01)", async () => {
    const desk = world.window();
    expect(await desk.verify(FIRST_CERTIFICATE, "auth")).toEqual({
      result: "valid",
      evidence: OCSP_EVIDENCE,
    });
    const revokedAt = new Date("2031-03-20T09:00:00Z");
    world.checker.answer = () => ({
      verdict: "revoked",
      reason: "certificateHold",
      revokedAt,
      evidence: OCSP_EVIDENCE,
    });
    expect(await desk.verify(FIRST_CERTIFICATE, "auth")).toEqual({
      result: "revoked",
      revocation: { reason: "certificateHold", revokedAt },
      evidence: OCSP_EVIDENCE,
    });
    world.checker.answer = () => ({ verdict: "expired", notAfter: NOON });
    expect(await desk.verify(FIRST_CERTIFICATE, "auth")).toEqual({
      result: "expired",
      evidence: {
        method: "certificate",
        notBefore: new Date("2026-11-21T06:39:03Z"),
        notAfter: new Date("2036-11-18T06:39:03Z"),
      },
    });
  });

  it("answers CRL方式 from the list, and says of which day it is (LA-02)", async () => {
    expect(await world.window({ method: "crl" }).verify(FIRST_CERTIFICATE, "auth")).toEqual({
      result: "valid",
      evidence: CRL_EVIDENCE,
    });
    expect(world.checker.requests[0]?.method).toBe("crl");
  });

  it("says why a certificate is neither good, revoked nor expired", async () => {
    for (const reason of ["notYetValid", "wrongCa", "wrongEnvironment", "wrongKind"] as const) {
      world.checker.answer = () => ({ verdict: reason });
      const verdict = await world.window().verify(FIRST_CERTIFICATE, "auth");
      expect(verdict).toMatchObject({ result: "invalid", reason });
    }
    world.checker.answer = () => ({ verdict: "unknown", evidence: OCSP_EVIDENCE });
    expect(await world.window().verify(FIRST_CERTIFICATE, "auth")).toEqual({
      result: "invalid",
      reason: "unknown",
      evidence: OCSP_EVIDENCE,
    });
  });

  it("says 確認不可 when nothing could be checked, whatever the checker does", async () => {
    const desk = world.window();
    for (const answer of [undefined, { verdict: "valid" }, { verdict: "good" }]) {
      world.checker.answer = () => answer;
      expect(await desk.verify(FIRST_CERTIFICATE, "auth")).toEqual({ result: "unconfirmed" });
    }
    world.checker.answer = () => {
      throw new Error("OCSP is down");
    };
    expect(await desk.verify(FIRST_CERTIFICATE, "auth")).toEqual({ result: "unconfirmed" });
  });

  it("lets a window ask only about the kinds it applied for (LA-09)", async () => {
    expect(await world.window().verify(SIGN_CERTIFICATE, "sign")).toEqual({
      result: "notPermitted",
    });
    expect(world.checker.requests).toEqual([]);
    const both = world.window({ kinds: ["auth", "sign"] });
    expect(await both.verify(SIGN_CERTIFICATE, "sign")).toMatchObject({ result: "valid" });
    expect(world.checker.requests[0]?.kind).toBe("sign");
  });

  it("does not support smartphone certificates until they are enabled (LA-07)", async () => {
    world.checker.carrier = "smartphone";
    expect(await world.window().verify(FIRST_CERTIFICATE, "auth")).toEqual({
      result: "unsupported",
    });
    const enabled = world.window({ smartphone: true });
    expect(await enabled.verify(FIRST_CERTIFICATE, "auth")).toMatchObject({ result: "valid" });
  });
});

describe("地方認証PF: the line", () => {
  it("is asked once more after silence, and both attempts are traced (LA-05)", async () => {
    world.platform.faults.inject({ kind: "drop" }, { times: 1 });
    expect(await world.window().verify(FIRST_CERTIFICATE, "auth")).toMatchObject({
      result: "valid",
    });
    expect(world.traces).toMatchObject([{ error: "PLATFORM_UNREACHABLE" }, { status: 200 }]);
  });

  it("counts as cut after the second silence (LA-04)", async () => {
    world.platform.faults.inject({ kind: "drop" });
    await expect(world.window().verify(FIRST_CERTIFICATE, "auth")).rejects.toMatchObject({
      code: "PLATFORM_UNREACHABLE",
    });
    expect(world.traces).toHaveLength(2);
  });

  it("is not asked again when the platform says not now", async () => {
    world.platform.faults.inject({ kind: "refuse", retryAfterSeconds: 60 });
    await expect(world.window().verify(FIRST_CERTIFICATE, "auth")).rejects.toMatchObject({
      status: 503,
      retryAfterSeconds: 60,
    });
    expect(world.traces).toHaveLength(1);
  });
});

describe("地方認証PF: wire", () => {
  it("shows verdict and evidence in traces, and no certificate", async () => {
    await world.window({}, { peer: "地方認証PF（模擬）" }).verify(FIRST_CERTIFICATE, "auth");
    expect(world.traces).toEqual([
      {
        peer: "地方認証PF（模擬）",
        method: "POST",
        path: "/ocsp-method/verify",
        request: { certificate: "‹certificate›", kind: "AUTH" },
        status: 200,
        response: {
          result: "VALID",
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

  it("speaks a vendor's profile at both ends", async () => {
    await world.close();
    await world.start({
      paths: { ocsp: "/real/ocsp" },
      accessHeaders: { id: "x-real-id" },
      requestFields: { certificate: "cert" },
      results: { valid: "00" },
    });
    expect(await world.window().verify(FIRST_CERTIFICATE, "auth")).toMatchObject({
      result: "valid",
    });
    expect(world.traces[0]).toMatchObject({
      path: "/real/ocsp",
      request: { cert: "‹certificate›" },
    });
  });

  it("refuses what it cannot read", async () => {
    const access = world.access();
    const certificate = Buffer.from(FIRST_CERTIFICATE).toString("base64");
    const misfits: [string, string][] = [
      ["no JSON", "INVALID_REQUEST"],
      ["[]", "INVALID_REQUEST"],
      [JSON.stringify({ certificate }), "INVALID_REQUEST"],
      [JSON.stringify({ certificate, kind: "BOTH" }), "INVALID_REQUEST"],
      [JSON.stringify({ certificate, kind: "AUTH", pin: "1234" }), "INVALID_REQUEST"],
      [JSON.stringify({ certificate: "AAAA", kind: "AUTH" }), "CERTIFICATE_MALFORMED"],
    ];
    for (const [body, error] of misfits) {
      const response = await fetch(`${world.baseUrl}/ocsp-method/verify`, {
        method: "POST",
        headers: {
          "content-type": "application/json",
          "x-access-id": access.id,
          "x-access-secret": access.secret,
        },
        body,
      });
      expect(response.status).toBe(400);
      expect(response.headers.get("x-jpki-bench-notice")).toMatch(/NON-NORMATIVE/);
      expect(await response.json()).toMatchObject({
        error,
        notice: expect.stringContaining("非規範（実仕様は非公開）"),
      });
    }
    expect(world.checker.requests).toEqual([]);
  });
});

import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { LabClock } from "../../simulator/clock.ts";
import {
  createLocalAuthPf,
  type LocalAuthPf,
} from "../../simulator/platform/local-auth-pf/index.ts";
import { parseLocalAuthPfProfile } from "../../simulator/platform/local-auth-pf/profile.ts";
import {
  FIRST_CERTIFICATE,
  SIGN_CERTIFICATE,
} from "../../simulator/platform/testing/certificates.ts";
import {
  CRL_EVIDENCE,
  NOON,
  OCSP_EVIDENCE,
  ScriptedChecker,
  Services,
} from "../../simulator/platform/testing/world.ts";
import { Random } from "../../simulator/random.ts";
import type { HttpTrace } from "./exchange.ts";
import { LocalAuthPfClient, type LocalAuthPfClientOptions } from "./local-auth-pf-client.ts";

const services = new Services();
let checker: ScriptedChecker;
let platform: LocalAuthPf;
let baseUrl: string;
let traces: HttpTrace[];

beforeEach(async () => {
  checker = new ScriptedChecker();
  traces = [];
  await start();
});
afterEach(() => services.close());

async function start(profile: unknown = {}, state?: ReturnType<LocalAuthPf["state"]>) {
  platform = createLocalAuthPf({
    clock: LabClock.stopped(NOON),
    random: new Random("local-auth-pf"),
    checker,
    profile: parseLocalAuthPfProfile(profile),
    ...(state && { state }),
  });
  baseUrl = await services.listen(platform.plugin);
}

type Application = Parameters<LocalAuthPf["issueAccess"]>[0];

function window(
  application: Partial<Application> = {},
  options: Partial<LocalAuthPfClientOptions> = {},
): LocalAuthPfClient {
  const method = application.method ?? "ocsp";
  const access = platform.issueAccess({ name: "試験市", kinds: ["auth"], ...application, method });
  platform.setAccessState(access.id, "active");
  return clientWith(access, method, options);
}

function clientWith(
  access: { readonly id: string; readonly secret: string },
  method: "ocsp" | "crl" = "ocsp",
  options: Partial<LocalAuthPfClientOptions> = {},
): LocalAuthPfClient {
  const sink = (trace: HttpTrace) => traces.push(trace);
  return new LocalAuthPfClient({
    baseUrl,
    access,
    method,
    sink,
    profile: platform.profile,
    ...options,
  });
}

describe("地方認証PF: verdicts", () => {
  it("keeps valid, revoked and expired apart (LA-01)", async () => {
    const desk = window();
    expect(await desk.verify(FIRST_CERTIFICATE, "auth")).toEqual({
      result: "valid",
      evidence: OCSP_EVIDENCE,
    });
    const revokedAt = new Date("2031-03-20T09:00:00Z");
    checker.answer = () => ({
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
    checker.answer = () => ({ verdict: "expired", notAfter: NOON });
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
    expect(await window({ method: "crl" }).verify(FIRST_CERTIFICATE, "auth")).toEqual({
      result: "valid",
      evidence: CRL_EVIDENCE,
    });
    expect(checker.requests[0]?.method).toBe("crl");
  });

  it("says why a certificate is neither good, revoked nor expired", async () => {
    for (const reason of ["notYetValid", "wrongCa", "wrongEnvironment", "wrongKind"] as const) {
      checker.answer = () => ({ verdict: reason });
      const verdict = await window().verify(FIRST_CERTIFICATE, "auth");
      expect(verdict).toMatchObject({ result: "invalid", reason });
    }
    checker.answer = () => ({ verdict: "unknown", evidence: OCSP_EVIDENCE });
    expect(await window().verify(FIRST_CERTIFICATE, "auth")).toEqual({
      result: "invalid",
      reason: "unknown",
      evidence: OCSP_EVIDENCE,
    });
  });

  it("says 確認不可 when nothing could be checked, whatever the checker does", async () => {
    const desk = window();
    for (const answer of [undefined, { verdict: "valid" }, { verdict: "good" }]) {
      checker.answer = () => answer;
      expect(await desk.verify(FIRST_CERTIFICATE, "auth")).toEqual({ result: "unconfirmed" });
    }
    checker.answer = () => {
      throw new Error("OCSP is down");
    };
    expect(await desk.verify(FIRST_CERTIFICATE, "auth")).toEqual({ result: "unconfirmed" });
  });

  it("lets a window ask only about the kinds it applied for (LA-09)", async () => {
    expect(await window().verify(SIGN_CERTIFICATE, "sign")).toEqual({ result: "notPermitted" });
    expect(checker.requests).toEqual([]);
    const both = window({ kinds: ["auth", "sign"] });
    expect(await both.verify(SIGN_CERTIFICATE, "sign")).toMatchObject({ result: "valid" });
    expect(checker.requests[0]?.kind).toBe("sign");
  });

  it("does not support smartphone certificates until they are enabled (LA-07)", async () => {
    checker.carrier = "smartphone";
    expect(await window().verify(FIRST_CERTIFICATE, "auth")).toEqual({ result: "unsupported" });
    const enabled = window({ smartphone: true });
    expect(await enabled.verify(FIRST_CERTIFICATE, "auth")).toMatchObject({ result: "valid" });
  });
});

describe("地方認証PF: access information (LA-06)", () => {
  it("is an authentication error, not a verdict, when it is wrong", async () => {
    const access = platform.issueAccess({ name: "試験市", method: "ocsp", kinds: ["auth"] });
    platform.setAccessState(access.id, "active");
    const wrong = [
      { id: access.id, secret: "guess" },
      { id: "LAPF-00000000", secret: access.secret },
    ];
    for (const attempt of wrong) {
      await expect(clientWith(attempt).verify(FIRST_CERTIFICATE, "auth")).rejects.toMatchObject({
        code: "PLATFORM_REFUSED",
        status: 401,
        refusal: "ACCESS_UNKNOWN",
      });
    }
    expect(checker.requests).toEqual([]);
    expect(platform.seen.all()).toEqual([
      { at: NOON, request: "refused", path: "/ocsp-method/verify", error: "accessUnknown" },
      { at: NOON, request: "refused", path: "/ocsp-method/verify", error: "accessUnknown" },
    ]);
  });

  it("does not work before it is activated, nor after it is stopped", async () => {
    const access = platform.issueAccess({ name: "試験市", method: "ocsp", kinds: ["auth"] });
    const verify = () => clientWith(access).verify(FIRST_CERTIFICATE, "auth");
    await expect(verify()).rejects.toMatchObject({ status: 403, refusal: "ACCESS_NOT_ACTIVE" });
    platform.setAccessState(access.id, "active");
    expect(await verify()).toMatchObject({ result: "valid" });
    platform.setAccessState(access.id, "stopped");
    await expect(verify()).rejects.toMatchObject({ status: 403, refusal: "ACCESS_STOPPED" });
  });

  it("tells nobody about its state who does not know the secret", async () => {
    const access = platform.issueAccess({ name: "試験市", method: "ocsp", kinds: ["auth"] });
    const guess = clientWith({ ...access, secret: "guess" });
    await expect(guess.verify(FIRST_CERTIFICATE, "auth")).rejects.toMatchObject({
      refusal: "ACCESS_UNKNOWN",
    });
  });

  it("opens the door of its own method only", async () => {
    const access = platform.issueAccess({ name: "試験市", method: "ocsp", kinds: ["auth"] });
    platform.setAccessState(access.id, "active");
    const atCrl = clientWith(access, "crl");
    await expect(atCrl.verify(FIRST_CERTIFICATE, "auth")).rejects.toMatchObject({
      refusal: "ACCESS_UNKNOWN",
    });
  });

  it("survives a restart, and the state does not hold the secret", async () => {
    const access = platform.issueAccess({ name: "試験市", method: "ocsp", kinds: ["auth"] });
    platform.setAccessState(access.id, "active");
    const saved = JSON.parse(JSON.stringify(platform.state()));
    expect(JSON.stringify(saved)).not.toContain(access.secret);
    await services.close();
    await start({}, saved);
    const verdict = await clientWith(access).verify(FIRST_CERTIFICATE, "auth");
    expect(verdict).toMatchObject({ result: "valid" });
  });

  it("cannot be issued for no kind of certificate, nor activated for nobody", () => {
    const refused = { code: "PLATFORM_REGISTRATION_INVALID" };
    expect(() => platform.issueAccess({ name: "試験市", method: "ocsp", kinds: [] })).toThrowError(
      expect.objectContaining(refused),
    );
    expect(() => platform.setAccessState("LAPF-00000000", "active")).toThrowError(
      expect.objectContaining(refused),
    );
  });
});

describe("地方認証PF: the line", () => {
  it("is asked once more after silence, and both attempts are traced (LA-05)", async () => {
    platform.faults.inject({ kind: "drop" }, { times: 1 });
    expect(await window().verify(FIRST_CERTIFICATE, "auth")).toMatchObject({ result: "valid" });
    expect(traces).toMatchObject([{ error: "PLATFORM_UNREACHABLE" }, { status: 200 }]);
  });

  it("counts as cut after the second silence (LA-04)", async () => {
    platform.faults.inject({ kind: "drop" });
    await expect(window().verify(FIRST_CERTIFICATE, "auth")).rejects.toMatchObject({
      code: "PLATFORM_UNREACHABLE",
    });
    expect(traces).toHaveLength(2);
  });

  it("is not asked again when the platform says not now", async () => {
    platform.faults.inject({ kind: "refuse", retryAfterSeconds: 60 });
    await expect(window().verify(FIRST_CERTIFICATE, "auth")).rejects.toMatchObject({
      status: 503,
      retryAfterSeconds: 60,
    });
    expect(traces).toHaveLength(1);
  });
});

describe("地方認証PF: wire", () => {
  it("shows verdict and evidence in traces, and no certificate", async () => {
    await window({}, { peer: "地方認証PF（模擬）" }).verify(FIRST_CERTIFICATE, "auth");
    expect(traces).toEqual([
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
    await services.close();
    await start({
      paths: { ocsp: "/real/ocsp" },
      accessHeaders: { id: "x-real-id" },
      requestFields: { certificate: "cert" },
      results: { valid: "00" },
    });
    expect(await window().verify(FIRST_CERTIFICATE, "auth")).toMatchObject({ result: "valid" });
    expect(traces[0]).toMatchObject({
      path: "/real/ocsp",
      request: { cert: "‹certificate›" },
    });
  });

  it("refuses what it cannot read", async () => {
    const access = platform.issueAccess({ name: "試験市", method: "ocsp", kinds: ["auth"] });
    platform.setAccessState(access.id, "active");
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
      const response = await fetch(`${baseUrl}/ocsp-method/verify`, {
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
    expect(checker.requests).toEqual([]);
  });
});

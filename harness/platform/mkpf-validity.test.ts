import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import {
  FIRST_CERTIFICATE,
  FIRST_SERIAL,
  RENEWED_CERTIFICATE,
  RENEWED_SERIAL,
  SIGN_CERTIFICATE,
} from "../../simulator/platform/testing/certificates.ts";
import { CRL_EVIDENCE, NOON, OCSP_EVIDENCE } from "../../simulator/platform/testing/world.ts";
import { MkpfWorld, signByCard } from "./testing/mkpf.ts";

let world: MkpfWorld;

beforeEach(async () => {
  world = await MkpfWorld.open();
});
afterEach(() => world.close());

const question = { certificate: FIRST_CERTIFICATE };

function proofOf(text: string) {
  const challenge = new Uint8Array(Buffer.from(text));
  return { challenge, signature: signByCard(challenge) };
}

describe("MKPF 類型②: validity check", () => {
  it("gives a PPID and names its evidence when the certificate is good", async () => {
    const answer = await (await world.client()).validity({
      ...question,
      proof: proofOf("nonce-1"),
    });
    expect(answer).toEqual({
      result: "valid",
      ppid: expect.stringMatching(/^[\w-]{43}$/),
      registration: "new",
      proof: "verified",
      evidence: OCSP_EVIDENCE,
    });
    expect(world.checker.requests).toEqual([
      { certificate: FIRST_CERTIFICATE, method: "ocsp", kind: "auth" },
    ]);
  });

  it("asks by list where the system applied for it, and refuses it the other method", async () => {
    const library = await world.client("図書館", { method: "crl" });
    expect(await library.validity(question)).toMatchObject({ evidence: CRL_EVIDENCE });
    await expect(library.validity({ ...question, method: "ocsp" })).rejects.toMatchObject({
      code: "PLATFORM_REFUSED",
      refusal: "method_not_registered",
      status: 400,
    });
  });

  it("lets the request choose where the registration left it open", async () => {
    const answer = await (await world.client()).validity({ ...question, method: "crl" });
    expect(answer).toMatchObject({ evidence: CRL_EVIDENCE });
  });

  it("says invalid, with the CRL reason and no PPID, when it is revoked (MK-06)", async () => {
    const revokedAt = new Date("2031-03-20T09:00:00Z");
    world.checker.answer = () => ({
      verdict: "revoked",
      reason: "keyCompromise",
      revokedAt,
      evidence: OCSP_EVIDENCE,
    });
    expect(await (await world.client()).validity(question)).toEqual({
      result: "invalid",
      reason: "revoked",
      revocation: { reason: "keyCompromise", revokedAt },
      evidence: OCSP_EVIDENCE,
      proof: "missing",
    });
    expect(world.mkpf.state().ppids).toEqual([]);
  });

  it("rests a refusal for what the certificate itself says on its dates", async () => {
    for (const verdict of ["expired", "notYetValid", "wrongCa", "wrongEnvironment"] as const) {
      world.checker.answer = () => ({ verdict });
      expect(await (await world.client()).validity(question)).toEqual({
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
    world.checker.answer = ({ kind }) => ({ verdict: kind === "auth" ? "wrongKind" : "valid" });
    const answer = await (await world.client()).validity({ certificate: SIGN_CERTIFICATE });
    expect(answer).toMatchObject({ result: "invalid", reason: "wrongKind" });
    expect(answer).not.toHaveProperty("ppid");
  });

  it("says 確認不可, not invalid, when nothing could be checked (MK-10)", async () => {
    world.checker.answer = () => ({ verdict: "unchecked", why: "responder and list are down" });
    const answer = await (await world.client()).validity(question);
    expect(answer).toEqual({
      result: "unconfirmed",
      reason: "statusUnavailable",
      proof: "missing",
    });
  });

  it("says 確認不可 for a good certificate nobody can be linked to", async () => {
    world.people.persons.clear();
    const answer = await (await world.client()).validity(question);
    expect(answer).toMatchObject({ result: "unconfirmed", reason: "linkageUnavailable" });
  });

  it("registers a person once, and gives each system another PPID (MK-02, MK-17)", async () => {
    const library = await world.client("図書館");
    const desk = await world.client("窓口");
    const first = await library.validity(question);
    expect(await library.validity(question)).toMatchObject({
      registration: "known",
      ppid: first.result === "valid" && first.ppid,
    });
    const other = await desk.validity(question);
    expect(other).not.toMatchObject({ ppid: first.result === "valid" && first.ppid });
    expect(world.mkpf.state().ppids).toHaveLength(2);
  });

  it("lets a renewed certificate wait for its linkage, then gives the same PPID (MK-13)", async () => {
    const library = await world.client();
    const before = await library.validity(question);
    world.people.persons.set(RENEWED_SERIAL, {
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
    world.clock.advance(90 * 60_000);
    expect(await library.validity({ certificate: RENEWED_CERTIFICATE })).toMatchObject({
      result: "valid",
      ppid: before.result === "valid" && before.ppid,
    });
  });

  it("never says valid, and never gives a PPID, but for a complete good verdict", async () => {
    const library = await world.client();
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
        world.checker.answer = () => {
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
    const library = await world.client();
    const proof = proofOf("nonce-1");
    expect(await library.validity(question)).toMatchObject({ proof: "missing" });
    expect(await library.validity({ ...question, proof })).toMatchObject({ proof: "verified" });
    expect(await library.validity({ ...question, proof })).toMatchObject({ proof: "replayed" });
    const proofs = world.mkpf.seen.all().map((seen) => seen.request === "validity" && seen.proof);
    expect(proofs).toEqual([false, "missing", "verified", "replayed"]);
  });

  it("refuses a signature over something else", async () => {
    const proof = { ...proofOf("nonce-1"), challenge: proofOf("nonce-2").challenge };
    await expect((await world.client()).validity({ ...question, proof })).rejects.toMatchObject({
      code: "PLATFORM_REFUSED",
      refusal: "proof_invalid",
    });
    expect(world.mkpf.state().ppids).toEqual([]);
  });

  it("is demanded where the profile says so", async () => {
    await world.start({ profile: { rules: { proofOfPossession: "require" } } });
    const library = await world.client();
    await expect(library.validity(question)).rejects.toMatchObject({ refusal: "proof_required" });
    const proven = await library.validity({ ...question, proof: proofOf("nonce-1") });
    expect(proven.result).toBe("valid");
  });
});

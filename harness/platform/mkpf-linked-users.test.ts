import { afterEach, beforeEach, describe, expect, it } from "vitest";
import {
  FIRST_CERTIFICATE,
  RENEWED_CERTIFICATE,
  SIGN_CERTIFICATE,
} from "../../simulator/platform/testing/certificates.ts";
import { CRL_EVIDENCE, OCSP_EVIDENCE } from "../../simulator/platform/testing/world.ts";
import { MkpfClient } from "./mkpf-client.ts";
import { MkpfWorld, PRIVATE_JWK } from "./testing/mkpf.ts";

let world: MkpfWorld;

beforeEach(async () => {
  world = await MkpfWorld.open();
});
afterEach(() => world.close());

const question = { certificate: FIRST_CERTIFICATE };

describe("MKPF: 署名用 certificate status", () => {
  const moved = new Date("2031-04-02T00:00:00Z");
  const revoked = (reason: string, revokedAt = moved) => ({
    verdict: "revoked",
    reason,
    revokedAt,
    evidence: CRL_EVIDENCE,
  });

  async function registered() {
    world.people.signCertificates.set("person-1", [SIGN_CERTIFICATE]);
    const library = await world.client();
    const answer = await library.validity(question);
    return { library, ppid: answer.result === "valid" ? answer.ppid : "" };
  }

  it("asks the list only, and says unchanged while it is good", async () => {
    const { library, ppid } = await registered();
    expect(await library.signCertificateStatus(ppid)).toEqual({
      status: "unchanged",
      evidence: CRL_EVIDENCE,
    });
    expect(world.checker.requests.at(-1)).toEqual({
      certificate: SIGN_CERTIFICATE,
      method: "crl",
      kind: "sign",
    });
  });

  it("tells of a possible change after a move, and leaves the login alone (MK-11)", async () => {
    const { library, ppid } = await registered();
    world.checker.answer = ({ kind }) =>
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
    world.people.signCertificates.set("person-1", [RENEWED_CERTIFICATE, SIGN_CERTIFICATE]);
    world.checker.answer = ({ certificate }) =>
      certificate === SIGN_CERTIFICATE
        ? revoked("affiliationChanged")
        : { verdict: "valid", evidence: CRL_EVIDENCE };
    expect(await library.signCertificateStatus(ppid)).toMatchObject({ status: "maybeChanged" });
  });

  it("does not tell of a change from before the registration", async () => {
    const { library, ppid } = await registered();
    world.checker.answer = () => revoked("affiliationChanged", new Date("2030-01-01T00:00:00Z"));
    expect(await library.signCertificateStatus(ppid)).toMatchObject({ status: "lapsed" });
  });

  it("calls other ends lapsed: they say nothing about name and address", async () => {
    const { library, ppid } = await registered();
    world.checker.answer = () => revoked("superseded");
    expect(await library.signCertificateStatus(ppid)).toEqual({
      status: "lapsed",
      evidence: CRL_EVIDENCE,
    });
    world.checker.answer = () => ({ verdict: "expired" });
    expect(await library.signCertificateStatus(ppid)).toEqual({ status: "lapsed" });
  });

  it("answers 対象なし for a user without 署名用 certificate (MK-12)", async () => {
    const { library, ppid } = await registered();
    world.people.signCertificates.clear();
    expect(await library.signCertificateStatus(ppid)).toEqual({ status: "none" });
  });

  it("answers 確認不可 while there is no list", async () => {
    const { library, ppid } = await registered();
    world.checker.answer = () => {
      throw new Error("no list");
    };
    expect(await library.signCertificateStatus(ppid)).toEqual({ status: "unconfirmed" });
  });

  it("does not know another system's PPID", async () => {
    const { ppid } = await registered();
    await expect((await world.client("窓口")).signCertificateStatus(ppid)).rejects.toMatchObject({
      code: "PLATFORM_REFUSED",
      status: 404,
      refusal: "ppid_unknown",
    });
  });
});

describe("MKPF: unlinking (MK-21)", () => {
  it("forgets the link, and gives the same PPID to somebody who comes back", async () => {
    const library = await world.client();
    const first = await library.validity(question);
    const ppid = first.result === "valid" ? first.ppid : "";
    await library.unlink(ppid);
    expect(world.mkpf.state().ppids).toEqual([]);
    await expect(library.signCertificateStatus(ppid)).rejects.toMatchObject({
      refusal: "ppid_unknown",
    });
    expect(await library.validity(question)).toMatchObject({ registration: "new", ppid });
  });

  it("leaves another system's link alone", async () => {
    const [library, desk] = [await world.client("図書館"), await world.client("窓口")];
    const first = await library.validity(question);
    await desk.validity(question);
    const ppid = first.result === "valid" ? first.ppid : "";
    await expect(desk.unlink(ppid)).rejects.toMatchObject({ refusal: "ppid_unknown" });
    await library.unlink(ppid);
    expect(world.mkpf.state().ppids).toHaveLength(1);
  });
});

describe("MKPF state", () => {
  it("survives a restart as plain JSON: same systems, same PPIDs", async () => {
    const before = await (await world.client()).validity(question);
    const [system] = world.mkpf.state().systems;
    const saved = JSON.parse(JSON.stringify(world.mkpf.state()));
    await world.start({ state: saved });
    const client = await MkpfClient.create({
      issuer: world.issuer,
      clientId: system?.clientId ?? "",
      privateKey: PRIVATE_JWK,
    });
    const after = await client.validity(question);
    expect(after).toMatchObject({
      registration: "known",
      ppid: before.result === "valid" && before.ppid,
    });
    // Tokens have been handed out since; what was registered is as it was.
    expect({ ...world.mkpf.state(), server: undefined }).toEqual({ ...saved, server: undefined });
  });
});

import { createHash, verify, X509Certificate } from "node:crypto";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { SIGN_CERTIFICATE } from "../../simulator/platform/testing/certificates.ts";
import { NOON, OCSP_EVIDENCE } from "../../simulator/platform/testing/world.ts";
import type { DigitalAuthClient } from "./digital-auth-client.ts";
import {
  CALLBACK,
  DigitalAuthWorld,
  privateOf,
  publicOf,
  rp,
} from "./testing/digital-auth-world.ts";

let world: DigitalAuthWorld;

beforeEach(async () => {
  world = new DigitalAuthWorld();
  await world.start();
});
afterEach(() => world.close());

describe("署名API", () => {
  const document = new Uint8Array(Buffer.from("申請書"));
  const digest = new Uint8Array(createHash("sha256").update(document).digest());

  const fits = ({ certificate, signature }: { certificate: Uint8Array; signature: Uint8Array }) =>
    verify("sha256", document, new X509Certificate(certificate).publicKey, signature);

  async function signed(client: DigitalAuthClient, outcome = "normal") {
    const id = await client.startSignature(digest);
    const testResponse = { card: "card-1", outcome };
    const user = await world.signIn(client, { signTransactionId: id, testResponse });
    return { id, user };
  }

  it("returns a signature that fits the document, and the sealed certificate", async () => {
    const client = await world.service();
    const { id, user } = await signed(client);
    const result = await client.signResult(id, user);
    expect(result.certificate).toEqual(SIGN_CERTIFICATE);
    expect(result.evidence).toEqual(OCSP_EVIDENCE);
    expect(fits(result)).toBe(true);
    expect(world.checker.requests.map(({ kind }) => kind)).toEqual(["auth", "sign"]);
  });

  it("takes a DigestInfo that names its algorithm already", async () => {
    const client = await world.service();
    const prefix = Buffer.from("3031300d060960864801650304020105000420", "hex");
    const id = await client.startSignature(Buffer.concat([prefix, digest]), "digestInfo");
    const user = await world.signIn(client, { signTransactionId: id });
    expect(fits(await client.signResult(id, user))).toBe(true);
  });

  it("refuses a hash that is not of the announced format", async () => {
    const client = await world.service();
    const misfits = [
      [digest.subarray(1), "digest"],
      [digest, "digestInfo"],
      [new Uint8Array(51), "digestInfo"],
    ] as const;
    for (const [hash, format] of misfits) {
      await expect(client.startSignature(hash, format)).rejects.toMatchObject({
        refusal: "invalid_request",
      });
    }
  });

  it("says not finished, unknown, over; and the same result twice (DA-12)", async () => {
    const client = await world.service();
    const id = await client.startSignature(digest);
    const { id: finished, user } = await signed(client);
    await expect(client.signResult(id, user)).rejects.toMatchObject({ status: 409 });
    await expect(client.signResult(crypto.randomUUID(), user)).rejects.toMatchObject({
      status: 404,
      refusal: "not_found",
    });
    const first = await client.signResult(finished, user);
    expect((await client.signResult(finished, user)).signature).toEqual(first.signature);
    world.clock.advance(700_000);
    const later = await client.refresh(user);
    await expect(client.signResult(finished, later)).rejects.toMatchObject({
      status: 410,
      refusal: "expired",
    });
  });

  it("gives a transaction to its own service only, and once (DA-03)", async () => {
    const [client, other] = [await world.service(), await world.service()];
    const { id, user } = await signed(client);
    const reuse = { signTransactionId: id };
    await expect(world.signIn(client, reuse)).rejects.toMatchObject({ refusal: "invalid_request" });
    const fresh = { signTransactionId: await client.startSignature(digest) };
    await expect(world.signIn(other, fresh)).rejects.toMatchObject({ refusal: "invalid_request" });
    const { user: stranger } = await signed(other);
    await expect(other.signResult(id, stranger)).rejects.toMatchObject({ status: 404 });
    expect(fits(await client.signResult(id, user))).toBe(true);
  });

  it("gives the result to the authorization of the person who signed", async () => {
    const client = await world.service();
    const [one, other] = [await signed(client), await signed(client)];
    await expect(client.signResult(one.id, other.user)).rejects.toMatchObject({ status: 403 });
  });

  it.each(["otherDocument", "digestInfoMissing", "digestInfoTwice"])(
    "lets the service notice a signature that does not fit: %s (DA-13)",
    async (outcome) => {
      const client = await world.service();
      const { id, user } = await signed(client, outcome);
      expect(fits(await client.signResult(id, user))).toBe(false);
    },
  );

  it("lets the service notice a JWE that was tampered with, or sealed for another (DA-14)", async () => {
    const client = await world.service();
    const tampered = await signed(client, "jweTampered");
    await expect(client.signResult(tampered.id, tampered.user)).rejects.toMatchObject({
      code: "PLATFORM_PROTOCOL",
    });
    const stranger = await world.service({ signResultKey: privateOf(rp) });
    const { id, user } = await signed(stranger);
    await expect(stranger.signResult(id, user)).rejects.toMatchObject({
      code: "PLATFORM_PROTOCOL",
    });
  });

  it("refuses a card without a 署名用 certificate, and one whose is revoked", async () => {
    const client = await world.service();
    const signTransactionId = await client.startSignature(digest);
    const testResponse = { card: "card-2" };
    await expect(world.signIn(client, { signTransactionId, testResponse })).rejects.toMatchObject({
      detail: "SIGN_CERTIFICATE_MISSING",
    });
    world.checker.answer = ({ kind }) =>
      kind === "auth"
        ? { verdict: "valid", evidence: OCSP_EVIDENCE }
        : { verdict: "revoked", reason: "superseded", revokedAt: NOON, evidence: OCSP_EVIDENCE };
    await expect(world.signIn(client, { signTransactionId })).rejects.toMatchObject({
      detail: "CERTIFICATE_REVOKED",
    });
  });

  it("is closed to a service that registered for 認証API alone", async () => {
    const { clientId } = world.app.registerRelyingParty({
      name: "認証のみ",
      publicJwk: publicOf(rp),
      redirectUris: [CALLBACK],
    });
    const client = await world.service({ clientId });
    await expect(client.startSignature(digest)).rejects.toMatchObject({
      code: "PLATFORM_REFUSED",
      status: 400,
    });
  });
});

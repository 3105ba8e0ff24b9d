/** A person's visit: phones without the app, the app with a test card, and what a service is told. */
import { createHash } from "node:crypto";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import {
  RENEWED_CERTIFICATE,
  SIGN_CERTIFICATE,
} from "../../simulator/platform/testing/certificates.ts";
import { OCSP_EVIDENCE } from "../../simulator/platform/testing/world.ts";
import type { DigitalAuthClient, DigitalAuthWish } from "./digital-auth-client.ts";
import type { CardPresentation } from "./test-response-screen.ts";
import {
  DigitalAuthWorld,
  HANAKO,
  publicOf,
  rp,
  signByCard,
  TARO,
} from "./testing/digital-auth-world.ts";

/** RFC 8017 section 9.2, note 1. */
const DIGEST_INFO = Buffer.from("3031300d060960864801650304020105000420", "hex");
const ALL = ["name", "address", "birthdate", "gender"] as const;

let world: DigitalAuthWorld;

beforeEach(async () => {
  world = new DigitalAuthWorld();
  await world.start();
});
afterEach(() => world.close());

const seenReasons = () =>
  world.app.seen.all().flatMap((seen) => ("reason" in seen ? [seen.reason] : []));

describe("at the test response screen", () => {
  it.each(["appMissing", "unsupportedOs"])(
    "%s leads nowhere, and can be chosen anew",
    async (outcome) => {
      const client = await world.service();
      const pending = await client.begin();
      const tester = world.screen();
      await tester.open(pending.url);
      const { address } = tester;
      expect(await tester.respond({ card: "card-1", outcome, consent: [] })).toEqual({
        step: "stalled",
        reason: outcome,
      });
      expect(seenReasons()).toEqual([outcome]);
      expect(await tester.open(address)).toEqual({ step: "screen" });
      const back = await tester.respond({ card: "card-1", consent: [] });
      expect.assert(back.step === "back");
      expect((await client.finish(back.url, pending)).sub).toBeTruthy();
    },
  );

  it("choices in the request that make no sense are an error, because nobody is there", async () => {
    const client = await world.service();
    for (const testResponse of [
      { card: "nobody" },
      { card: "card-1", outcome: "earthquake" },
      { card: "card-1", outcome: "idToken.none" },
      { card: "card-1", outcome: "certificateRejected" },
    ]) {
      const { url } = await client.begin({ testResponse });
      expect(await world.screen().open(url)).toEqual({ step: "error", status: 400 });
    }
  });

  it("signing faults are offered to those who sign, bad ID tokens to all", async () => {
    const client = await world.service();
    const shown = async (wish: DigitalAuthWish) => {
      const tester = world.screen();
      await tester.open((await client.begin(wish)).url);
      return tester.html;
    };
    const plain = await shown({});
    const signing = await shown({
      signTransactionId: await client.startSignature(new Uint8Array(32)),
    });
    for (const page of [plain, signing]) expect(page).toContain('value="idToken.wrongNonce"');
    expect(plain).not.toContain('value="jweWrongKey"');
    expect(signing).toContain('value="jweWrongKey"');
  });

  it("a phone's faults are those of one visit", async () => {
    const client = await world.service();
    const testResponse = { card: "card-1", outcome: "idToken.expired" };
    await expect(world.signIn(client, { testResponse })).rejects.toMatchObject({
      code: "PLATFORM_PROTOCOL",
    });
    expect((await world.signIn(client)).sub).toBeTruthy();
  });

  it("the answer carries session_state beside the code, and never twice the same", async () => {
    const client = await world.service();
    const states: (string | null)[] = [];
    for (const outcome of ["normal", "normal", "cancelled"]) {
      const { url } = await client.begin({ testResponse: { card: "card-1", outcome } });
      const step = await world.screen().open(url);
      expect.assert(step.step === "back");
      states.push(step.url.searchParams.get("session_state"));
    }
    expect(states).toEqual([
      expect.stringMatching(/^[0-9a-f]{32}$/),
      expect.stringMatching(/^[0-9a-f]{32}$/),
      null,
    ]);
    expect(states[0]).not.toBe(states[1]);
  });
});

/** What a card with Taro's certificate says to an app. */
function presentation(
  challenge: Uint8Array,
  more: Partial<CardPresentation> = {},
): CardPresentation {
  const digest = createHash("sha256").update(challenge).digest();
  return {
    certificate: world.cards[0]?.authCertificate ?? new Uint8Array(),
    signature: signByCard(Buffer.concat([DIGEST_INFO, digest])),
    ...more,
  };
}

async function visitByApp(
  client: DigitalAuthClient,
  wish: DigitalAuthWish,
  present: (challenge: Uint8Array, toSign: Uint8Array) => CardPresentation,
) {
  const pending = await client.begin(wish);
  const phone = world.screen();
  await phone.open(pending.url);
  const step = await phone.present(present(phone.challenge, phone.toSign));
  if (step.step !== "back") return step;
  return client.finish(step.url, pending);
}

describe("the app with a test card", () => {
  it("passes on what was read from the card, and not what the record says", async () => {
    const client = await world.service();
    const attributes = { ...HANAKO, address: "東京都試験区９" };
    const user = await visitByApp(client, { attributes: ALL }, (challenge) =>
      presentation(challenge, { attributes }),
    );
    expect(user).toMatchObject({ claims: { name: HANAKO.name, address: "東京都試験区９" } });
  });

  it("has one sub with the records of the same person", async () => {
    const jwk = { publicJwk: publicOf(rp) };
    const client = await world.service({}, { ...jwk, testMethod: "app" });
    const one = await visitByApp(client, {}, (challenge) => presentation(challenge));
    const two = await visitByApp(client, {}, (challenge) => presentation(challenge));
    expect(one).toMatchObject({ sub: expect.stringMatching(/./) });
    expect(two).toMatchObject({ sub: (one as { sub: string }).sub });
  });

  it("gives no attributes that were not read, whatever was asked for", async () => {
    const client = await world.service();
    const user = await visitByApp(client, { attributes: ALL }, (challenge) =>
      presentation(challenge),
    );
    expect(Object.keys((user as { claims: object }).claims)).toEqual(["sub"]);
  });

  it("signs what was handed in", async () => {
    const client = await world.service();
    const signTransactionId = await client.startSignature(new Uint8Array(32).fill(7));
    const user = await visitByApp(client, { signTransactionId }, (challenge, toSign) => {
      expect(toSign).toEqual(new Uint8Array([...DIGEST_INFO, ...new Uint8Array(32).fill(7)]));
      const signed = { certificate: SIGN_CERTIFICATE, signature: signByCard(toSign) };
      return presentation(challenge, { signed });
    });
    const result = await client.signResult(signTransactionId, user as never);
    expect(result.certificate).toEqual(SIGN_CERTIFICATE);
  });

  it("refuses a card that did not sign this visit's challenge", async () => {
    const client = await world.service();
    let earlier: CardPresentation | undefined;
    await visitByApp(client, {}, (challenge) => {
      earlier = presentation(challenge);
      return earlier;
    });
    const replayed = visitByApp(client, {}, () => earlier as CardPresentation);
    await expect(replayed).rejects.toMatchObject({
      refusal: "access_denied",
      detail: "PROOF_INVALID",
    });
  });

  it("refuses a certificate that is revoked, and one nobody is known to hold", async () => {
    const client = await world.service();
    world.checker.answer = () => ({
      verdict: "revoked",
      reason: "superseded",
      revokedAt: OCSP_EVIDENCE.thisUpdate,
      evidence: OCSP_EVIDENCE,
    });
    const visit = () => visitByApp(client, {}, (challenge) => presentation(challenge));
    await expect(visit()).rejects.toMatchObject({ detail: "CERTIFICATE_REVOKED" });
    world.checker.answer = () => ({ verdict: "valid", evidence: OCSP_EVIDENCE });
    const stranger = visitByApp(client, {}, (challenge) =>
      presentation(challenge, { certificate: SIGN_CERTIFICATE }),
    );
    await expect(stranger).rejects.toMatchObject({ detail: "CERTIFICATE_REJECTED" });
  });

  it("is not understood when it hands in something else", async () => {
    const client = await world.service();
    for (const certificate of [new Uint8Array(0), new Uint8Array([1, 2, 3])]) {
      const step = await visitByApp(client, {}, (challenge) =>
        presentation(challenge, { certificate }),
      );
      expect(step).toEqual({ step: "error", status: 400 });
    }
  });

  it("and records do not mix, across a restart too; a registration can say which", async () => {
    const client = await world.service();
    await world.signIn(client);
    const byApp = (one: DigitalAuthClient) =>
      visitByApp(one, {}, (challenge) => presentation(challenge));
    const mixed = { refusal: "access_denied", detail: "TEST_METHODS_MIXED" };
    await expect(byApp(client)).rejects.toMatchObject(mixed);
    const registered = await world.service({}, { testMethod: "app" });
    await expect(world.signIn(registered)).rejects.toMatchObject(mixed);
    expect(world.app.state().relyingParties).toMatchObject([
      { testMethod: "substitute" },
      { testMethod: "app" },
    ]);
  });
});

describe("traces of the app", () => {
  it("hold nothing that was read from a card", async () => {
    const client = await world.service();
    await visitByApp(client, { attributes: ALL }, (challenge) =>
      presentation(challenge, { attributes: TARO }),
    );
    const shown = JSON.stringify([world.traces, world.app.seen.all()]);
    const certificate = Buffer.from(RENEWED_CERTIFICATE).toString("base64").slice(0, 60);
    for (const secret of [TARO.name, TARO.address, TARO.birthDate, certificate]) {
      expect(shown).not.toContain(secret);
    }
    expect(world.traces.find(({ path }) => path.endsWith("/app"))?.request).toMatchObject({
      certificate: "‹certificate›",
      signature: "‹signature›",
      birth_date: "‹4情報›",
    });
  });
});

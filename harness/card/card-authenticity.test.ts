// 内部認証 over both 券面 applications (card-facts 6.1, T10; platform-facts CR-31).
import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { cardErrorOf } from "./testing/rejection.ts";
import { cardSignatureTurn, readingTurns } from "./testing/script-parts.ts";
import { conversation } from "./testing/scripted-reader.ts";
import {
  ageRecord,
  cvCertificate,
  keyId,
  type Pair,
  rsaPair,
  signatureOver,
  signedKeyRecord,
} from "./testing/signed-records.ts";
import { TextApClient } from "./text-ap-client.ts";
import { VisualApClient } from "./visual-ap-client.ts";

const ca = rsaPair();
const municipality = rsaPair();
const card = rsaPair();
const copy = rsaPair();

const CA_ID = keyId("6000033", "001");
const nonce = Buffer.from("000102030405060708090A0B0C0D0E0F", "hex");
const digest = createHash("sha256").update(nonce).digest();
const trusted = [{ keyId: CA_ID, publicKey: ca.publicKey }];

const SELECT_TEXT = "> 00 A4 04 0C 0A D3 92 10 00 31 00 01 01 04 08\n < 90 00";
const SELECT_VISUAL = "> 00 A4 04 0C 0A D3 92 10 00 31 00 01 01 04 02\n < 90 00";

interface Parts {
  readonly issuer?: Pair;
  readonly recordSigner?: Pair;
  readonly answerer?: Pair;
}

const certificateTurns = ({ issuer = ca }: Parts) =>
  readingTurns("00 04", cvCertificate(issuer, CA_ID, municipality));
const recordTurns = ({ recordSigner = municipality }: Parts) =>
  readingTurns("00 07", signedKeyRecord(card, recordSigner));
const signatureTurn = ({ answerer = card }: Parts) =>
  cardSignatureTurn(digest, signatureOver(nonce, answerer));

/** The text application's conversation, as far as the given number of its four parts. */
function script(parts: Parts, count: number): string {
  const whole = [SELECT_TEXT, certificateTurns(parts), recordTurns(parts), signatureTurn(parts)];
  return whole.slice(0, count).join("\n");
}

describe("a genuine card", () => {
  it("proves itself by the text application", () =>
    conversation(script({}, 4), async (reader) => {
      const text = new TextApClient(reader);
      await text.select();
      const proof = await text.authenticateCard({ nonce, trusted });
      expect(proof).toMatchObject({ issuer: "6000033/001", municipality: "1310100/001" });
      expect(Buffer.from(proof.signature).equals(signatureOver(nonce, card))).toBe(true);
    }));

  it("proves itself by the visual application", () =>
    conversation(
      [
        SELECT_VISUAL,
        certificateTurns({}),
        readingTurns("00 01", ageRecord("19900102", card, municipality)),
        signatureTurn({}),
      ].join("\n"),
      async (reader) => {
        const visual = new VisualApClient(reader);
        await visual.select();
        const proof = await visual.authenticateCard({ nonce, trusted });
        expect(proof.issuer).toBe("6000033/001");
      },
    ));

  it("proves itself under one of several keys with the same name", () =>
    conversation(script({}, 4), async (reader) => {
      const text = new TextApClient(reader);
      await text.select();
      const both = [{ keyId: CA_ID, publicKey: copy.publicKey }, ...trusted];
      expect((await text.authenticateCard({ nonce, trusted: both })).issuer).toBe("6000033/001");
    }));
});

describe("a card that is not genuine", () => {
  it.each([
    [
      "its key is not the one of its records (CR-31)",
      { answerer: copy },
      4,
      "does not hold the key",
    ],
    ["its record is signed by somebody else", { recordSigner: copy }, 3, "did not sign the record"],
    ["its CV certificate is signed by somebody else", { issuer: copy }, 2, "not signed by the CA"],
  ])("%s", (_, parts, count, reason) =>
    conversation(script(parts, count), async (reader) => {
      const text = new TextApClient(reader);
      await text.select();
      const error = await cardErrorOf(text.authenticateCard({ nonce, trusted }));
      expect(error.code).toBe("CARD_NOT_GENUINE");
      expect(error.message).toContain(reason);
    }),
  );

  it("its CA is not trusted", () =>
    conversation(script({}, 2), async (reader) => {
      const text = new TextApClient(reader);
      await text.select();
      const others = [{ keyId: keyId("6000023", "001"), publicKey: ca.publicKey }];
      const error = await cardErrorOf(text.authenticateCard({ nonce, trusted: others }));
      expect(error.code).toBe("CARD_NOT_GENUINE");
      expect(error.message).toContain("6000033/001");
    }));
});

it("a short nonce is refused before anything is sent", () =>
  conversation(SELECT_TEXT, async (reader) => {
    const text = new TextApClient(reader);
    await text.select();
    const challenge = { nonce: nonce.subarray(1), trusted };
    const error = await cardErrorOf(text.authenticateCard(challenge));
    expect(error.code).toBe("CARD_INPUT_INVALID");
  }));

it("a CV certificate without a key is damaged, not forged", () => {
  const certificate = cvCertificate(ca, CA_ID, municipality);
  // The tag of the exponent; what follows is then no public key.
  certificate[5 + 5 + 32] = 0x92;
  return conversation(`${SELECT_TEXT}\n ${readingTurns("00 04", certificate)}`, async (reader) => {
    const text = new TextApClient(reader);
    await text.select();
    const error = await cardErrorOf(text.authenticateCard({ nonce, trusted }));
    expect(error.code).toBe("CARD_DATA_INVALID");
  });
});

it("the records have the sizes the real ones are known to have", () => {
  expect(cvCertificate(ca, CA_ID, municipality)).toHaveLength(568);
  expect(signedKeyRecord(card, municipality)).toHaveLength(536);
  expect(ageRecord("19900102", card, municipality)).toHaveLength(547);
});

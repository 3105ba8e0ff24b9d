// The clients and the simulated card were written apart, both from card-facts; here they meet.
import { createHash, verify } from "node:crypto";
import { describe, expect, it } from "vitest";
import { keyIdentifier, type Quirks } from "../../simulator/card/index.ts";
import { toHex } from "../../simulator/iso7816/index.ts";
import { CommonApClient } from "./common-ap-client.ts";
import { JpkiClient } from "./jpki-client.ts";
import { Secret } from "./secret.ts";
import { cardErrorOf } from "./testing/rejection.ts";
import {
  cardFrom,
  cardOf,
  certificateOf,
  holderKey,
  holderSpec,
  readerHolding,
  signedRecords,
} from "./testing/simulated.ts";
import { TextApClient } from "./text-ap-client.ts";
import { VisualApClient } from "./visual-ap-client.ts";

const keys = { auth: holderKey(), sign: holderKey() };
const data = Buffer.from("challenge");
const sha256 = new Uint8Array(createHash("sha256").update(data).digest());

async function jpkiOf(spec = holderSpec(keys), reading = {}) {
  const reader = readerHolding(cardOf(spec));
  const jpki = new JpkiClient(reader, reading);
  await jpki.select();
  return { jpki, reader };
}

async function textOf() {
  const text = new TextApClient(readerHolding(cardOf(holderSpec(keys))));
  await text.select();
  return text;
}

describe("the JPKI application of a simulated card", () => {
  it("gives what is free to read", async () => {
    const { jpki } = await jpkiOf();
    expect(await jpki.tokenInfo()).toMatchObject({
      label: "JPKIAPICCTOKEN2",
      serialNumber: "0123456789012345",
    });
    expect(await jpki.certificateAvailability()).toEqual({ auth: true, sign: true });
    expect(toHex(await jpki.authCertificate())).toBe(toHex(certificateOf(1583, 0xa1)));
    expect(toHex(await jpki.authCaCertificate())).toBe(toHex(certificateOf(1319, 0xac)));
    expect(toHex(await jpki.signCaCertificate())).toBe(toHex(certificateOf(1304, 0x5c)));
    expect(await jpki.triesLeft("auth")).toBe(3);
    expect(await jpki.triesLeft("sign")).toBe(5);
  });

  it.each<[string, Quirks, object]>([
    ["as it comes", {}, {}],
    ["in chunks of 100 bytes", {}, { chunk: 100 }],
    ["at once", {}, { extended: true }],
    ["at once where that is refused", { noExtendedLength: true }, { extended: true }],
    ["with filler behind it", { certificateFiller: true }, {}],
    ["with 6282 at the end", { endOfFileAnswers6282: true }, { chunk: 50 }],
  ])("gives the same certificate %s", async (_, quirks, reading) => {
    const { jpki } = await jpkiOf(holderSpec(keys, quirks), reading);
    expect(toHex(await jpki.authCertificate())).toBe(toHex(certificateOf(1583, 0xa1)));
  });

  it("signs with either key after its PIN, and not before", async () => {
    const { jpki } = await jpkiOf();
    const locked = await cardErrorOf(jpki.signWithAuthKey({ sha256 }));
    expect(locked.code).toBe("CARD_SECURITY_STATUS");
    await jpki.verifyAuthPin(new Secret("1234"));
    await jpki.verifySignPassword(new Secret("password"));
    const byAuth = await jpki.signWithAuthKey({ sha256 });
    const bySign = await jpki.signWithSignKey({ sha256 });
    expect(verify("RSA-SHA256", data, keys.auth.publicKey, byAuth)).toBe(true);
    expect(verify("RSA-SHA256", data, keys.sign.publicKey, bySign)).toBe(true);
  });

  it("opens the sign certificate to the password alone", async () => {
    const { jpki } = await jpkiOf();
    const locked = await cardErrorOf(jpki.signCertificate());
    expect(locked.code).toBe("CARD_SECURITY_STATUS");
    await jpki.verifySignPassword(new Secret("PASSWORD"));
    const certificate = (await jpki.signCertificate()).reveal();
    expect(toHex(certificate)).toBe(toHex(certificateOf(1700, 0x51)));
  });

  it("has no sign certificate for a holder under 15 (CR-27)", async () => {
    const { jpki } = await jpkiOf(holderSpec({ auth: keys.auth }));
    expect(await jpki.certificateAvailability()).toEqual({ auth: true, sign: false });
    const error = await cardErrorOf(jpki.signCertificate());
    expect(error.code).toBe("CARD_CERTIFICATE_MISSING");
  });

  it("counts wrong PINs, keeps the last try, and blocks when it is spent", async () => {
    const { jpki } = await jpkiOf();
    const wrong = new Secret("0000");
    expect((await cardErrorOf(jpki.verifyAuthPin(wrong))).triesLeft).toBe(2);
    expect((await cardErrorOf(jpki.verifyAuthPin(wrong))).triesLeft).toBe(1);
    expect((await cardErrorOf(jpki.verifyAuthPin(wrong))).code).toBe("CARD_PIN_LAST_TRY");
    expect(await jpki.triesLeft("auth")).toBe(1);
    const spent = await cardErrorOf(jpki.verifyAuthPin(wrong, { spendLastTry: true }));
    expect(spent.code).toBe("CARD_PIN_BLOCKED");
    expect(await jpki.triesLeft("auth")).toBe(0);
    expect(await jpki.triesLeft("sign")).toBe(5);
  });

  it("knows a changed PIN by its new value", async () => {
    const { jpki, reader } = await jpkiOf();
    await jpki.changePin("auth", new Secret("1234"), new Secret("2468"));
    await reader.reset("cold");
    await jpki.select();
    expect((await cardErrorOf(jpki.verifyAuthPin(new Secret("1234")))).triesLeft).toBe(2);
    expect(await jpki.verifyAuthPin(new Secret("2468"))).toBeUndefined();
  });

  it("can be selected on a card that answers 6F00 first", async () => {
    const { jpki } = await jpkiOf(holderSpec(keys, { firstCommandAnswers6F00: true }));
    expect(await jpki.triesLeft("auth")).toBe(3);
  });
});

describe("the text application of a simulated card", () => {
  it("gives 個人番号 and 4情報 after the PIN", async () => {
    const text = await textOf();
    await text.verifyPin(new Secret("5678"));
    expect((await text.myNumber()).reveal()).toBe("123456789018");
    expect((await text.attributes()).reveal()).toEqual({
      name: "山田　太郎",
      address: "東京都千代田区丸の内１丁目２番１０号",
      birthDate: "19900102",
      sex: "1",
    });
  });

  it("opens one to code A and the other to code B", async () => {
    const text = await textOf();
    await text.verifyCodeA(new Secret("123456789018"));
    expect((await text.myNumber()).reveal()).toBe("123456789018");
    expect((await cardErrorOf(text.attributes())).code).toBe("CARD_SECURITY_STATUS");
    await text.verifyCodeB(new Secret("02010220321234"));
    expect((await text.attributes()).reveal().sex).toBe("1");
  });
});

describe("the signed records of a simulated card", () => {
  const records = {
    ca: holderKey(),
    municipality: holderKey(),
    text: holderKey(),
    visual: holderKey(),
  };
  const spec = { ...holderSpec(keys), ...signedRecords(records) };
  const nonce = new Uint8Array(32).fill(7);
  const trust = (authority: string) => [
    { keyId: keyIdentifier(authority, "001"), publicKey: records.ca.publicKey },
  ];

  async function visualOf(card = cardOf(spec)) {
    const visual = new VisualApClient(readerHolding(card));
    await visual.select();
    return visual;
  }

  it("prove the card by the visual application, opened by the birth date", async () => {
    const visual = await visualOf();
    await visual.verifyBirthDate(new Secret("020102"));
    expect((await visual.birthDate()).reveal()).toBe("19900102");
    const proof = await visual.authenticateCard({ nonce, trusted: trust("6000023") });
    expect(verify("RSA-SHA256", nonce, records.visual.publicKey, proof.signature)).toBe(true);
  });

  it("prove the card by the text application, opened by its PIN", async () => {
    const text = new TextApClient(readerHolding(cardOf(spec)));
    await text.select();
    await text.verifyPin(new Secret("5678"));
    const proof = await text.authenticateCard({ nonce, trusted: trust("6000033") });
    expect(verify("RSA-SHA256", nonce, records.text.publicKey, proof.signature)).toBe(true);
  });

  it("do not prove a card that has copied them (CR-31)", async () => {
    const genuine = cardOf(spec).image;
    const other = { ...holderSpec(keys), ...signedRecords({ ...records, visual: holderKey() }) };
    const keyFile = cardOf(other)
      .image.applications.find(({ name }) => name === "visual")
      ?.files.find(({ id }) => id === 0x001a);
    const copied = genuine.applications.map((ap) => ({
      ...ap,
      files: ap.files.map((file) =>
        ap.name === "visual" && file.id === 0x001a && keyFile !== undefined ? keyFile : file,
      ),
    }));
    const visual = await visualOf(cardFrom({ ...genuine, applications: copied }));
    await visual.verifyBirthDate(new Secret("020102"));
    const error = await cardErrorOf(visual.authenticateCard({ nonce, trusted: trust("6000023") }));
    expect(error.code).toBe("CARD_NOT_GENUINE");
    expect(error.message).toContain("does not hold the key");
  });

  it("cover the card face, opened by code B; the image of the 個人番号 takes code A", async () => {
    const visual = await visualOf();
    await visual.verifyCodeB(new Secret("02010220321234"));
    const face = (await visual.verifiedCardFace(trust("6000023"))).reveal();
    expect(face).toMatchObject({ birthDate: "19900102", sex: "1", expiry: "20320102" });
    expect((await cardErrorOf(visual.myNumberImage())).code).toBe("CARD_SECURITY_STATUS");
    await visual.verifyCodeA(new Secret("123456789018"));
    const png = (await visual.myNumberImage()).reveal();
    expect(toHex(png.slice(0, 8))).toBe("89504E470D0A1A0A");
  });

  it("stand beside the common application's number and key", async () => {
    const common = new CommonApClient(readerHolding(cardOf(spec)));
    await common.select();
    expect(await common.cardNumber()).toEqual({
      serial: "123456789012345",
      municipalityCode: "13101",
      expiry: "20320102",
    });
    const signature = await common.internalAuthenticate(nonce);
    expect(verify("RSA-SHA256", nonce, records.visual.publicKey, signature)).toBe(true);
  });
});

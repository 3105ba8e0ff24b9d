// The clients and the simulated card were written apart, both from card-facts; here they meet.
import { createHash, verify } from "node:crypto";
import { describe, expect, it } from "vitest";
import type { Quirks } from "../../simulator/card/index.ts";
import { toHex } from "../../simulator/iso7816/index.ts";
import { JpkiClient } from "./jpki-client.ts";
import { Secret } from "./secret.ts";
import { cardErrorOf } from "./testing/rejection.ts";
import {
  cardOf,
  certificateOf,
  holderKey,
  holderSpec,
  readerHolding,
} from "./testing/simulated.ts";
import { TextApClient } from "./text-ap-client.ts";

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

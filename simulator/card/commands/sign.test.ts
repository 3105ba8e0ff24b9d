import {
  constants,
  createHash,
  createPublicKey,
  publicDecrypt,
  verify as verifySignature,
} from "node:crypto";
import { describe, expect, it } from "vitest";
import { fromHex, toHex } from "../../iso7816/index.ts";
import {
  SELECT_JPKI,
  SELECT_TEXT,
  SELECT_VISUAL,
  selectFile,
  testCard,
  verify,
} from "../testing/card.ts";
import { fullSpec, testKey } from "../testing/spec.ts";

const MESSAGE = new TextEncoder().encode("abc");
// FIPS 180-4 example: SHA-256 of "abc"
const HASH = "BA7816BF8F01CFEA414140DE5DAE2223B00361A396177A9CB410FF61F20015AD";
const DIGEST_INFO = `3031300D060960864801650304020105000420${HASH}`;

function readyToSign() {
  const card = testCard();
  card.statuses(SELECT_JPKI, selectFile("0018"), verify("1234"), selectFile("0017"));
  return card;
}

function signed(response: string): Uint8Array {
  expect(response.slice(-4)).toBe("9000");
  expect(response).toHaveLength(516);
  return fromHex(response.slice(0, 512));
}

/** What the signature holds after PKCS #1 type 1 padding is taken off. */
function unpadded(signature: Uint8Array): string {
  const { publicKey } = testKey("auth");
  const block = publicDecrypt({ key: publicKey, padding: constants.RSA_PKCS1_PADDING }, signature);
  return toHex(new Uint8Array(block));
}

function command(p1: number, data: string): string {
  const lc = (data.length / 2).toString(16).padStart(2, "0");
  return `802A0${p1}80${lc}${data}00`;
}

describe("COMPUTE DIGITAL SIGNATURE (card-facts 4.1)", () => {
  it("P1=00 pads the data verbatim and does not look at them", () => {
    const card = readyToSign();
    expect(unpadded(signed(card.send(command(0, DIGEST_INFO))))).toBe(DIGEST_INFO);
    expect(unpadded(signed(card.send(command(0, "00"))))).toBe("00");
    expect(unpadded(signed(card.send(command(0, "42".repeat(245)))))).toBe("42".repeat(245));
  });

  it("P1=01 hashes and pads the bare hash", () => {
    expect(unpadded(signed(readyToSign().send(command(1, toHex(MESSAGE)))))).toBe(HASH);
  });

  it("P1=02 adds the DigestInfo to a hash", () => {
    expect(unpadded(signed(readyToSign().send(command(2, HASH))))).toBe(DIGEST_INFO);
  });

  it("P1=03 hashes and adds the DigestInfo", () => {
    expect(unpadded(signed(readyToSign().send(command(3, toHex(MESSAGE)))))).toBe(DIGEST_INFO);
  });

  it.each([
    [4, HASH],
    [5, toHex(MESSAGE)],
  ])("P1=0%i signs with PSS and a salt of 32 bytes", (p1, data) => {
    const card = readyToSign();
    const first = signed(card.send(command(p1, data)));
    const second = signed(card.send(command(p1, data)));
    const key = {
      key: testKey("auth").publicKey,
      padding: constants.RSA_PKCS1_PSS_PADDING,
      saltLength: 32,
    };

    expect(verifySignature("sha256", MESSAGE, key, first)).toBe(true);
    expect(verifySignature("sha256", MESSAGE, key, second)).toBe(true);
    expect(toHex(second)).not.toBe(toHex(first));
  });

  it.each([
    ["sha1", "3021300906052B0E03021A05000414"],
    ["sha256", "3031300D060960864801650304020105000420"],
    ["sha384", "3041300D060960864801650304020205000430"],
    ["sha512", "3051300D060960864801650304020305000440"],
  ])("P1=00 signs the DigestInfo a client builds for %s", (name, prefix) => {
    const digestInfo = prefix + createHash(name).update(MESSAGE).digest("hex");
    const signature = signed(readyToSign().send(command(0, digestInfo)));
    expect(verifySignature(name, MESSAGE, testKey("auth").publicKey, signature)).toBe(true);
  });

  it.each([1, 3, 5])("P1=0%i hashes from 1 to 255 bytes", (p1) => {
    const card = readyToSign();
    const sent = [command(p1, "5A"), command(p1, "5A".repeat(255))];
    expect(sent.map((hex) => card.send(hex)).map((response) => signed(response).length)).toEqual([
      256, 256,
    ]);
  });

  it("no other P1 is taken: 06 to FF are 6A86", () => {
    const card = readyToSign();
    const others = Array.from({ length: 250 }, (_, i) => (i + 6).toString(16).padStart(2, "0"));
    const answers = others.map((p1) => card.send(`802A${p1}8020${HASH}00`));
    expect(new Set(answers)).toEqual(new Set(["6A86"]));
  });

  it.each([
    ["text", SELECT_TEXT, "93"],
    ["visual", SELECT_VISUAL, "9A"],
  ])(
    "P2=00 is the key of the %s application, for every P1 and without a PIN",
    (_name, select, key) => {
      const card = testCard(fullSpec());
      card.send(select);
      for (const p1 of [0, 1, 2, 3, 4, 5]) signed(card.send(`802A0${p1}0020${HASH}00`));
      expect(card.send(`802A020020${HASH}00`)).toBe(card.send(`802A02${key}20${HASH}00`));
    },
  );

  it("the public half that signatures verify with is 2048 bits and 65537", () => {
    const card = testCard(fullSpec());
    card.statuses(SELECT_VISUAL, selectFile("0013"), verify("123456789018"));
    const face = card.send("00B08200000000");
    // DF24: 90 exponent, 91 modulus of 256 bytes (card-facts 5.4)
    const [, modulus = ""] = /DF24820109900301000191820100([0-9A-F]{512})/.exec(face) ?? [];
    const n = Buffer.from(modulus, "hex").toString("base64url");
    const key = createPublicKey({ key: { kty: "RSA", n, e: "AQAB" }, format: "jwk" });
    const signature = signed(card.send(`802A020020${HASH}00`));
    expect(verifySignature("sha256", MESSAGE, key, signature)).toBe(true);
  });

  it.each([
    ["P1=00 with 246 bytes", command(0, "00".repeat(246)), "6985"],
    ["P1=02 with 31 bytes", command(2, "00".repeat(31)), "6985"],
    ["P1=04 with 33 bytes", command(4, "00".repeat(33)), "6985"],
    ["P1=03 with 256 bytes in the extended form", `802A0380000100${"00".repeat(256)}0000`, "6985"],
    ["no data", "802A008000", "6700"],
    ["no Le", "802A02800101", "6700"],
    ["Le of 255", `802A008001 01 FF`, "6700"],
    ["P1=06", command(6, "00"), "6A86"],
    ["P1=80", "802A80800101 00", "6A86"],
    ["P2 with reserved bits", "802A00D70101 00", "6A86"],
    ["P2=17 without bit 8", "802A00170101 00", "6A86"],
    ["a key nobody has", "802A00830101 00", "6A88"],
    ["a PIN for a key", "802A00980101 00", "6981"],
    ["the default key where there is none", "802A00000101 00", "6A88"],
  ])("refuses %s", (_what, hex, status) => {
    expect(readyToSign().send(hex)).toBe(status);
  });

  it("signs again and again after one PIN", () => {
    const card = readyToSign();
    const statuses = card.statuses(command(2, HASH), command(2, HASH), command(2, HASH));
    expect(statuses).toEqual(["9000", "9000", "9000"]);
  });

  it("needs the PIN of the very key", () => {
    const card = testCard();
    card.statuses(SELECT_JPKI, selectFile("0018"), verify("1234"));
    expect(card.statuses(`802A029A20${HASH}00`, `802A029720${HASH}00`)).toEqual(["6982", "9000"]);
    card.statuses(selectFile("001B"), verify("PASSWORD"));
    const signature = signed(card.send(`802A029A20${HASH}00`));
    expect(verifySignature("sha256", MESSAGE, testKey("sign").publicKey, signature)).toBe(true);
  });

  it("needs a current file or a name (card-facts 2.6)", () => {
    const card = testCard();
    expect(card.statuses(command(2, HASH), SELECT_JPKI, command(2, HASH))).toEqual([
      "6986",
      "9000",
      "6986",
    ]);
  });

  it("takes the extended form", () => {
    const hash = createHash("sha256").update(MESSAGE).digest("hex");
    expect(signed(readyToSign().send(`802A0297000020${hash}0000`))).toHaveLength(256);
  });

  it("has nothing to sign with in the text application without its key", () => {
    expect(testCard().statuses(SELECT_TEXT, "802A00000101 00")).toEqual(["9000", "6A88"]);
  });
});

import { sign, verify as verifySignature } from "node:crypto";
import { describe, expect, it } from "vitest";
import { concat } from "../iso7816/index.ts";
import { cvCertificate } from "./cv-certificate.ts";
import { keyIdentifier } from "./key-identifier.ts";
import { privateKeyOf } from "./rsa.ts";
import {
  command,
  SELECT_JPKI,
  selectFile,
  type TestCard,
  testCard,
  verify,
} from "./testing/card.ts";
import { fullSpec, TERMINAL_CA_ID, testKey, testSpec } from "./testing/spec.ts";

const terminal = testKey("terminal");
const CERTIFICATE = cvCertificate(
  { keyId: TERMINAL_CA_ID, privateKey: testKey("terminalCa").privateKey },
  keyIdentifier("9299774", "001"),
  terminal.publicKey,
);
const BODY = CERTIFICATE.slice(0, 307);
const SIGNATURE = CERTIFICATE.slice(307);
const SIGN = `802A029720${"11".repeat(32)}00`;

function atTerminalCa(): TestCard {
  const card = testCard(fullSpec());
  card.statuses(SELECT_JPKI, selectFile("0016"));
  return card;
}

function loaded(): TestCard {
  const card = atTerminalCa();
  card.statuses(command("80A206C1", BODY), command("80A200C1", SIGNATURE));
  return card;
}

function proof(card: TestCard, key = terminal): string {
  const challenge = card.data("0084000020");
  return command(
    "00820096",
    new Uint8Array(sign("sha256", challenge, privateKeyOf(key.privateKey))),
  );
}

describe("terminal certificate (card-facts 6.3)", () => {
  it("comes in pieces of 307 and 261 bytes, in the extended form", () => {
    expect(command("80A206C1", BODY).slice(0, 34)).toBe(
      "80A206C1" + "000133" + "7F218202335F4E820129",
    );
    expect(command("80A200C1", SIGNATURE).slice(0, 24)).toBe("80A200C1" + "000105" + "5F37820100");
    expect(
      atTerminalCa().statuses(command("80A206C1", BODY), command("80A200C1", SIGNATURE)),
    ).toEqual(["9000", "9000"]);
  });

  it.each([
    ["garbage", "80A206C10400000000", "6700"],
    ["a body cut short", command("80A206C1", BODY.slice(0, 306)), "6700"],
    ["nothing", "80A206C1", "6700"],
    ["a signature of another size", command("80A200C1", SIGNATURE.slice(0, 260)), "6700"],
    ["the whole certificate at once", command("80A206C1", CERTIFICATE), "6700"],
    ["P1-P2 0000", command("80A20000", BODY), "6A86"],
    ["P1-P2 00AE", command("80A200AE", BODY), "6A86"],
    ["P1-P2 8000", command("80A28000", BODY), "6A86"],
    ["P1-P2 00B6", command("80A200B6", BODY), "6A86"],
    ["the signature first", command("80A200C1", SIGNATURE), "6985"],
  ])("refuses %s", (_what, hex, status) => {
    expect(atTerminalCa().send(hex)).toBe(status);
  });

  it("needs the CA's key to be the current file", () => {
    const card = testCard(fullSpec());
    expect(card.statuses(SELECT_JPKI, command("80A206C1", BODY))).toEqual(["9000", "6986"]);
    expect(card.statuses(selectFile("0017"), command("80A206C1", BODY))).toEqual(["9000", "6981"]);
  });

  it("refuses a signature by another key, and a CA the card does not hold", () => {
    const forged = cvCertificate(
      { keyId: TERMINAL_CA_ID, privateKey: terminal.privateKey },
      keyIdentifier("9299774", "001"),
      terminal.publicKey,
    );
    const stranger = cvCertificate(
      { keyId: keyIdentifier("9200074", "001"), privateKey: testKey("terminalCa").privateKey },
      keyIdentifier("9299774", "001"),
      terminal.publicKey,
    );
    const load = (certificate: Uint8Array) =>
      atTerminalCa().statuses(
        command("80A206C1", certificate.slice(0, 307)),
        command("80A200C1", certificate.slice(307)),
      );
    expect(load(forged)).toEqual(["9000", "6A80"]);
    expect(load(stranger)).toEqual(["9000", "6A88"]);
  });
});

describe("かざし利用 (card-facts 6.3, the unpublished rest as guessed there)", () => {
  it("signs without a PIN after the terminal has proved its key", () => {
    const card = loaded();
    expect(card.statuses(SIGN)).toEqual(["6982"]);
    expect(card.statuses(proof(card), SIGN)).toEqual(["9000", "9000"]);
    const signature = card.data(`802A0397 03 616263 00`);
    const abc = new TextEncoder().encode("abc");
    expect(verifySignature("sha256", abc, testKey("auth").publicKey, signature)).toBe(true);
  });

  it("opens nothing else: no 署名用 key, no 署名用 certificate", () => {
    const card = loaded();
    card.statuses(proof(card));
    expect(card.statuses(`802A029A20${"11".repeat(32)}00`, "00B0810001")).toEqual(["6982", "6982"]);
  });

  it("does not open EF 0009, nor do both PINs besides (card-facts 2.1)", () => {
    const card = loaded();
    card.statuses(proof(card), "0020009804 31323334", "0020009B08 50415353574F5244");
    expect(card.statuses("00B0890001")).toEqual(["6982"]);
  });

  it("is over when another application is selected or the power goes", () => {
    const card = loaded();
    card.statuses(proof(card));
    card.statuses("00A4040C07A0000001510000", SELECT_JPKI);
    expect(card.statuses(SIGN, proof(card))).toEqual(["6982", "6985"]);
  });

  it("takes a challenge once, a right signature, and a loaded certificate", () => {
    const card = loaded();
    const once = proof(card);
    expect(card.statuses(once, once)).toEqual(["9000", "6985"]);
    expect(card.statuses(proof(card, testKey("auth")), SIGN)).toEqual(["6300", "9000"]);
    const unloaded = atTerminalCa();
    expect(unloaded.statuses(proof(unloaded))).toEqual(["6985"]);
    const wrongLength = loaded();
    wrongLength.send("0084000020");
    expect(wrongLength.send("008200960400000000")).toBe("6700");
  });

  it("refuses the command where there is no such key", () => {
    const card = testCard(testSpec());
    card.statuses(SELECT_JPKI, selectFile("0018"), verify("1234"));
    expect(card.statuses(proof(card), selectFile("0016"))).toEqual(["6A88", "6A82"]);
    expect(loaded().statuses(command("00820098", new Uint8Array(256)))).toEqual(["6981"]);
    expect(loaded().statuses(command("00820196", new Uint8Array(256)))).toEqual(["6A86"]);
  });

  it("forgets a half-loaded certificate when the second half is wrong", () => {
    const card = atTerminalCa();
    const flipped = concat(SIGNATURE.slice(0, 260), Uint8Array.of((SIGNATURE[260] ?? 0) ^ 1));
    expect(
      card.statuses(
        command("80A206C1", BODY),
        command("80A200C1", flipped),
        command("80A200C1", SIGNATURE),
      ),
    ).toEqual(["9000", "6A80", "6985"]);
  });
});

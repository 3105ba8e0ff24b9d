import { verify } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { cvCertificate, keyIdentifier, type SimulatedCard } from "../card/index.ts";
import { publicKeyOf } from "../card/public-key.ts";
import { concat, fromHex, toHex } from "../iso7816/index.ts";
import { KeyPool } from "../pki/index.ts";
import { byContact } from "./contact.ts";
import { Lab, type LabCard } from "./index.ts";
import { CardIssuer, type CvAnchor } from "./issuer.ts";
import { TEST_KEY_POOL } from "./testing/keys.ts";

const SELECT_JPKI = "00A4040C0AD392F000260100000001";
const SELECT_TEXT = "00A4040C0AD3921000310001010408";
const SELECT_VISUAL = "00A4040C0AD3921000310001010402";
const SELECT_COMMON = "00A4040C0AD3921000310001010100";
const selectFile = (id: string) => `00A4020C02${id}`;
const WHOLE_FILE = "00B00000000000";
const CONTACT_ATR = "3BDA13FF8131FB468012392F31C173C601C03B";

let folder: string;
let lab: Lab;
let issued: LabCard;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "jpki-issuer-"));
  lab = await open();
  issued = await lab.issueCard("adult");
});

afterAll(async () => {
  await lab.close();
  rmSync(folder, { recursive: true });
});

function open(): Promise<Lab> {
  return Lab.open({ seed: "issuer-test", keys: TEST_KEY_POOL, state: join(folder, "state") });
}

/** Status words of commands to a card that has just got power. */
function statuses(card: Pick<SimulatedCard, "powerOn" | "transmit">, ...commands: string[]) {
  card.powerOn();
  return commands.map((hex) => toHex(card.transmit(fromHex(hex))).slice(-4));
}

/** The data of the last of these commands. */
function data(card: SimulatedCard, ...commands: string[]): Uint8Array {
  card.powerOn();
  const answers = commands.map((hex) => card.transmit(fromHex(hex)));
  return answers.at(-1)?.slice(0, -2) ?? new Uint8Array();
}

function verifyCommand(code: string): string {
  return `00200080${code.length.toString(16).padStart(2, "0")}${toHex(Buffer.from(code))}`;
}

/** The CV certificate of an application: 10 bytes of headers, 297 of body, 5, 256 of signature. */
function isCertifiedBy(anchor: CvAnchor, certificate: Uint8Array): boolean {
  const body = certificate.slice(10, 307);
  const issuer = toHex(body.slice(0, 16));
  const signature = certificate.slice(312);
  return issuer === toHex(anchor.keyId) && verify("sha256", body, anchor.publicKey, signature);
}

describe("a card of a world", () => {
  it.each([
    ["the integrity record", SELECT_TEXT, "0003", "6982"],
    ["the text application's CV certificate", SELECT_TEXT, "0004", "9000"],
    ["the session key", SELECT_TEXT, "0006", "6982"],
    ["the signed application key", SELECT_TEXT, "0007", "6982"],
    ["the age record", SELECT_VISUAL, "0001", "6982"],
    ["the face", SELECT_VISUAL, "0002", "6982"],
    ["the visual application's CV certificate", SELECT_VISUAL, "0004", "9000"],
    ["the picture of the number", SELECT_VISUAL, "0005", "6982"],
  ])("has %s", (_what, application, file, read) => {
    expect(statuses(issued.card, application, selectFile(file), WHOLE_FILE)).toEqual([
      "9000",
      "9000",
      read,
    ]);
  });

  it("signs as application and authenticates as card, without a PIN", () => {
    const sign = `802A020020${"00".repeat(32)}00`;
    const authenticate = `0088009910${"11".repeat(16)}00`;
    expect(statuses(issued.card, SELECT_TEXT, sign)).toEqual(["9000", "9000"]);
    expect(statuses(issued.card, SELECT_VISUAL, sign)).toEqual(["9000", "9000"]);
    expect(statuses(issued.card, SELECT_COMMON, authenticate)).toEqual(["9000", "9000"]);
  });

  it("is opened by the codes its issuer keeps", () => {
    const { codeA, codeB, card } = issued;
    expect(codeA).toMatch(/^\d{12}$/);
    expect(codeB).toMatch(/^\d{14}$/);
    for (const [application, fileA, fileB] of [
      [SELECT_TEXT, "0014", "0015"],
      [SELECT_VISUAL, "0013", "0012"],
    ] as const) {
      expect(statuses(card, application, selectFile(fileA), verifyCommand(codeA))[2]).toBe("9000");
      expect(statuses(card, application, selectFile(fileB), verifyCommand(codeB))[2]).toBe("9000");
    }
    const birthKey = verifyCommand(codeB.slice(0, 6));
    expect(statuses(card, SELECT_VISUAL, selectFile("0011"), birthKey)[2]).toBe("9000");
  });

  it("carries certificates under the world's anchors", () => {
    const { text, visual } = lab.cvAnchors;
    const onText = data(issued.card, SELECT_TEXT, selectFile("0004"), WHOLE_FILE);
    const onVisual = data(issued.card, SELECT_VISUAL, selectFile("0004"), WHOLE_FILE);
    expect(onText).toHaveLength(568);
    expect(isCertifiedBy(text, onText)).toBe(true);
    expect(isCertifiedBy(visual, onVisual)).toBe(true);
    expect(isCertifiedBy({ ...text, publicKey: visual.publicKey }, onText)).toBe(false);
  });

  it("knows the CA of this world's terminals, and no other", async () => {
    const { terminalCa } = lab.issuer;
    const terminal = publicKeyOf(terminalCa.privateKey);
    const stranger = await new KeyPool(TEST_KEY_POOL).key(0);
    const load = (privateKey: Uint8Array) => {
      const subject = keyIdentifier("9299774", "001");
      const certificate = cvCertificate({ ...terminalCa, privateKey }, subject, terminal);
      return statuses(
        issued.card,
        SELECT_JPKI,
        selectFile("0016"),
        toHex(concat(fromHex("80A206C1000133"), certificate.slice(0, 307))),
        toHex(concat(fromHex("80A200C1000105"), certificate.slice(307))),
      ).slice(2);
    };
    expect(load(terminalCa.privateKey)).toEqual(["9000", "9000"]);
    expect(load(stranger)[1]).not.toBe("9000");
  });

  it("keeps what is printed on it out of reports", () => {
    const { codeA, codeB, securityCode } = issued;
    expect(codeB.endsWith(securityCode)).toBe(true);
    expect(lab.secrets()).toEqual(expect.arrayContaining([codeA, codeB, securityCode]));
  });

  it("shows another answer to reset by contact, and is the same card", () => {
    const contact = byContact(issued.card);
    const wrongPin = [SELECT_JPKI, selectFile("0018"), "002000800439393939"];

    expect(toHex(contact.atr)).toBe(CONTACT_ATR);
    expect(toHex(contact.powerOn())).toBe(CONTACT_ATR);
    expect(toHex(contact.reset())).toBe(CONTACT_ATR);
    expect(toHex(issued.card.atr)).toBe("3B888001000005E0B381A1007F");
    for (const hex of wrongPin) contact.transmit(fromHex(hex));
    contact.powerOff();
    expect(() => issued.card.transmit(fromHex(SELECT_JPKI))).toThrow(/power/);
    expect(statuses(issued.card, SELECT_JPKI, selectFile("0018"), "00200080")[2]).toBe("63C2");
  });
});

describe("the issuer of a world", () => {
  it("is the same when the world is opened again", async () => {
    const before = lab.issuer.state;
    await lab.close();
    lab = await open();

    expect(lab.issuer.state).toEqual(before);
    const another = await lab.issueCard("adult");
    const certificate = data(another.card, SELECT_TEXT, selectFile("0004"), WHOLE_FILE);
    expect(isCertifiedBy(lab.cvAnchors.text, certificate)).toBe(true);
  });

  it("gives every card keys of its own", async () => {
    const another = await lab.issueCard("adult");
    const challenge = `0088009910${"11".repeat(16)}00`;
    const answer = ({ card }: LabCard) => toHex(data(card, SELECT_COMMON, challenge));
    expect(answer(issued)).toHaveLength(2 * 256);
    expect(answer(another)).toHaveLength(2 * 256);
    expect(answer(another)).not.toBe(answer(issued));
  });

  it("is refused when what was kept is not whole", () => {
    const { textCa: _lost, ...rest } = lab.issuer.state;
    const source = new KeyPool(TEST_KEY_POOL).source();
    expect(() => CardIssuer.restore(rest, source)).toThrow(
      expect.objectContaining({
        code: "STATE_INVALID",
        message: expect.stringContaining("textCa"),
      }),
    );
  });
});

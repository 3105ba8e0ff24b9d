/**
 * A whole card, by both interfaces, held against a client that shares no line with the simulator:
 * Python over pcscd, written from card-facts alone. Where the two disagree, the facts decide.
 */
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type FileImage, TEXT, VISUAL } from "../../../simulator/card/index.ts";
import { toHex } from "../../../simulator/iso7816/index.ts";
import { byContact, type CvAnchors, Lab, type LabCard } from "../../../simulator/lab/index.ts";
import { VpcdCard } from "../../../simulator/reader/index.ts";
import { finish } from "../../cli/testing/cli.ts";
import { cacheFolder } from "../../config/folders.ts";
import { type Pcscd, startPcscd } from "../../reader/testing/pcscd.ts";
import { pythonWith } from "../../reader/testing/python.ts";
import { PCSCD_PARTS, systemParts } from "../../reader/testing/require-system.ts";

const CLIENT = fileURLToPath(new URL("client.py", import.meta.url));

const CHECKS = [
  "pins: retry queries",
  "pins: a wrong one",
  "pins: change",
  "pins: encodings",
  "jpki: token information",
  "jpki: availability",
  "jpki: certificates",
  "jpki: reads agree",
  "jpki: signing",
  "jpki: rights",
  "jpki: selection",
  "text: access",
  "text: my number",
  "text: attributes",
  "text: integrity record",
  "text: CV certificate",
  "text: information",
  "text: filler file",
  "text: AP signature",
  "text: session key",
  "visual: access",
  "visual: age record",
  "visual: face",
  "visual: number image",
  "visual: CV certificate",
  "visual: information",
  "visual: filler file",
  "visual: AP signature",
  "common: record",
  "common: key references",
  "common: internal authentication",
  "base: challenge",
  "base: data objects",
  "base: certificate chain",
  "base: contact ATR",
  "base: terminal certificate",
  "secure messaging: reading",
  "secure messaging: refusals",
  "secure messaging: lifetime",
  "secure messaging: counter",
];

/** A file, a byte in it counted from its end, and the checks that have to notice. */
const TAMPERED: [string, "text" | "visual", number, number, string[]][] = [
  ["the 個人番号", "text", TEXT.myNumber, 3, ["text: my number", "text: integrity record"]],
  [
    "the signature over the attributes",
    "text",
    TEXT.integrityRecord,
    1,
    ["text: integrity record"],
  ],
  ["the application's key", "text", TEXT.applicationKey, 270, ["text: AP signature"]],
  ["the picture of the address", "visual", VISUAL.face, 900, ["visual: face"]],
  ["the photo", "visual", VISUAL.face, 500, ["visual: face"]],
  ["the signature over the birth date", "visual", VISUAL.age, 1, ["visual: age record"]],
  ["the picture of the number", "visual", VISUAL.myNumber, 540, ["visual: number image"]],
];

interface Result {
  readonly check: string;
  readonly ok: boolean;
  readonly detail: string;
}

const system = systemParts([...PCSCD_PARTS, "pcsclite", "python3-pyscard", "python3-cryptography"]);

describe.skipIf(system.missing.length > 0)(system.title("the independent client"), () => {
  const python = pythonWith("smartcard", "cryptography") ?? "";
  const inserted: VpcdCard[] = [];
  let lab: Lab;
  let pcscd: Pcscd;
  let contactless: LabCard;
  let contact: LabCard;

  beforeAll(async () => {
    lab = await Lab.open({ seed: "independent-client", keys: cacheFolder("keys") });
    pcscd = await startPcscd();
    contactless = await lab.issueCard("adult");
    // Born in 昭和: other digits in 照合番号B.
    contact = await lab.issueCard("elder");
    const cards = [contactless.card, byContact(contact.card)];
    for (const [slot, card] of cards.entries()) {
      const port = pcscd.ports[slot] ?? 0;
      inserted.push(await VpcdCard.connect({ card, port }));
      await pcscd.cardSeen(slot);
    }
  });

  afterAll(async () => {
    await Promise.all(inserted.map((card) => card.close()));
    await pcscd?.stop();
    await lab?.close();
  });

  it.each([0, 1])("agrees with the card in slot %i", async (slot) => {
    const card = slot === 0 ? contactless : contact;
    const { exitCode, stdout, stderr, results } = await ask(slot, card);

    expect(results.filter(({ ok }) => !ok)).toEqual([]);
    expect(results.map(({ check }) => check)).toEqual(CHECKS);
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
    const told = lab.secrets().filter((secret) => secret.length > 4 && stdout.includes(secret));
    expect(told).toEqual([]);
  });

  it("sees the contact interface's answer to reset", async () => {
    const atr = "3B DA 13 FF 81 31 FB 46 80 12 39 2F 31 C1 73 C6 01 C0 3B";
    expect(toHex(byContact(contact.card).atr)).toBe(atr.replaceAll(" ", ""));
    const { results } = await ask(1, contact);
    expect(results).toContainEqual({ check: "base: contact ATR", ok: true, detail: atr });
  });

  it.each(TAMPERED)("notices that somebody changed %s", async (...row) => {
    const [, application, file, place, noticing] = row;
    const untouched = contactless.card.image;
    contactless.card.alter((image) => ({
      ...image,
      applications: image.applications.map((one) =>
        one.name === application ? { ...one, files: one.files.map(changedIn(file, place)) } : one,
      ),
    }));
    const { exitCode, failed } = await ask(0, contactless);
    contactless.card.alter(() => untouched);

    expect(failed).toEqual(noticing);
    expect(exitCode).toBe(1);
  });

  it("trusts no CA but those it was given", async () => {
    const { text, visual, master } = lab.cvAnchors;
    const swapped = {
      text: { ...text, publicKey: visual.publicKey },
      visual: { ...visual, keyId: text.keyId },
      master: { ...master, publicKey: text.publicKey },
    };
    const { failed } = await ask(0, contactless, swapped);
    expect(failed).toEqual([
      "text: integrity record",
      "text: CV certificate",
      "text: AP signature",
      "visual: age record",
      "visual: face",
      "visual: number image",
      "visual: CV certificate",
      "base: certificate chain",
    ]);
  });

  async function ask(slot: number, card: LabCard, anchors: CvAnchors = lab.cvAnchors) {
    const { pins, codeA, codeB } = card;
    const reader = pcscd.readers[slot];
    const input = JSON.stringify({ reader, pins, codeA, codeB, anchors: printed(anchors) });
    // -B: nothing is to be written beside the sources.
    const finished = await finish(python, ["-B", CLIENT], { env: pcscd.env, input });
    const lines = finished.stdout.split("\n").filter((line) => line !== "");
    const results = lines.map((line) => JSON.parse(line) as Result);
    const failed = results.filter(({ ok }) => !ok).map(({ check }) => check);
    return { ...finished, results, failed };
  }
});

/** A file with one bit the other way round, `place` bytes from its end; other files as they are. */
function changedIn(id: number, place: number): (file: FileImage) => FileImage {
  return (file) => {
    if (file.kind !== "transparent" || file.id !== id) return file;
    const content = file.content.map((byte, at) =>
      at === file.content.length - place ? byte ^ 1 : byte,
    );
    return { ...file, content };
  };
}

/** As the client reads them: hexadecimal, keys as SubjectPublicKeyInfo. */
function printed(anchors: CvAnchors) {
  const entries = Object.entries(anchors).map(([name, { keyId, publicKey }]) => {
    const spki = new Uint8Array(publicKey.export({ type: "spki", format: "der" }));
    return [name, { keyId: toHex(keyId), publicKey: toHex(spki) }];
  });
  return Object.fromEntries(entries);
}

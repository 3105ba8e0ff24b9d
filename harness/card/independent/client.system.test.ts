/**
 * Whole cards, by both interfaces, held against a client that shares no line with the simulator:
 * Python over pcscd, written from card-facts alone. Where the two disagree, the facts decide.
 */
import { createPrivateKey, createPublicKey, type KeyObject } from "node:crypto";
import { fileURLToPath } from "node:url";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { toHex } from "../../../simulator/iso7816/index.ts";
import { byContact, type CvAnchors, Lab, type LabCard } from "../../../simulator/lab/index.ts";
import { VpcdCard } from "../../../simulator/reader/index.ts";
import { finish } from "../../cli/testing/cli.ts";
import { cacheFolder } from "../../config/folders.ts";
import { type Pcscd, startPcscd } from "../../reader/testing/pcscd.ts";
import { pythonWith } from "../../reader/testing/python.ts";
import { PCSCD_PARTS, systemParts } from "../../reader/testing/require-system.ts";
import { CHECKS } from "./testing/checks.ts";
import { TAMPERINGS, tampered } from "./testing/tampering.ts";

const CLIENT = fileURLToPath(new URL("client.py", import.meta.url));
const INTERNAL = "internal-authentication";
const CONTACT_ATR = "3B DA 13 FF 81 31 FB 46 80 12 39 2F 31 C1 73 C6 01 C0 3B";

type VirtualCard = ReturnType<typeof byContact>;

interface Result {
  readonly check: string;
  readonly ok: boolean;
  readonly detail: string;
}

interface Inserted extends LabCard {
  readonly reader: string | undefined;
  /** Taken before anybody tampers with the card. */
  readonly cardKey: string;
}

const system = systemParts([...PCSCD_PARTS, "pcsclite", "python3-pyscard", "python3-cryptography"]);

describe.skipIf(system.missing.length > 0)(system.title("the independent client"), () => {
  const python = pythonWith("smartcard", "cryptography") ?? "";
  const lines: VpcdCard[] = [];
  let lab: Lab;
  let pcscd: Pcscd;
  let contactless: Inserted;
  let contact: Inserted;
  let untouched: (readonly [Inserted, Inserted["card"]["image"]])[];

  beforeAll(async () => {
    lab = await Lab.open({ seed: "independent-client", keys: cacheFolder("keys") });
    pcscd = await startPcscd();
    contactless = await insert(0, await lab.issueCard("adult"));
    // Born in 昭和: other digits in 照合番号B.
    const elder = await lab.issueCard("elder");
    contact = await insert(1, elder, byContact(elder.card));
    untouched = [contactless, contact].map((one) => [one, one.card.image] as const);
  });

  afterEach(() => {
    for (const [{ card }, image] of untouched) card.alter(() => image);
  });

  afterAll(async () => {
    await Promise.all(lines.map((line) => line.close()));
    await pcscd?.stop();
    await lab?.close();
  });

  describe.each(["contactless", "contact"] as const)("with the %s card", (name) => {
    it.each(["agreement", "tampering", "spending"] as const)(
      "finds no fault: %s",
      async (group) => {
        const card = name === "contact" ? contact : contactless;
        const { exitCode, stdout, stderr, results, failed } = await ask(card, { group });

        expect(failed).toEqual([]);
        expect(results.map(({ check }) => check)).toEqual(CHECKS[group]);
        expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
        const told = lab.secrets().filter((secret) => secret.length > 4 && stdout.includes(secret));
        expect(told).toEqual([]);
      },
    );
  });

  it("sees the contact interface's answer to reset", async () => {
    const { results } = await ask(contact);
    const seen = { check: "base: answer to reset", ok: true, detail: CONTACT_ATR };
    expect(results).toContainEqual(seen);
  });

  it.each(TAMPERINGS)("notices that somebody changed $what", async (tampering) => {
    contactless.card.alter((image) => tampered(image, contact.card.image, tampering));
    const { exitCode, failed } = await ask(contactless);

    expect(failed.map(({ check }) => check)).toEqual(tampering.noticing);
    expect(exitCode).toBe(1);
  });

  it("trusts no CA but those it was given", async () => {
    const { text, visual, master } = lab.cvAnchors;
    const swapped = {
      text: { ...text, publicKey: visual.publicKey },
      visual: { ...visual, keyId: text.keyId },
      master: { ...master, publicKey: text.publicKey },
    };
    const { failed } = await ask(contactless, { anchors: swapped });
    expect(failed.map(({ check }) => check)).toEqual([
      "text: integrity record",
      "text: CV certificate",
      "text: signed key of the application",
      "visual: age record",
      "visual: the face and its three digests",
      "visual: the expiry in 照合番号B",
      "visual: picture of 個人番号",
      "visual: one key in all three records",
      "visual: CV certificate",
      "text: signature of the application",
      "visual: signature of the application",
      "base: certificate chain",
    ]);
  });

  async function insert(slot: number, issued: LabCard, card: VirtualCard = issued.card) {
    lines.push(await VpcdCard.connect({ card, port: pcscd.ports[slot] ?? 0 }));
    await pcscd.cardSeen(slot);
    return { ...issued, reader: pcscd.readers[slot], cardKey: internalKey(issued) };
  }

  async function ask(card: Inserted, { anchors = lab.cvAnchors, group = "agreement" } = {}) {
    const { reader, pins, codeA, codeB, cardKey } = card;
    const given = { reader, pins, codeA, codeB, cardKey, group, anchors: printed(anchors) };
    // -B: nothing is to be written beside the sources.
    const options = { env: pcscd.env, input: JSON.stringify(given) };
    const finished = await finish(python, ["-B", CLIENT], options);
    const told = finished.stdout.split("\n").filter((line) => line !== "");
    const results = told.map((line) => JSON.parse(line) as Result);
    return { ...finished, results, failed: results.filter(({ ok }) => !ok) };
  }
});

/** The public half of the key that INTERNAL AUTHENTICATE uses, which no command gives away. */
function internalKey({ card }: LabCard): string {
  const files = card.image.applications.flatMap((application) => application.files);
  const key = files.find((file) => file.kind === "key" && file.purpose === INTERNAL);
  if (key?.kind !== "key") throw new Error("the card has a key to authenticate itself");
  const der = { key: Buffer.from(key.privateKey), format: "der", type: "pkcs8" } as const;
  return spki(createPublicKey(createPrivateKey(der)));
}

/** As the client reads them: hexadecimal, keys as SubjectPublicKeyInfo. */
function printed(anchors: CvAnchors) {
  const entries = Object.entries(anchors).map(([name, { keyId, publicKey }]) => {
    return [name, { keyId: toHex(keyId), publicKey: spki(publicKey) }];
  });
  return Object.fromEntries(entries);
}

function spki(key: KeyObject): string {
  return toHex(new Uint8Array(key.export({ type: "spki", format: "der" })));
}

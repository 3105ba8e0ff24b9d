import { createHash, verify, X509Certificate } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { concat, fromHex } from "../iso7816/index.ts";
import { Random } from "../random.ts";
import { Lab } from "./index.ts";
import { testCardsOf } from "./test-cards.ts";

const SHA256_DIGEST_INFO = fromHex("3031300D060960864801650304020105000420");

let folder: string;
let lab: Lab;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "jpki-test-cards-"));
  lab = await Lab.open({ seed: "test-cards", keys: join(folder, "keys") });
});

afterAll(async () => {
  await lab.close();
  rmSync(folder, { recursive: true });
});

const cards = () => testCardsOf(() => lab.cards, lab.jpki, new Random("test")).list();

it("sign with the card's own 署名用 key, and spend nothing of the card in use", async () => {
  const { card } = await lab.issueCard("adult");
  const before = card.image;
  const signing = cards()[0]?.signing;
  const message = new TextEncoder().encode("a form to sign");
  const digest = new Uint8Array(createHash("sha256").update(message).digest());

  const signature = await signing?.sign(concat(SHA256_DIGEST_INFO, digest));

  const { publicKey } = new X509Certificate(signing?.certificate ?? new Uint8Array());
  expect(verify("sha256", message, publicKey, signature ?? new Uint8Array())).toBe(true);
  expect(card.image).toBe(before);
});

it("have no 署名用 key where the holder has none", async () => {
  const { id } = await lab.issueCard("child");
  expect(cards().find((card) => card.id === id)).not.toHaveProperty("signing");
});

it("are offered by デジタル認証アプリ, whose discovery document is where its issuer says", async () => {
  const issuer = lab.addresses.digitalAuthApp;
  const response = await fetch(`${issuer}/.well-known/openid-configuration`);
  expect(await response.json()).toMatchObject({ issuer });
});

it("belong to people whose current 4情報 are told once they consent", async () => {
  const { resident, authSerial } = await lab.issueCard("adult");
  const { certificate } = lab.jpki.auth.authority.find(Number.parseInt(authSerial, 16));
  const ask = async () => {
    const response = await fetch(`${lab.addresses.attributeProvision}/attributes`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ certificate: Buffer.from(certificate).toString("base64") }),
    });
    return response.json();
  };
  expect(await ask()).toMatchObject({ result: "NO_CONSENT" });
  lab.attributeProvision.consents.give(resident.id);
  expect(await ask()).toMatchObject({ attributes: { address: resident.address } });
});

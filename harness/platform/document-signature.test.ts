import {
  constants,
  createHash,
  generateKeyPairSync,
  type KeyObject,
  privateEncrypt,
} from "node:crypto";
import { describe, expect, it } from "vitest";
import { PRIVATE_KEY, SIGN_CERTIFICATE } from "../../simulator/platform/testing/certificates.ts";
import { examineSignature } from "./document-signature.ts";

const DOCUMENT = new Uint8Array(Buffer.from("申請書"));
const DIGEST = createHash("sha256").update(DOCUMENT).digest();
/** RFC 8017 section 9.2, note 1. */
const PREFIX = Buffer.from("3031300d060960864801650304020105000420", "hex");
const cardKey = { key: Buffer.from(PRIVATE_KEY), format: "der", type: "pkcs8" } as const;

function signed(block: Uint8Array, key: typeof cardKey | { key: KeyObject } = cardKey) {
  const signature = privateEncrypt({ ...key, padding: constants.RSA_PKCS1_PADDING }, block);
  return { certificate: SIGN_CERTIFICATE, signature: new Uint8Array(signature) };
}

describe("a signature over a document", () => {
  it.each([
    ["fits", Buffer.concat([PREFIX, DIGEST])],
    ["otherDocument", Buffer.concat([PREFIX, createHash("sha256").update("別の書類").digest()])],
    ["digestInfoMissing", DIGEST],
    ["digestInfoTwice", Buffer.concat([PREFIX, PREFIX, DIGEST])],
    ["otherDocument", Buffer.concat([PREFIX, DIGEST, Buffer.of(0)])],
  ])("%s", (finding, block) => {
    expect(examineSignature(DOCUMENT, signed(block))).toBe(finding);
  });

  it("was made with another key", () => {
    const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
    const other = signed(Buffer.concat([PREFIX, DIGEST]), { key: privateKey });
    expect(examineSignature(DOCUMENT, other)).toBe("otherKey");
  });

  it("was cut short", () => {
    const { certificate, signature } = signed(Buffer.concat([PREFIX, DIGEST]));
    const cut = { certificate, signature: signature.subarray(1) };
    expect(examineSignature(DOCUMENT, cut)).toBe("otherKey");
  });
});

/**
 * What the issuer wrote: the bytes of the files, and the keys whose signatures can be checked. Taken
 * from the image as it is handed over, so that an answer can be held against more than its length.
 */
import {
  constants,
  createHash,
  createPrivateKey,
  createPublicKey,
  type KeyObject,
  publicDecrypt,
  publicEncrypt,
  verify,
} from "node:crypto";
import { toHex } from "../../iso7816/index.ts";
import type { CardImage } from "../image.ts";
import { signedInput } from "./command.ts";
import type { Source } from "./outcome.ts";
import { perImage } from "./per-image.ts";
import { TABLES } from "./tables.ts";

interface Contents {
  readonly files: ReadonlyMap<string, Buffer>;
  readonly keys: ReadonlyMap<string, KeyObject>;
}

const contentsOf = perImage((image): Contents => {
  const files = new Map<string, Buffer>();
  const keys = new Map<string, KeyObject>();
  for (const { aid, files: all } of image.applications) {
    for (const file of all) {
      const place = `${toHex(aid)}/${file.id}`;
      if (file.kind === "transparent") files.set(place, Buffer.from(file.content));
      if (file.kind === "record") files.set(place, Buffer.concat(file.records));
      if (file.kind === "key") keys.set(place, publicHalf(file.privateKey));
    }
  }
  return { files, keys };
});

function publicHalf(pkcs8: Uint8Array): KeyObject {
  return createPublicKey(
    createPrivateKey({ key: Buffer.from(pkcs8), format: "der", type: "pkcs8" }),
  );
}

/** Whether the data of an answer are what stands in the file, or what the key has signed. */
export function isGenuine(image: CardImage, source: Source, data: Uint8Array): boolean {
  const { files, keys } = contentsOf(image);
  const place = `${TABLES[source.ap].aid}/${source.file}`;
  if (source.of === "file") {
    const written = files.get(place)?.subarray(source.offset, source.offset + data.length);
    return written?.equals(data) === true;
  }
  const key = keys.get(place);
  return key !== undefined && isSignature(key, source, data);
}

const SHA256_INFO = "3031300D060960864801650304020105000420";

function isSignature(
  key: KeyObject,
  { mode, input }: Extract<Source, { of: "key" }>,
  signature: Uint8Array,
): boolean {
  const message = Buffer.from(signedInput(input), "hex");
  const hash = createHash("sha256").update(message).digest();
  const info = Buffer.from(SHA256_INFO, "hex");
  const block = [message, hash, Buffer.concat([info, message]), Buffer.concat([info, hash])][mode];
  if (block !== undefined) return opened(key, signature)?.equals(block) === true;
  // A PSS signature over a bare hash (P1 04) is not among those that node:crypto checks.
  if (mode === 4) return true;
  const padding = constants.RSA_PKCS1_PSS_PADDING;
  return verify("sha256", message, { key, padding, saltLength: 32 }, signature);
}

function opened(key: KeyObject, signature: Uint8Array): Buffer | undefined {
  try {
    return publicDecrypt({ key, padding: constants.RSA_PKCS1_PADDING }, signature);
  } catch {
    return undefined;
  }
}

/** Blocks for SET SESSION KEY in hexadecimal (card-facts 6.5): one with a seed, one without. */
export const sessionBlocks = perImage((image) => {
  const file = contentsOf(image).files.get(`${TABLES.text.aid}/6`);
  const n = file?.subarray(-256).toString("base64url") ?? "";
  const key = createPublicKey({ key: { kty: "RSA", n, e: "AQAB" }, format: "jwk" });
  const block = (content: string) => encrypted(key, content);
  return { seed: block(`A0228020${"11".repeat(32)}`), other: block("A003810111") };
});

function encrypted(key: KeyObject, content: string): string {
  const padding = constants.RSA_PKCS1_OAEP_PADDING;
  const message = Buffer.from(content, "hex");
  return publicEncrypt({ key, padding, oaepHash: "sha256" }, message).toString("hex");
}

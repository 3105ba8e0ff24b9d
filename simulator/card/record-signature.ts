/**
 * Signatures on the records of a card (card-facts 5.3 to 5.5): RSASSA-PKCS1-v1_5 with SHA-256, which
 * for the same key and bytes is always the same. So it may as well be made ahead of time, in the
 * thread pool, while other cards are being written.
 */
import { type KeyObject, sign } from "node:crypto";
import { promisify } from "node:util";
import { concat } from "../iso7816/index.ts";
import { privateKeyOf } from "./rsa.ts";

const signInThreadPool = promisify<string, Uint8Array, KeyObject, Uint8Array>(sign);

/** Made ahead and not yet used, by key and by what they are on. */
const ahead = new WeakMap<Uint8Array, Map<string, Uint8Array>>();

/** On the parts, one behind the other; 256 bytes. What was made ahead is used up. */
export function signParts(pkcs8: Uint8Array, ...parts: readonly Uint8Array[]): Uint8Array {
  const body = concat(...parts);
  const name = nameOf(body);
  const made = ahead.get(pkcs8);
  const known = made?.get(name);
  made?.delete(name);
  return known ?? new Uint8Array(sign("sha256", body, privateKeyOf(pkcs8)));
}

/** Makes ahead what `signParts` will be asked for, and then give. */
export async function signAhead(
  pkcs8: Uint8Array,
  ...parts: readonly Uint8Array[]
): Promise<Uint8Array> {
  const body = concat(...parts);
  const signature = new Uint8Array(await signInThreadPool("sha256", body, privateKeyOf(pkcs8)));
  const made = ahead.get(pkcs8) ?? new Map<string, Uint8Array>();
  ahead.set(pkcs8, made.set(nameOf(body), signature));
  return signature;
}

/** Bytes as the key of a map. */
function nameOf(body: Uint8Array): string {
  return Buffer.from(body).toString("latin1");
}

/** Signing alone: what of the work on certificates and cards cannot be saved. */
import { generateKeyPairSync, sign } from "node:crypto";

/** Gives a function that makes `count` RSA-2048 signatures over SHA-256, one after another. */
export function rsaSignatures(count: number): () => void {
  const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const message = new Uint8Array(1000);
  return () => {
    for (let i = 0; i < count; i += 1) sign("sha256", message, privateKey);
  };
}

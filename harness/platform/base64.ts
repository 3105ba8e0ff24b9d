/** Bytes as platforms carry them in JSON and in forms (RFC 4648 section 4). */

export function toBase64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("base64");
}

/** What is no base64 is passed over. */
export function fromBase64(text: string): Uint8Array {
  return new Uint8Array(Buffer.from(text, "base64"));
}

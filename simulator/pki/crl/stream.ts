/**
 * Revocation lists that are never in memory as a whole: one of ten million entries is a file of
 * 370 MB, and what it says is 90 MB. Read and hashed piece by piece; nobody gets to see what stands in
 * it before the signature of the whole has proved right.
 */
import { createPublicKey, createVerify, type Verify } from "node:crypto";
import type { CertificateView } from "../certificate/certificate.ts";
import { OID } from "../der/oids.ts";
import { requireIssuedBy } from "./issuer.ts";
import { ListParser, type ListParts } from "./parser.ts";
import { contentOf, type ListContent } from "./reader.ts";

/**
 * Reads a list that comes in pieces, of any lengths; each may be reused when the next is asked for.
 *
 * @example
 * const list = await readCrlStream(createReadStream("auth.crl"), readCertificate(ca));
 *
 * @param issuer the CA whose list it has to be
 * @throws SimulatorError PKI_INVALID for what is not one list and nothing more, as `readCrl`
 * @throws StatusUnavailable `otherList`, `responder` or `signature` when it is not by `issuer`
 */
export async function readCrlStream(
  chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  issuer: CertificateView,
): Promise<ListContent> {
  const receiver = new ListReceiver();
  for await (const chunk of chunks) receiver.push(chunk);
  return receiver.finish(issuer);
}

/** The same for whoever has the pieces in hand. */
export class ListReceiver {
  // The algorithm stands in the list, and no other is believed.
  readonly #verify = createVerify("sha256");
  readonly #parser = new ListParser((piece) => this.#verify.update(piece));

  /** @throws SimulatorError PKI_INVALID */
  push(piece: Uint8Array): void {
    this.#parser.push(piece);
  }

  /** Says that this was all; throws as `readCrlStream`. */
  finish(issuer: CertificateView): ListContent {
    const parts = this.#parser.finish();
    requireIssuedBy(parts, issuer, (publicKey) => isSignedBy(parts, this.#verify, publicKey));
    return contentOf(parts);
  }
}

function isSignedBy({ algorithm, signature }: ListParts, verify: Verify, publicKey: Uint8Array) {
  if (algorithm !== OID.sha256WithRsa) return false;
  try {
    const key = createPublicKey({ key: Buffer.from(publicKey), format: "der", type: "spki" });
    return key.asymmetricKeyType === "rsa" && verify.verify(key, signature);
  } catch {
    return false;
  }
}

/**
 * Proof of possession: that the card itself signed a challenge just now (電子利用者証明). In 類型② the
 * municipal system verifies it; a system that skips this can be fooled with a copied certificate
 * (MK-08), so the emulator looks at what it is shown and remembers it.
 *
 * RSASSA-PKCS1-v1_5 with SHA-256 (RFC 8017 section 8.2), which is what the card computes.
 */
import { createHash, type KeyObject, verify } from "node:crypto";
import { concat, toHex } from "../../iso7816/index.ts";
import type { ProofSeen } from "./outcome.ts";

export interface Proof {
  readonly challenge: Uint8Array;
  readonly signature: Uint8Array;
}

const REMEMBERED = 10_000;

export class ProofWatch {
  /** Digests only: a signature is not kept. */
  readonly #shown = new Set<string>();

  /** @returns undefined when the signature is not one of this key over this challenge */
  look(publicKey: KeyObject, proof: Proof | undefined): ProofSeen | undefined {
    if (proof === undefined) return "missing";
    if (publicKey.asymmetricKeyType !== "rsa") return undefined;
    if (!verify("sha256", proof.challenge, publicKey, proof.signature)) return undefined;
    const shown = digest(proof);
    if (this.#shown.has(shown)) return "replayed";
    this.#remember(shown);
    return "verified";
  }

  #remember(shown: string): void {
    this.#shown.add(shown);
    const [oldest] = this.#shown;
    if (this.#shown.size > REMEMBERED && oldest !== undefined) this.#shown.delete(oldest);
  }
}

function digest({ challenge, signature }: Proof): string {
  const bytes = concat(challenge, signature);
  return toHex(new Uint8Array(createHash("sha256").update(bytes).digest()));
}

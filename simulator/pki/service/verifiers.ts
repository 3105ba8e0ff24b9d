/**
 * 署名検証者 and 利用者証明検証者: who may ask about which certificates (platform-facts 5.1, PK-30). They are
 * registered for one kind or both, and get a token to ask with.
 *
 * UNVERIFIED: how the real service knows its callers (client certificates, a leased line) is handed out
 * on application only; here a bearer token stands for it.
 */
import { SimulatorError } from "../../errors.ts";
import { toHex } from "../../iso7816/index.ts";
import type { Random } from "../../random.ts";
import type { CertificateKind } from "../status.ts";

export interface Verifier {
  readonly name: string;
  /** `sign` for a 署名検証者, `auth` for a 利用者証明検証者. */
  readonly kinds: readonly CertificateKind[];
  /** Thirty-two hexadecimal digits. A test credential, stored as it is. */
  readonly token: string;
}

export class VerifierRegister {
  /** The platforms of the same world, which are verifiers for what they do, and need not be told. */
  readonly platforms: Verifier;
  readonly #random: Random;
  readonly #verifiers: Verifier[];

  constructor(random: Random, verifiers: readonly Verifier[] = []) {
    this.#random = random;
    this.#verifiers = [...verifiers];
    const token = toHex(random.fork("platforms-as-verifiers").bytes(16));
    this.platforms = { name: "platforms", kinds: ["auth", "sign"], token };
  }

  /** Those that were registered. */
  get all(): readonly Verifier[] {
    return this.#verifiers;
  }

  /** @throws SimulatorError PKI_INVALID without a kind */
  register(name: string, kinds: readonly CertificateKind[]): Verifier {
    if (kinds.length === 0) {
      throw new SimulatorError("PKI_INVALID", `${name} was not registered for any certificates`);
    }
    const random = this.#random.fork(`verifier/${this.#verifiers.length}`);
    const verifier = { name, kinds, token: toHex(random.bytes(16)) };
    this.#verifiers.push(verifier);
    return verifier;
  }

  /** @param authorization the header of that name, as it came */
  mayAsk(authorization: string | undefined, kind: CertificateKind): boolean {
    const known = [this.platforms, ...this.#verifiers];
    const verifier = known.find(({ token }) => authorization === bearer(token));
    return verifier?.kinds.includes(kind) ?? false;
  }
}

/** The header a verifier shows its token in. */
export function bearer(token: string): string {
  return `Bearer ${token}`;
}

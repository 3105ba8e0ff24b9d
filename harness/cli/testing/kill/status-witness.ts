/**
 * Asks a CA over HTTP what is revoked, as a relying party does: by OCSP and by list, signatures and
 * all. Remembers every list it was given, because a number that comes again must bring the same list,
 * and none may be smaller than one before.
 */
import { createHash } from "node:crypto";
import { LabClock } from "../../../../simulator/clock.ts";
import {
  buildOcspRequest,
  type CertificateView,
  certIdOf,
  OCSP_REQUEST_TYPE,
  type RevocationList,
  readCertificate,
  readCrl,
  verifyCrl,
  verifyOcspResponse,
} from "../../../../simulator/pki/index.ts";
import type { Status } from "./ledger.ts";

export interface StatusService {
  /** Certificate of the CA, DER. */
  readonly ca: Uint8Array;
  readonly ocsp: string;
  readonly crl: string;
}

export class StatusWitness {
  readonly #clock = LabClock.running();
  #newest: { readonly number: bigint; readonly digest: string } | undefined;
  #ca: CertificateView | undefined;

  /** @throws Error when the list is no list of this CA, or one that should not be there any more */
  async list({ ca, crl }: StatusService): Promise<RevocationList> {
    const response = await fetch(crl, { headers: { connection: "close" } });
    const der = new Uint8Array(await response.arrayBuffer());
    const list = readCrl(der);
    if (!verifyCrl(list, this.#authority(ca).publicKey)) {
      throw new Error(`list ${list.number} has a wrong signature`);
    }
    this.#compare(list.number, createHash("sha256").update(der).digest("hex"));
    return list;
  }

  /** What OCSP says of each, in one question. @param serials hexadecimal, at most a hundred */
  async ask({ ca, ocsp }: StatusService, serials: readonly string[]): Promise<Status[]> {
    if (serials.length === 0) return [];
    const issuer = this.#authority(ca);
    const ids = serials.map((serial) => certIdOf(BigInt(`0x${serial}`), issuer, "sha1"));
    const response = await fetch(ocsp, {
      method: "POST",
      headers: { "content-type": OCSP_REQUEST_TYPE, connection: "close" },
      body: new Uint8Array(buildOcspRequest(ids)),
    });
    const der = new Uint8Array(await response.arrayBuffer());
    return ids.map((id) => {
      const answer = verifyOcspResponse(der, { id, issuer, clock: this.#clock });
      if (answer.status === "unknown") throw new Error(`OCSP does not know ${id.serial}`);
      return answer.status === "good" ? "good" : answer.reason;
    });
  }

  /** The same for as long as the world lives. */
  #authority(der: Uint8Array): CertificateView {
    this.#ca ??= readCertificate(der);
    if (Buffer.compare(this.#ca.der, der) !== 0) throw new Error("the CA has another certificate");
    return this.#ca;
  }

  #compare(number: bigint, digest: string): void {
    const before = this.#newest;
    if (before !== undefined && number < before.number) {
      throw new Error(`list ${number} came after list ${before.number}`);
    }
    if (before?.number === number && before.digest !== digest) {
      throw new Error(`there are two lists ${number}`);
    }
    this.#newest = { number, digest };
  }
}

/** What a list says of a certificate. */
export function listed(list: RevocationList, serial: string): Status {
  const entry = list.find(BigInt(`0x${serial}`));
  return entry === undefined ? "good" : entry.reason;
}

/**
 * The OCSP responder (RFC 6960, platform-facts 5.8): one address for all CAs of a world, which are
 * told apart by the hash of their key, because every generation has the same name.
 */
import type { Clock } from "../clock.ts";
import { SimulatorError } from "../errors.ts";
import { equal } from "../iso7816/index.ts";
import type { CertificateAuthority } from "./authority.ts";
import {
  type CertId,
  type IssuerHashes,
  issuerHashes,
  type OcspRequest,
  parseOcspRequest,
} from "./ocsp-request.ts";
import { makeOcspError, makeOcspResponse, type SingleAnswer } from "./ocsp-response.ts";
import type { Publication, Snapshot } from "./publication.ts";

/** A function from request to response, both DER; it never rejects because of what was asked. */
export type Respond = (request: Uint8Array) => Promise<Uint8Array>;

/** @param publications one for each CA that is answered for at the time */
export function ocspResponder(publications: () => readonly Publication[], clock: Clock): Respond {
  return async (der) => {
    const request = readRequest(der);
    if (request === undefined) return makeOcspError("malformedRequest");
    const publication = publications().find((one) => issued(one, request.ids[0]));
    // A delegate may speak for its own CA only, so one response cannot mix two of them.
    if (publication === undefined || !request.ids.every((id) => issued(publication, id))) {
      return makeOcspError("unauthorized");
    }
    const data = publication.ocspData();
    return makeOcspResponse({
      responder: publication.authority.responder,
      producedAt: clock.now(),
      singles: request.ids.map((id) => answer(id, publication, data)),
      ...(request.nonce && { nonce: request.nonce }),
    });
  };
}

function readRequest(der: Uint8Array): OcspRequest | undefined {
  try {
    return parseOcspRequest(der);
  } catch (error) {
    if (error instanceof SimulatorError) return undefined;
    throw error;
  }
}

function issued({ authority }: Publication, id: CertId | undefined): boolean {
  if (id === undefined) return false;
  const hashes = hashesOf(authority, id.algorithm);
  return (
    hashes !== undefined &&
    equal(hashes.issuerKeyHash, id.issuerKeyHash) &&
    equal(hashes.issuerNameHash, id.issuerNameHash)
  );
}

/** By CA and hash algorithm; of algorithms that are not supported nothing is kept. */
const HASHES = new WeakMap<CertificateAuthority, Map<string, IssuerHashes>>();

function hashesOf(authority: CertificateAuthority, algorithm: string): IssuerHashes | undefined {
  const known = HASHES.get(authority) ?? new Map<string, IssuerHashes>();
  HASHES.set(authority, known);
  const hashes = known.get(algorithm) ?? issuerHashes(authority.certificate, algorithm);
  if (hashes !== undefined) known.set(algorithm, hashes);
  return hashes;
}

function answer(id: CertId, publication: Publication, data: Snapshot): SingleAnswer {
  const { thisUpdate, nextUpdate } = data;
  return { id, status: statusOf(Number(id.serial), publication, data), thisUpdate, nextUpdate };
}

function statusOf(serial: number, { authority }: Publication, data: Snapshot) {
  if (!authority.has(serial)) return "unknown";
  return data.revoked.get(serial) ?? "good";
}

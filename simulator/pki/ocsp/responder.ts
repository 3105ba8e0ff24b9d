/**
 * The OCSP responder (RFC 6960, platform-facts 5.8): one address for all CAs of a world, which are
 * told apart by the hash of their key, because every generation has the same name.
 */
import type { Clock } from "../../clock.ts";
import { SimulatorError } from "../../errors.ts";
import { equal } from "../../iso7816/index.ts";
import type { CertificateAuthority } from "../authority/authority.ts";
import type { Publication, Snapshot } from "../authority/publication.ts";
import type { AnswerOrigin } from "../faults/ocsp.ts";
import type { CertificateKind } from "../status.ts";
import { PreSigned } from "./pre-signed.ts";
import {
  type CertId,
  type IssuerHashes,
  issuerHashes,
  type OcspRequest,
  parseOcspRequest,
} from "./request.ts";
import {
  makeOcspError,
  makeOcspResponse,
  type OcspAnswer,
  type OcspError,
  type SingleAnswer,
} from "./response.ts";

/** From request to response, both DER; it never rejects because of what was asked. */
export type Respond = (request: Uint8Array, circumstances?: Circumstances) => Promise<Uint8Array>;

/** What one request meets. */
export interface Circumstances {
  /** Whether whoever asks may ask about certificates of a kind; about any when absent. */
  mayAsk?(kind: CertificateKind): boolean;
  /** Makes the answer wrong before it is signed. */
  disturb?(answer: OcspAnswer, origin: AnswerOrigin): Promise<OcspAnswer | OcspError>;
}

export interface ResponderOptions {
  /** One for each CA that is answered for at the time. */
  readonly publications: () => readonly Publication[];
  readonly clock: Clock;
  /** Whether answers are signed ahead of time at present: the same for all, without a nonce. */
  readonly preSigned?: () => boolean;
}

export function ocspResponder(options: ResponderOptions): Respond {
  const { publications, clock, preSigned } = options;
  const store = new PreSigned();
  return async (der, circumstances = USUAL) => {
    const request = readRequest(der);
    if (request === undefined) return makeOcspError("malformedRequest");
    const all = publications();
    const publication = all.find((one) => issued(one, request.ids[0]));
    // A delegate may speak for its own CA only, so one response cannot mix two of them.
    if (
      publication === undefined ||
      !request.ids.every((id) => issued(publication, id)) ||
      circumstances.mayAsk?.(publication.authority.kind) === false
    ) {
      return makeOcspError("unauthorized");
    }
    const right = answerTo(request, publication, clock.now());
    const ahead = preSigned?.() ?? false;
    // RFC 9919 section 3.2.3: nobody signed ahead of time about what nobody has heard of.
    if (ahead && right.singles.some(isUnknown)) return makeOcspError("unauthorized");
    const answer =
      (await circumstances.disturb?.(right, { publication, publications: all })) ?? right;
    if (typeof answer === "string") return makeOcspError(answer);
    return answer === right && ahead ? store.respond(right, publication) : makeOcspResponse(answer);
  };
}

const USUAL: Circumstances = {};

function answerTo(request: OcspRequest, publication: Publication, now: Date): OcspAnswer {
  const data = publication.ocspData();
  return {
    responder: publication.authority.responder,
    producedAt: now,
    singles: request.ids.map((id) => single(id, publication, data)),
    ...(request.nonce && { nonce: request.nonce }),
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

function isUnknown({ status }: SingleAnswer): boolean {
  return status === "unknown";
}

function single(id: CertId, { authority }: Publication, data: Snapshot): SingleAnswer {
  const { thisUpdate, nextUpdate, revoked } = data;
  const serial = Number(id.serial);
  const status = authority.has(serial) ? (revoked.get(serial) ?? "good") : "unknown";
  return { id, status, thisUpdate, nextUpdate };
}

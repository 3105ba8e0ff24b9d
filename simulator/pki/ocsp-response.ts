/**
 * OCSP responses as the responder writes them (RFC 6960 section 4.2): signed by a delegate, which
 * names itself by its key.
 */
import { concat } from "../iso7816/index.ts";
import {
  type Asn1,
  bits,
  enumerated,
  generalizedTime,
  octets,
  oid,
  sequence,
  tagged,
  taggedBytes,
} from "./asn1.ts";
import type { ResponderCredential } from "./authority.ts";
import { derPieces } from "./der.ts";
import { type CertId, nonceExtension } from "./ocsp-request.ts";
import { OID } from "./oids.ts";
import { SHA256_WITH_RSA } from "./profile.ts";
import { REASON_CODE } from "./revocation.ts";
import type { RevocationReason } from "./status.ts";
import { TAG } from "./tags.ts";

/** OCSPResponseStatus other than successful. */
export const OCSP_ERROR = {
  malformedRequest: 1,
  internalError: 2,
  tryLater: 3,
  sigRequired: 5,
  unauthorized: 6,
} as const;

export type OcspError = keyof typeof OCSP_ERROR;

export interface SingleAnswer {
  readonly id: CertId;
  readonly status: "good" | "unknown" | RevokedAnswer;
  readonly thisUpdate: Date;
  readonly nextUpdate: Date;
}

export interface RevokedAnswer {
  readonly reason: RevocationReason;
  readonly revokedAt: Date;
}

export interface OcspAnswer {
  readonly responder: ResponderCredential;
  readonly producedAt: Date;
  readonly singles: readonly SingleAnswer[];
  /** Nonce of the request, to be echoed. */
  readonly nonce?: Uint8Array;
}

/** A signed answer, DER. */
export async function makeOcspResponse(answer: OcspAnswer): Promise<Uint8Array> {
  const { key, certificate } = answer.responder;
  const data = responseData(answer);
  const signature = await key.sign(data);
  const certificates = tagged(0, sequence(certificate.der));
  const basic = derPieces(TAG.sequence, data, SHA256_WITH_RSA, bits(signature), certificates);
  const bytes = derPieces(TAG.sequence, OCSP_BASIC, ...derPieces(TAG.octetString, ...basic));
  return concat(...derPieces(TAG.sequence, SUCCESSFUL, ...derPieces(RESPONSE_BYTES, ...bytes)));
}

const OCSP_BASIC = oid(OID.ocspBasic);
const SUCCESSFUL = enumerated(0);
/** Context-specific tag of OCSPResponse. */
const RESPONSE_BYTES = 0xa0;

/** What the signature is on. */
function responseData({ responder, producedAt, singles, nonce }: OcspAnswer): Asn1 {
  const answers = derPieces(TAG.sequence, ...singles.flatMap(writeSingle));
  const extensions = nonce === undefined ? [] : [tagged(1, sequence(nonceExtension(nonce)))];
  const name = tagged(2, octets(responder.key.keyIdentifier));
  return sequence(name, generalizedTime(producedAt), ...answers, ...extensions);
}

/** An unsigned refusal, DER: five bytes. */
export function makeOcspError(error: OcspError): Uint8Array {
  return sequence(enumerated(OCSP_ERROR[error]));
}

function writeSingle({ id, status, thisUpdate, nextUpdate }: SingleAnswer): Asn1[] {
  const until = tagged(0, generalizedTime(nextUpdate));
  return derPieces(TAG.sequence, id.der, writeStatus(status), generalizedTime(thisUpdate), until);
}

function writeStatus(status: SingleAnswer["status"]): Asn1 {
  if (status === "good") return taggedBytes(0, new Uint8Array(0));
  if (status === "unknown") return taggedBytes(2, new Uint8Array(0));
  const reason =
    status.reason === "unspecified" ? [] : [tagged(0, enumerated(REASON_CODE[status.reason]))];
  return tagged(1, generalizedTime(status.revokedAt), ...reason);
}

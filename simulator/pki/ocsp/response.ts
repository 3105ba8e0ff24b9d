/**
 * OCSP responses as the responder writes them (RFC 6960 section 4.2): signed by a delegate, which
 * names itself by its key.
 */
import { concat } from "../../iso7816/index.ts";
import type { ResponderCredential } from "../authority/authority.ts";
import { REASON_CODE } from "../authority/revocation.ts";
import { SHA256_WITH_RSA } from "../certificate/profile.ts";
import {
  type Asn1,
  enumerated,
  generalizedTime,
  octets,
  oid,
  sequence,
  tagged,
  taggedBytes,
} from "../der/asn1.ts";
import { derPieces } from "../der/der.ts";
import { OID } from "../der/oids.ts";
import { TAG } from "../der/tags.ts";
import type { RevocationReason } from "../status.ts";
import { type CertId, nonceExtension } from "./request.ts";

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
  const data = responseData(answer);
  const signature = await answer.responder.key.sign(data);
  const { certificates } = constantsOf(answer.responder);
  const signed = derPieces(TAG.bitString, WHOLE_BYTES, signature);
  const basic = derPieces(TAG.sequence, data, SHA256_WITH_RSA, ...signed, certificates);
  const bytes = derPieces(TAG.sequence, OCSP_BASIC, ...derPieces(TAG.octetString, ...basic));
  return concat(...derPieces(TAG.sequence, SUCCESSFUL, ...derPieces(RESPONSE_BYTES, ...bytes)));
}

const OCSP_BASIC = oid(OID.ocspBasic);
const SUCCESSFUL = enumerated(0);
/** Context-specific tag of OCSPResponse. */
const RESPONSE_BYTES = 0xa0;
/** No unused bits in the last byte of a BIT STRING. */
const WHOLE_BYTES = Uint8Array.of(0);

/** What the signature is on. */
function responseData({ responder, producedAt, singles, nonce }: OcspAnswer): Asn1 {
  const answers = derPieces(TAG.sequence, ...singles.flatMap(writeSingle));
  const extensions = nonce === undefined ? [] : [tagged(1, sequence(nonceExtension(nonce)))];
  const { name } = constantsOf(responder);
  return sequence(name, generalizedTime(producedAt), ...answers, ...extensions);
}

/** What is the same in all answers of a responder. */
interface Constants {
  /** ResponderID. */
  readonly name: Asn1;
  readonly certificates: Asn1;
}

const CONSTANTS = new WeakMap<ResponderCredential, Constants>();

function constantsOf(responder: ResponderCredential): Constants {
  const known = CONSTANTS.get(responder);
  if (known !== undefined) return known;
  const made = {
    name: tagged(2, octets(responder.key.keyIdentifier)),
    certificates: tagged(0, sequence(responder.certificate.der)),
  };
  CONSTANTS.set(responder, made);
  return made;
}

/** An unsigned refusal, DER: five bytes. */
export function makeOcspError(error: OcspError): Uint8Array {
  return sequence(enumerated(OCSP_ERROR[error]));
}

function writeSingle({ id, status, thisUpdate, nextUpdate }: SingleAnswer): Asn1[] {
  const until = tagged(0, generalizedTime(nextUpdate));
  return derPieces(TAG.sequence, id.der, writeStatus(status), generalizedTime(thisUpdate), until);
}

const GOOD = taggedBytes(0, new Uint8Array(0));
const UNKNOWN = taggedBytes(2, new Uint8Array(0));

function writeStatus(status: SingleAnswer["status"]): Asn1 {
  if (status === "good") return GOOD;
  if (status === "unknown") return UNKNOWN;
  const reason =
    status.reason === "unspecified" ? [] : [tagged(0, enumerated(REASON_CODE[status.reason]))];
  return tagged(1, generalizedTime(status.revokedAt), ...reason);
}

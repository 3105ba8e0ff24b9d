/**
 * OCSP responses as the responder writes them (RFC 6960 section 4.2): signed by a delegate, which
 * names itself by its key.
 */
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
import { type CertId, nonceExtension } from "./ocsp-request.ts";
import { OID } from "./oids.ts";
import { sha256WithRsa } from "./profile.ts";
import { REASON_CODE } from "./revocation.ts";
import type { RevocationReason } from "./status.ts";

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
  const data = sequence(
    tagged(2, octets(key.keyIdentifier)),
    generalizedTime(answer.producedAt),
    sequence(...answer.singles.map(writeSingle)),
    ...(answer.nonce === undefined ? [] : [tagged(1, sequence(nonceExtension(answer.nonce)))]),
  );
  const signature = await key.sign(data);
  const certificates = tagged(0, sequence(certificate.der));
  const basic = sequence(data, sha256WithRsa(), bits(signature), certificates);
  const bytes = sequence(oid(OID.ocspBasic), octets(basic));
  return sequence(enumerated(0), tagged(0, bytes));
}

/** An unsigned refusal, DER: five bytes. */
export function makeOcspError(error: OcspError): Uint8Array {
  return sequence(enumerated(OCSP_ERROR[error]));
}

function writeSingle(single: SingleAnswer): Asn1 {
  return sequence(
    single.id.der,
    writeStatus(single.status),
    generalizedTime(single.thisUpdate),
    tagged(0, generalizedTime(single.nextUpdate)),
  );
}

function writeStatus(status: SingleAnswer["status"]): Asn1 {
  if (status === "good") return taggedBytes(0, new Uint8Array(0));
  if (status === "unknown") return taggedBytes(2, new Uint8Array(0));
  const reason =
    status.reason === "unspecified" ? [] : [tagged(0, enumerated(REASON_CODE[status.reason]))];
  return tagged(1, generalizedTime(status.revokedAt), ...reason);
}

/**
 * OCSP responses as the responder writes them (RFC 6960 section 4.2): signed by a delegate, which
 * names itself by its key.
 */
import { encode, oid } from "./asn1.ts";
import type { ResponderCredential } from "./authority.ts";
import { derObject } from "./der.ts";
import { TAG } from "./der-values.ts";
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

/**
 * A signed answer, DER, written by hand: besides the signature it costs next to nothing. The test
 * compares it with what the library writes.
 */
export async function makeOcspResponse(answer: OcspAnswer): Promise<Uint8Array> {
  const { key } = answer.responder;
  const { responderId, algorithm, certificates } = fixedParts(answer.responder);
  const data = derObject(
    TAG.sequence,
    responderId,
    timeObject(answer.producedAt),
    derObject(TAG.sequence, ...answer.singles.map(writeSingle)),
    ...(answer.nonce === undefined ? [] : [writeNonce(answer.nonce)]),
  );
  const signature = derObject(TAG.bitString, Uint8Array.of(0), await key.sign(data));
  const basic = derObject(TAG.sequence, data, algorithm, signature, certificates);
  const bytes = derObject(TAG.sequence, OCSP_BASIC, derObject(TAG.octetString, basic));
  return derObject(TAG.sequence, SUCCESSFUL, derObject(explicit(0), bytes));
}

/** An unsigned refusal, DER: five bytes. */
export function makeOcspError(error: OcspError): Uint8Array {
  return derObject(TAG.sequence, enumeratedObject(OCSP_ERROR[error]));
}

const SUCCESSFUL = enumeratedObject(0);
const OCSP_BASIC = encode(oid(OID.ocspBasic));
const GOOD = Uint8Array.of(0x80, 0);
const UNKNOWN = Uint8Array.of(0x82, 0);

interface FixedParts {
  readonly responderId: Uint8Array;
  readonly algorithm: Uint8Array;
  readonly certificates: Uint8Array;
}

/** What every answer of a responder has, made once. */
const FIXED = new WeakMap<ResponderCredential, FixedParts>();

function fixedParts(responder: ResponderCredential): FixedParts {
  const known = FIXED.get(responder);
  if (known !== undefined) return known;
  const { certificate, key } = responder;
  const parts = {
    responderId: derObject(explicit(2), derObject(TAG.octetString, key.keyIdentifier)),
    algorithm: encode(sha256WithRsa()),
    certificates: derObject(explicit(0), derObject(TAG.sequence, certificate.der)),
  };
  FIXED.set(responder, parts);
  return parts;
}

function writeSingle({ id, status, thisUpdate, nextUpdate }: SingleAnswer): Uint8Array {
  return derObject(
    TAG.sequence,
    id.der,
    writeStatus(status),
    timeObject(thisUpdate),
    derObject(explicit(0), timeObject(nextUpdate)),
  );
}

function writeStatus(status: SingleAnswer["status"]): Uint8Array {
  if (status === "good") return GOOD;
  if (status === "unknown") return UNKNOWN;
  const code = REASON_CODE[status.reason];
  const reason = code === 0 ? [] : [derObject(explicit(0), enumeratedObject(code))];
  return derObject(explicit(1), timeObject(status.revokedAt), ...reason);
}

function writeNonce(nonce: Uint8Array): Uint8Array {
  return derObject(explicit(1), derObject(TAG.sequence, encode(nonceExtension(nonce))));
}

function explicit(tagNumber: number): number {
  return 0xa0 | tagNumber;
}

function enumeratedObject(value: number): Uint8Array {
  return derObject(TAG.enumerated, Uint8Array.of(value));
}

/** GeneralizedTime in whole seconds. */
function timeObject(date: Date): Uint8Array {
  const text = `${date.toISOString().slice(0, 19).replace(/[-:T]/g, "")}Z`;
  return derObject(TAG.generalizedTime, new TextEncoder().encode(text));
}

/** OCSP responses taken apart (RFC 6960 section 4.2); nothing is checked or believed yet. */
import { type BaseBlock, Constructed, Enumerated, GeneralizedTime, OctetString } from "asn1js";
import {
  BasicOCSPResponse,
  OCSPResponse,
  RelativeDistinguishedNames,
  type SingleResponse,
} from "pkijs";
import { SimulatorError } from "../../errors.ts";
import { reasonOfCode } from "../authority/revocation.ts";
import type { Signed } from "../certificate/certificate.ts";
import { decode, encode } from "../der/asn1.ts";
import { OID } from "../der/oids.ts";
import { type CertId, readCertId, readNonce } from "./request.ts";
import { OCSP_ERROR, type OcspError, type RevokedAnswer } from "./response.ts";

export interface SingleView {
  readonly id: CertId;
  readonly status: "good" | "unknown" | RevokedAnswer;
  readonly thisUpdate: Date;
  readonly nextUpdate?: Date;
}

export interface OcspView extends Signed {
  /** SHA-1 of the responder's key, or its name as DER. */
  readonly responder: { readonly keyHash: Uint8Array } | { readonly name: Uint8Array };
  readonly producedAt: Date;
  readonly singles: readonly SingleView[];
  readonly nonce?: Uint8Array;
  /** DER of the certificates that came along. */
  readonly certificates: readonly Uint8Array[];
}

/**
 * @returns the answer, or the name of the refusal
 * @throws SimulatorError PKI_INVALID when the bytes are not one basic OCSP response
 */
export function readOcspResponse(der: Uint8Array): OcspView | OcspError {
  const schema = decode(der, "OCSP response");
  return orInvalid(() => {
    const response = new OCSPResponse({ schema });
    const code = response.responseStatus.valueBlock.valueDec;
    if (code !== 0) return refusal(code);
    const { responseBytes } = response;
    if (responseBytes?.responseType !== OID.ocspBasic) throw invalid("it is of an unknown type");
    const inner = responseBytes.response.valueBlock.valueHexView;
    return readBasic(new BasicOCSPResponse({ schema: decode(inner, "basic OCSP response") }));
  });
}

function readBasic(basic: BasicOCSPResponse): OcspView {
  const data = basic.tbsResponseData;
  const nonce = data.responseExtensions?.find((one) => one.extnID === OID.ocspNonce);
  return {
    toBeSigned: data.tbsView,
    algorithm: basic.signatureAlgorithm.algorithmId,
    signature: basic.signature.valueBlock.valueHexView,
    responder: readResponder(data.responderID),
    producedAt: data.producedAt,
    singles: data.responses.map(readSingle),
    certificates: (basic.certs ?? []).map((one) => encode(one.toSchema())),
    ...(nonce && { nonce: readNonce(nonce.extnValue) }),
  };
}

function readResponder(id: unknown): OcspView["responder"] {
  if (id instanceof RelativeDistinguishedNames)
    return { name: new Uint8Array(id.valueBeforeDecode) };
  if (id instanceof OctetString) return { keyHash: id.valueBlock.valueHexView };
  throw invalid("it does not say who answers");
}

function readSingle(single: SingleResponse): SingleView {
  return {
    id: readCertId(single.certID),
    status: readStatus(single.certStatus),
    thisUpdate: single.thisUpdate,
    ...(single.nextUpdate && { nextUpdate: single.nextUpdate }),
  };
}

function readStatus(block: BaseBlock): SingleView["status"] {
  if (block.idBlock.tagNumber === 0) return "good";
  if (block.idBlock.tagNumber === 2) return "unknown";
  const [revokedAt, reason] = block instanceof Constructed ? block.valueBlock.value : [];
  if (!(revokedAt instanceof GeneralizedTime)) throw invalid("it says revoked and not since when");
  return { revokedAt: revokedAt.toDate(), reason: readReason(reason) };
}

function readReason(tagged: BaseBlock | undefined): RevokedAnswer["reason"] {
  if (tagged === undefined) return "unspecified";
  const [code] = tagged instanceof Constructed ? tagged.valueBlock.value : [];
  const reason = code instanceof Enumerated ? reasonOfCode(code.valueBlock.valueDec) : undefined;
  if (reason === undefined) throw invalid("it gives a reason that JPKI does not use");
  return reason;
}

function refusal(code: number): OcspError {
  const found = (Object.keys(OCSP_ERROR) as OcspError[]).find((name) => OCSP_ERROR[name] === code);
  if (found === undefined) throw invalid(`it has the status ${code}`);
  return found;
}

function orInvalid<T>(read: () => T): T {
  try {
    return read();
  } catch (cause) {
    if (cause instanceof SimulatorError) throw cause;
    throw new SimulatorError("PKI_INVALID", "this is no OCSP response", { cause });
  }
}

function invalid(message: string): SimulatorError {
  return new SimulatorError("PKI_INVALID", `the OCSP response cannot be used: ${message}`);
}

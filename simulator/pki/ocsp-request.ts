/**
 * OCSP requests (RFC 6960 section 4.1): written by the client, read by the responder. The nonce
 * follows RFC 9654.
 */
import { OctetString } from "asn1js";
import { type CertID, OCSPRequest } from "pkijs";
import { SimulatorError } from "../errors.ts";
import {
  type Asn1,
  decode,
  encode,
  integer,
  nothing,
  octets,
  oid,
  sequence,
  tagged,
} from "./asn1.ts";
import type { CertificateView } from "./certificate.ts";
import { extension } from "./extensions.ts";
import { keyBits, sha1, sha256 } from "./keys.ts";
import { OID } from "./oids.ts";

/** RFC 9654 section 2.1: longer ones, and empty ones, must be refused. */
const MAX_NONCE = 128;
const MAX_REQUESTS = 100;

export type CertIdHash = "sha1" | "sha256";

/** Which certificate is meant, by hashes of its issuer's name and key. */
export interface CertId {
  /** Object identifier of the hash. */
  readonly algorithm: string;
  readonly issuerNameHash: Uint8Array;
  readonly issuerKeyHash: Uint8Array;
  readonly serial: bigint;
  /** As it was or will be sent. */
  readonly der: Uint8Array;
}

export interface OcspRequest {
  readonly ids: readonly CertId[];
  readonly nonce?: Uint8Array;
}

const HASHES: Readonly<Record<string, (bytes: Uint8Array) => Uint8Array>> = {
  [OID.sha1]: sha1,
  [OID.sha256]: sha256,
};

/** Hashes of a CA certificate's name and key; undefined for a hash that is not supported. */
export function issuerHashes(
  issuer: CertificateView,
  algorithm: string,
): Pick<CertId, "issuerNameHash" | "issuerKeyHash"> | undefined {
  const hash = HASHES[algorithm];
  if (hash === undefined) return undefined;
  return {
    issuerNameHash: hash(issuer.subject),
    issuerKeyHash: hash(keyBits(issuer.publicKey)),
  };
}

export function certIdOf(serial: bigint, issuer: CertificateView, hash: CertIdHash): CertId {
  const algorithm = OID[hash];
  const hashes = issuerHashes(issuer, algorithm);
  if (hashes === undefined) throw new SimulatorError("PKI_INVALID", `${hash} is not supported`);
  const block = sequence(
    sequence(oid(algorithm), nothing()),
    octets(hashes.issuerNameHash),
    octets(hashes.issuerKeyHash),
    integer(serial),
  );
  return { algorithm, ...hashes, serial, der: encode(block) };
}

/** @param nonce 1 to 128 bytes; 32 is what RFC 9654 asks of clients */
export function buildOcspRequest(ids: readonly CertId[], nonce?: Uint8Array): Uint8Array {
  const list = sequence(...ids.map(({ der }) => sequence(decode(der, "CertID"))));
  const extensions = nonce === undefined ? [] : [tagged(2, sequence(nonceExtension(nonce)))];
  return encode(sequence(sequence(list, ...extensions)));
}

/** @throws SimulatorError PKI_INVALID for whatever a responder has to call a malformed request */
export function parseOcspRequest(der: Uint8Array): OcspRequest {
  const { tbsRequest } = parse(der);
  const { requestList, requestExtensions = [] } = tbsRequest;
  if (requestList.length === 0 || requestList.length > MAX_REQUESTS) {
    throw new SimulatorError(
      "PKI_INVALID",
      `the request is for ${requestList.length} certificates`,
    );
  }
  const nonce = requestExtensions.find((one) => one.extnID === OID.ocspNonce);
  const ids = requestList.map((one) => readCertId(one.reqCert));
  return nonce === undefined ? { ids } : { ids, nonce: readNonce(nonce.extnValue) };
}

export function readCertId(certId: CertID): CertId {
  return {
    algorithm: certId.hashAlgorithm.algorithmId,
    issuerNameHash: certId.issuerNameHash.valueBlock.valueHexView,
    issuerKeyHash: certId.issuerKeyHash.valueBlock.valueHexView,
    serial: certId.serialNumber.toBigInt(),
    der: encode(certId.toSchema()),
  };
}

export function nonceExtension(nonce: Uint8Array): Asn1 {
  return extension(OID.ocspNonce, octets(nonce));
}

/** @throws SimulatorError PKI_INVALID when it is not an OCTET STRING of 1 to 128 bytes */
export function readNonce(value: OctetString): Uint8Array {
  const block = decode(value.valueBlock.valueHexView, "nonce");
  const nonce = block instanceof OctetString ? block.valueBlock.valueHexView : new Uint8Array(0);
  if (nonce.length === 0 || nonce.length > MAX_NONCE) {
    throw new SimulatorError("PKI_INVALID", `a nonce has 1 to ${MAX_NONCE} bytes`);
  }
  return nonce;
}

function parse(der: Uint8Array): OCSPRequest {
  const schema = decode(der, "OCSP request");
  try {
    return new OCSPRequest({ schema });
  } catch (cause) {
    throw new SimulatorError("PKI_INVALID", "this is no OCSP request", { cause });
  }
}

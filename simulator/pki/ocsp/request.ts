/**
 * OCSP requests (RFC 6960 section 4.1): written by the client, read by the responder. The nonce
 * follows RFC 9654.
 */
import { OctetString } from "asn1js";
import type { CertID } from "pkijs";
import { SimulatorError } from "../../errors.ts";
import type { CertificateView } from "../certificate/certificate.ts";
import { extension } from "../certificate/extensions.ts";
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
} from "../der/asn1.ts";
import { derError, readSpan, type Span } from "../der/der.ts";
import { OID } from "../der/oids.ts";
import { TAG } from "../der/tags.ts";
import { children, expectSpan, readInteger, readOid } from "../der/values.ts";
import { keyBits, sha1, sha256 } from "../keys/keys.ts";

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

export type IssuerHashes = Pick<CertId, "issuerNameHash" | "issuerKeyHash">;

/** Hashes of a CA certificate's name and key; undefined for a hash that is not supported. */
export function issuerHashes(issuer: CertificateView, algorithm: string): IssuerHashes | undefined {
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
  return { algorithm, ...hashes, serial, der: block };
}

/** @param nonce 1 to 128 bytes; 32 is what RFC 9654 asks of clients */
export function buildOcspRequest(ids: readonly CertId[], nonce?: Uint8Array): Uint8Array {
  const list = sequence(...ids.map(({ der }) => sequence(der)));
  const extensions = nonce === undefined ? [] : [tagged(2, sequence(nonceExtension(nonce)))];
  return sequence(sequence(list, ...extensions));
}

/**
 * Read by hand: a responder does this thousands of times a second.
 *
 * @throws SimulatorError PKI_INVALID for whatever a responder has to call a malformed request
 */
export function parseOcspRequest(der: Uint8Array): OcspRequest {
  const outer = expectSpan(der, 0, der.length, TAG.sequence);
  if (outer.end !== der.length) throw derError("bytes after the request", outer.end);
  const tbs = expectSpan(der, outer.start, outer.end, TAG.sequence);
  if (tbs.end !== outer.end) expectSpan(der, tbs.end, outer.end, OPTIONAL_SIGNATURE);
  let at = tbs.start;
  for (const skipped of [VERSION, REQUESTOR_NAME]) {
    if (der[at] === skipped) at = readSpan(der, at, tbs.end).end;
  }
  const list = expectSpan(der, at, tbs.end, TAG.sequence);
  const ids = children(der, list).map((request) => readRequest(der, request));
  if (ids.length === 0 || ids.length > MAX_REQUESTS) {
    throw new SimulatorError("PKI_INVALID", `the request is for ${ids.length} certificates`);
  }
  if (list.end === tbs.end) return { ids };
  const extensions = expectSpan(der, list.end, tbs.end, REQUEST_EXTENSIONS);
  if (extensions.end !== tbs.end) throw derError("bytes after the extensions", extensions.end);
  const nonce = findNonce(der, extensions);
  return nonce === undefined ? { ids } : { ids, nonce };
}

/** Context-specific tags of OCSPRequest and TBSRequest. */
const VERSION = 0xa0;
const REQUESTOR_NAME = 0xa1;
const REQUEST_EXTENSIONS = 0xa2;
const OPTIONAL_SIGNATURE = 0xa0;

function readRequest(der: Uint8Array, request: Span): CertId {
  if (request.tag !== TAG.sequence) throw derError("no request", request.start);
  const certId = expectSpan(der, request.start, request.end, TAG.sequence);
  const algorithm = expectSpan(der, certId.start, certId.end, TAG.sequence);
  const nameHash = expectSpan(der, algorithm.end, certId.end, TAG.octetString);
  const keyHash = expectSpan(der, nameHash.end, certId.end, TAG.octetString);
  const serial = expectSpan(der, keyHash.end, certId.end, TAG.integer);
  if (serial.end !== certId.end) throw derError("bytes after the serial number", serial.end);
  const type = expectSpan(der, algorithm.start, algorithm.end, TAG.oid);
  return {
    algorithm: readOid(der.subarray(algorithm.start, type.end)),
    issuerNameHash: der.slice(nameHash.start, nameHash.end),
    issuerKeyHash: der.slice(keyHash.start, keyHash.end),
    serial: readInteger(der, serial),
    der: der.slice(request.start, certId.end),
  };
}

function findNonce(der: Uint8Array, wrapper: Span): Uint8Array | undefined {
  const list = expectSpan(der, wrapper.start, wrapper.end, TAG.sequence);
  for (const extension of children(der, list)) {
    const [type, ...rest] = children(der, extension);
    const value = rest.at(-1);
    if (type?.tag !== TAG.oid || value?.tag !== TAG.octetString) {
      throw derError("no extension", extension.start);
    }
    if (readOid(der.subarray(extension.start, type.end)) !== OID.ocspNonce) continue;
    const nonce = expectSpan(der, value.start, value.end, TAG.octetString);
    if (nonce.end !== value.end) throw derError("bytes after the nonce", nonce.end);
    return requireNonceLength(der.slice(nonce.start, nonce.end));
  }
  return undefined;
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
  return requireNonceLength(
    block instanceof OctetString ? block.valueBlock.valueHexView : new Uint8Array(0),
  );
}

function requireNonceLength(nonce: Uint8Array): Uint8Array {
  if (nonce.length > 0 && nonce.length <= MAX_NONCE) return nonce;
  throw new SimulatorError("PKI_INVALID", `a nonce has 1 to ${MAX_NONCE} bytes`);
}

/**
 * Revocation lists, version 2 (RFC 5280 section 5): sha256WithRSAEncryption, CRLNumber,
 * AuthorityKeyIdentifier, a reason with every entry.
 *
 * UNVERIFIED: the profile of the real lists is handed out on application only; card-facts section 7.6
 * guesses what stands here.
 */
import { Enumerated, Integer, OctetString } from "asn1js";
import { type AuthorityKeyIdentifier, CertificateRevocationList, type Extension } from "pkijs";
import { SimulatorError } from "../errors.ts";
import { type Asn1, decode, enumerated, integer, sequence, tagged, time } from "./asn1.ts";
import { isSignedBy, type Signed } from "./certificate.ts";
import { authorityKey, extension } from "./extensions.ts";
import type { SigningKey } from "./keys.ts";
import { OID } from "./oids.ts";
import { sha256WithRsa, signed } from "./profile.ts";
import { REASON_CODE, reasonOfCode } from "./revocation.ts";
import type { RevocationReason } from "./status.ts";

const VERSION_2 = 1;

export interface ListEntry {
  readonly serial: number;
  readonly revokedAt: Date;
  readonly reason: RevocationReason;
}

export interface ListFields {
  readonly issuer: Asn1;
  readonly number: number;
  readonly thisUpdate: Date;
  readonly nextUpdate: Date;
  readonly entries: readonly ListEntry[];
}

/** A list somebody received, before or after its signature was checked. */
export interface RevocationList extends Signed {
  /** Distinguished name, DER. */
  readonly issuer: Uint8Array;
  readonly authorityKeyIdentifier?: Uint8Array;
  readonly number: bigint;
  readonly thisUpdate: Date;
  readonly nextUpdate: Date;
  /** How many entries it has. */
  readonly size: number;
  find(serial: bigint): Omit<ListEntry, "serial"> | undefined;
}

/** Writes and signs a list; gives DER. */
export function makeCrl(fields: ListFields, signer: SigningKey): Promise<Uint8Array> {
  const extensions = [
    authorityKey(signer.keyIdentifier),
    extension(OID.crlNumber, integer(fields.number)),
  ];
  const toBeSigned = sequence(
    integer(VERSION_2),
    sha256WithRsa(),
    fields.issuer,
    time(fields.thisUpdate),
    time(fields.nextUpdate),
    // RFC 5280 section 5.1.2.6: a list without entries has no sequence of them.
    ...(fields.entries.length === 0 ? [] : [sequence(...fields.entries.map(writeEntry))]),
    tagged(0, sequence(...extensions)),
  );
  return signed(toBeSigned, signer);
}

/**
 * Reads a list; its signature is not checked yet.
 *
 * @throws SimulatorError PKI_INVALID when the bytes are not one list and nothing more, or lack
 *   nextUpdate or CRLNumber, or hold a critical extension that is not understood
 */
export function readCrl(der: Uint8Array): RevocationList {
  const list = parse(der);
  const extensions = list.crlExtensions?.extensions ?? [];
  requireUnderstood(extensions);
  const number = parsedValue<Integer>(extensions, OID.crlNumber);
  if (!(number instanceof Integer)) throw invalid("it has no CRLNumber");
  if (list.nextUpdate === undefined) throw invalid("it has no nextUpdate");
  const authority = parsedValue<AuthorityKeyIdentifier>(extensions, OID.authorityKeyIdentifier);
  const keyIdentifier = authority?.keyIdentifier;
  const entries = readEntries(list);
  return {
    toBeSigned: list.tbsView,
    algorithm: list.signatureAlgorithm.algorithmId,
    signature: list.signatureValue.valueBlock.valueHexView,
    issuer: new Uint8Array(list.issuer.valueBeforeDecode),
    number: number.toBigInt(),
    thisUpdate: list.thisUpdate.value,
    nextUpdate: list.nextUpdate.value,
    size: entries.size,
    find: (serial) => entries.get(serial),
    ...(keyIdentifier instanceof OctetString && {
      authorityKeyIdentifier: keyIdentifier.valueBlock.valueHexView,
    }),
  };
}

/** Whether `publicKey` (SubjectPublicKeyInfo DER) signed the list. */
export function verifyCrl(list: RevocationList, publicKey: Uint8Array): boolean {
  return isSignedBy(list, publicKey);
}

function writeEntry(entry: ListEntry): Asn1 {
  // RFC 5280 section 5.3.1: "unspecified" is said by saying nothing.
  const reason =
    entry.reason === "unspecified"
      ? []
      : [sequence(extension(OID.crlReason, enumerated(REASON_CODE[entry.reason])))];
  return sequence(integer(entry.serial), time(entry.revokedAt), ...reason);
}

function parse(der: Uint8Array): CertificateRevocationList {
  const schema = decode(der, "revocation list");
  let list: CertificateRevocationList;
  try {
    list = new CertificateRevocationList({ schema });
  } catch (cause) {
    throw new SimulatorError("PKI_INVALID", "this is no revocation list", { cause });
  }
  if (list.signature.algorithmId === list.signatureAlgorithm.algorithmId) return list;
  throw invalid("it names two different signature algorithms");
}

function readEntries(list: CertificateRevocationList): Map<bigint, Omit<ListEntry, "serial">> {
  return new Map(
    (list.revokedCertificates ?? []).map((entry) => {
      const extensions = entry.crlEntryExtensions?.extensions ?? [];
      requireUnderstood(extensions);
      const revokedAt = entry.revocationDate.value;
      return [entry.userCertificate.toBigInt(), { revokedAt, reason: readReason(extensions) }];
    }),
  );
}

function readReason(extensions: readonly Extension[]): RevocationReason {
  const code = parsedValue<Enumerated>(extensions, OID.crlReason);
  if (code === undefined) return "unspecified";
  const reason = code instanceof Enumerated ? reasonOfCode(code.valueBlock.valueDec) : undefined;
  if (reason === undefined) throw invalid("it gives a reason that JPKI does not use");
  return reason;
}

/** RFC 5280 section 5.2: a list with a critical extension nobody understands must not be used. */
function requireUnderstood(extensions: readonly Extension[]): void {
  const strange = extensions.find((one) => one.critical);
  if (strange !== undefined) throw invalid(`it has the critical extension ${strange.extnID}`);
}

function parsedValue<T>(extensions: readonly Extension[], type: string): T | undefined {
  return extensions.find((one) => one.extnID === type)?.parsedValue as T | undefined;
}

function invalid(message: string): SimulatorError {
  return new SimulatorError("PKI_INVALID", `the revocation list cannot be used: ${message}`);
}

/**
 * The little a platform reads from a certificate by itself: serial, public key and validity dates.
 * node:crypto parses it; judging it is the checker's work.
 */
import { type KeyObject, X509Certificate } from "node:crypto";
import { SimulatorError } from "../errors.ts";
import { equal } from "../iso7816/index.ts";

export interface ReadCertificate {
  readonly der: Uint8Array;
  /** 発行番号, upper-case hexadecimal, whole bytes. */
  readonly serial: string;
  readonly publicKey: KeyObject;
  readonly notBefore: Date;
  readonly notAfter: Date;
}

/**
 * Reads a certificate as it came over the wire.
 *
 * @param text base64 (RFC 4648 section 4, padded) of exactly one DER certificate
 * @throws SimulatorError PKI_INVALID when it is not base64, not a certificate, has bytes behind it, or
 *   dates that are none
 */
export function readCertificate(text: string): ReadCertificate {
  const der = decodeBase64(text);
  const { parsed, publicKey } = parse(der);
  if (!equal(new Uint8Array(parsed.raw), der)) {
    throw new SimulatorError("PKI_INVALID", "there are bytes behind the certificate");
  }
  return {
    der,
    serial: parsed.serialNumber.toUpperCase(),
    publicKey,
    notBefore: timeOf(parsed.validFrom),
    notAfter: timeOf(parsed.validTo),
  };
}

/**
 * Base64 without leniency: Buffer skips what it does not know, which would let two texts mean the
 * same bytes.
 *
 * @throws SimulatorError PKI_INVALID
 */
export function decodeBase64(text: string): Uint8Array {
  const bytes = Buffer.from(text, "base64");
  if (bytes.toString("base64") !== text) {
    throw new SimulatorError("PKI_INVALID", "the value is not base64");
  }
  return new Uint8Array(bytes);
}

/** node:crypto reads a certificate whose dates are no dates, and prints them as "Bad time value". */
function timeOf(text: string): Date {
  const time = new Date(text);
  if (!Number.isNaN(time.getTime())) return time;
  throw new SimulatorError("PKI_INVALID", "the certificate has a date that is none");
}

function parse(der: Uint8Array): { parsed: X509Certificate; publicKey: KeyObject } {
  try {
    const parsed = new X509Certificate(der);
    // Decoded only when it is asked for.
    return { parsed, publicKey: parsed.publicKey };
  } catch (cause) {
    throw new SimulatorError("PKI_INVALID", "the bytes are not an X.509 certificate", { cause });
  }
}

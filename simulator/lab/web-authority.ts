/**
 * The CA of a lab's web servers, for platforms behind TLS. It has nothing to do with JPKI: a client
 * under test trusts it as it otherwise trusts the CAs of the public web (RFC 5280, RFC 6125).
 *
 * It goes by the machine's time and not by the world's, because TLS clients do.
 */
import { createHash, createPrivateKey, type webcrypto } from "node:crypto";
import { BitString, Integer, OctetString, Utf8String } from "asn1js";
import {
  AltName,
  AttributeTypeAndValue,
  AuthorityKeyIdentifier,
  BasicConstraints,
  Certificate,
  Extension,
  ExtKeyUsage,
  GeneralName,
  type RelativeDistinguishedNames,
} from "pkijs";
import { z } from "zod";
import type { Clock } from "../clock.ts";
import { SimulatorError } from "../errors.ts";
import type { DoorPlate } from "./door.ts";

const schema = z.strictObject({ certificate: z.string(), privateKey: z.string() });

/** Both PEM, the key as PKCS #8. */
export type WebAuthority = Readonly<z.infer<typeof schema>>;

const KEY = { name: "ECDSA", namedCurve: "P-256" } as const;
const DAY = 24 * 60 * 60 * 1000;
const CA_DAYS = 3650;
/** Browsers accept no server certificate that is valid for longer. */
const SERVER_DAYS = 397;

/** @param machine the clock TLS clients go by */
export async function foundWebAuthority(machine: Clock): Promise<WebAuthority> {
  const keys = await crypto.subtle.generateKey(KEY, true, ["sign", "verify"]);
  const certificate = await draft("jpki-bench lab web CA", machine, CA_DAYS, keys.publicKey, [
    critical("2.5.29.19", new BasicConstraints({ cA: true }).toSchema().toBER()),
    critical("2.5.29.15", KEY_CERT_SIGN),
  ]);
  certificate.extensions?.push(extension("2.5.29.14", keyIdentifier(certificate).toBER()));
  certificate.issuer = certificate.subject;
  await certificate.sign(keys.privateKey, "SHA-256");
  return {
    certificate: toPem("CERTIFICATE", certificate.toSchema().toBER()),
    ...(await pem(keys)),
  };
}

/** @throws SimulatorError STATE_INVALID */
export function parseWebAuthority(value: unknown): WebAuthority {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new SimulatorError("STATE_INVALID", `the web CA: ${z.prettifyError(parsed.error)}`);
}

/** A new certificate for `127.0.0.1` and `localhost`, with its key. */
export async function plateOf(authority: WebAuthority, machine: Clock): Promise<DoorPlate> {
  const keys = await crypto.subtle.generateKey(KEY, true, ["sign", "verify"]);
  const certificate = await draft("localhost", machine, SERVER_DAYS, keys.publicKey, [
    critical("2.5.29.15", DIGITAL_SIGNATURE),
    extension("2.5.29.37", new ExtKeyUsage({ keyPurposes: [SERVER_AUTH] }).toSchema().toBER()),
    extension("2.5.29.17", NAMES.toSchema().toBER()),
  ]);
  const issuer = Certificate.fromBER(fromPem(authority.certificate));
  certificate.issuer = issuer.subject;
  const known = new AuthorityKeyIdentifier({ keyIdentifier: keyIdentifier(issuer) });
  certificate.extensions?.push(extension("2.5.29.35", known.toSchema().toBER()));
  await certificate.sign(await signingKey(authority), "SHA-256");
  const { privateKey: key } = await pem(keys);
  return { key, cert: toPem("CERTIFICATE", certificate.toSchema().toBER()) };
}

const SERVER_AUTH = "1.3.6.1.5.5.7.3.1";
/** Bit 5 and bit 0 of RFC 5280 section 4.2.1.3. */
const KEY_CERT_SIGN = new BitString({ valueHex: Uint8Array.of(0x04), unusedBits: 2 }).toBER();
const DIGITAL_SIGNATURE = new BitString({ valueHex: Uint8Array.of(0x80), unusedBits: 7 }).toBER();
const NAMES = new AltName({
  altNames: [
    new GeneralName({ type: 7, value: new OctetString({ valueHex: Uint8Array.of(127, 0, 0, 1) }) }),
    new GeneralName({ type: 2, value: "localhost" }),
  ],
});

async function draft(
  name: string,
  machine: Clock,
  days: number,
  publicKey: webcrypto.CryptoKey,
  extensions: Extension[],
): Promise<Certificate> {
  const certificate = new Certificate({ version: 2, extensions });
  certificate.serialNumber = new Integer({ valueHex: serialNumber() });
  nameIn(certificate.subject, name);
  // A day back: the clocks of a client and of this machine need not agree to the second.
  certificate.notBefore.value = new Date(machine.now().getTime() - DAY);
  certificate.notAfter.value = new Date(machine.now().getTime() + days * DAY);
  await certificate.subjectPublicKeyInfo.importKey(publicKey);
  return certificate;
}

/** RFC 5280 section 4.2.1.2, method 1. */
function keyIdentifier({ subjectPublicKeyInfo }: Certificate): OctetString {
  const { valueHexView } = subjectPublicKeyInfo.subjectPublicKey.valueBlock;
  const valueHex = new Uint8Array(createHash("sha1").update(valueHexView).digest());
  return new OctetString({ valueHex });
}

/** Drawn by the machine, as the keys are: one CA never gives the same number twice. */
function serialNumber(): Uint8Array<ArrayBuffer> {
  const bytes = crypto.getRandomValues(new Uint8Array(12));
  bytes[0] = 0x4a;
  return bytes;
}

function nameIn(subject: RelativeDistinguishedNames, name: string): void {
  const value = new Utf8String({ value: name });
  subject.typesAndValues.push(new AttributeTypeAndValue({ type: "2.5.4.3", value }));
}

function critical(extnID: string, extnValue: ArrayBuffer): Extension {
  return new Extension({ extnID, critical: true, extnValue });
}

function extension(extnID: string, extnValue: ArrayBuffer): Extension {
  return new Extension({ extnID, critical: false, extnValue });
}

async function signingKey({ privateKey }: WebAuthority): Promise<webcrypto.CryptoKey> {
  const der = createPrivateKey(privateKey).export({ type: "pkcs8", format: "der" });
  return crypto.subtle.importKey("pkcs8", new Uint8Array(der), KEY, false, ["sign"]);
}

async function pem({
  privateKey,
}: webcrypto.CryptoKeyPair): Promise<{ readonly privateKey: string }> {
  const der = await crypto.subtle.exportKey("pkcs8", privateKey);
  return { privateKey: toPem("PRIVATE KEY", der) };
}

/** RFC 7468. */
function toPem(label: string, der: ArrayBuffer): string {
  const lines = Buffer.from(der)
    .toString("base64")
    .match(/.{1,64}/g);
  return `-----BEGIN ${label}-----\n${(lines ?? []).join("\n")}\n-----END ${label}-----\n`;
}

function fromPem(text: string): ArrayBuffer {
  const bytes = Buffer.from(text.replace(/-----[^-]+-----|\s/g, ""), "base64");
  return new Uint8Array(bytes).buffer;
}

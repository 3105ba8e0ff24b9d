/**
 * Self-signed certificate of a CA (card-facts section 7.1): five extensions, SubjectKeyIdentifier
 * last, valid for ten years to the last second of a Japanese day.
 */

import type { CaIdentity } from "../environment.ts";
import { endOfJstDay, jstDay } from "../jst.ts";
import type { PublicKey } from "../keys/keys.ts";
import {
  basicConstraintsCa,
  crlDistributionPoint,
  directoryName,
  keyUsage,
  subjectAltName,
  subjectKeyIdentifier,
} from "./extensions.ts";
import { caName, caNameJa } from "./names.ts";
import type { CertificateFields } from "./profile.ts";

const YEARS = 10;
const DAY = 24 * 60 * 60 * 1000;

export interface CaProfile {
  readonly identity: CaIdentity;
  readonly serial: number;
  readonly notBefore: Date;
}

export function caFields(profile: CaProfile, key: PublicKey): CertificateFields {
  const name = caName(profile.identity);
  return {
    serial: profile.serial,
    issuer: name,
    notBefore: profile.notBefore,
    notAfter: lastSecond(profile.notBefore),
    subject: name,
    publicKey: key.publicKey,
    extensions: [
      keyUsage("keyCertSign", "cRLSign"),
      subjectAltName(directoryName(caNameJa(profile.identity))),
      basicConstraintsCa(),
      crlDistributionPoint(name),
      subjectKeyIdentifier(key.keyIdentifier),
    ],
  };
}

/** The eve of the tenth anniversary, at 23:59:59 in Japan: 2023-07-16 leads to 2033-07-15. */
function lastSecond(notBefore: Date): Date {
  const anniversary = new Date(notBefore);
  anniversary.setUTCFullYear(notBefore.getUTCFullYear() + YEARS);
  return endOfJstDay(jstDay(new Date(anniversary.getTime() - DAY)));
}

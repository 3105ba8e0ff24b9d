/** OCSP answers that are wrong in one way, for clients to find out (platform-facts 8.3). */
import type { CertificateAuthority } from "../authority/authority.ts";
import type { Publication } from "../authority/publication.ts";
import { readCertificate } from "../certificate/certificate.ts";
import { caName } from "../certificate/names.ts";
import { makeCertificate } from "../certificate/profile.ts";
import { responderFields } from "../certificate/profile-responder.ts";
import { OID } from "../der/oids.ts";
import type { SigningKey } from "../keys/keys.ts";
import { certIdOf } from "../ocsp/request.ts";
import {
  OCSP_ERROR,
  type OcspAnswer,
  type OcspError,
  type SingleAnswer,
} from "../ocsp/response.ts";
import type { OcspFault } from "./names.ts";

const HOUR = 60 * 60 * 1000;
const DAY = 24 * HOUR;

/** Where an answer comes from. */
export interface AnswerOrigin {
  readonly publication: Publication;
  /** Everything the responder answers for. */
  readonly publications: readonly Publication[];
}

/** What becomes of an answer before it is signed: another answer, or a refusal. */
export async function disturb(
  fault: OcspFault,
  answer: OcspAnswer,
  origin: AnswerOrigin,
): Promise<OcspAnswer | OcspError> {
  const { authority } = origin.publication;
  const { singles, responder } = answer;
  switch (fault) {
    case "nonce-missing":
      return withoutNonce(answer);
    case "nonce-wrong":
      return answer.nonce === undefined
        ? answer
        : { ...answer, nonce: answer.nonce.map((byte) => byte ^ 0xff) };
    case "this-update-future":
      return { ...answer, singles: singles.map((one) => moved(one, DAY)) };
    case "next-update-past":
      return { ...answer, singles: singles.map((one) => moved(one, -DAY)) };
    case "produced-before-update":
      return { ...answer, producedAt: hourBefore(singles, answer.producedAt) };
    case "other-serial":
      return { ...answer, singles: singles.map((one) => ofNextSerial(one, authority)) };
    case "good-and-revoked":
      return { ...answer, singles: singles.flatMap(contradiction) };
    case "status-unknown":
      return { ...answer, singles: singles.map((one) => ({ ...one, status: "unknown" })) };
    case "signature-wrong":
      return { ...answer, responder: { ...responder, key: spoilt(responder.key) } };
    case "responder-of-other-ca":
      return { ...answer, responder: otherAuthority(origin).responder };
    case "responder-without-eku":
    case "responder-expired":
      return { ...answer, responder: await otherResponder(fault, answer, authority) };
    case "sha1-only":
      return singles.every(({ id }) => id.algorithm === OID.sha1) ? answer : "unauthorized";
    case "sha256-only":
      return singles.every(({ id }) => id.algorithm === OID.sha256) ? answer : "unauthorized";
    default:
      return isRefusal(fault) ? fault : answer;
  }
}

function isRefusal(fault: OcspFault): fault is OcspError & OcspFault {
  return Object.hasOwn(OCSP_ERROR, fault);
}

function withoutNonce({ nonce: _nonce, ...answer }: OcspAnswer): OcspAnswer {
  return answer;
}

function moved(single: SingleAnswer, milliseconds: number): SingleAnswer {
  const later = (date: Date) => new Date(date.getTime() + milliseconds);
  return {
    ...single,
    thisUpdate: later(single.thisUpdate),
    nextUpdate: later(single.nextUpdate),
  };
}

function hourBefore(singles: readonly SingleAnswer[], fallback: Date): Date {
  const first = singles[0]?.thisUpdate ?? fallback;
  return new Date(first.getTime() - HOUR);
}

function ofNextSerial(single: SingleAnswer, { certificate }: CertificateAuthority): SingleAnswer {
  const hash = single.id.algorithm === OID.sha256 ? "sha256" : "sha1";
  return { ...single, id: certIdOf(single.id.serial + 1n, certificate, hash) };
}

/** In the middle, where neither who believes the first nor who believes the last one finds it. */
function contradiction(single: SingleAnswer): SingleAnswer[] {
  const revoked = { reason: "keyCompromise", revokedAt: single.thisUpdate } as const;
  const good = { ...single, status: "good" } as const;
  return [good, { ...single, status: revoked }, good];
}

function spoilt(key: SigningKey): SigningKey {
  return {
    ...key,
    sign: async (message) => {
      const signature = await key.sign(message);
      return signature.with(-1, (signature.at(-1) ?? 0) ^ 1);
    },
  };
}

/** Another generation if there is one, so that the name is right and the key is not. */
function otherAuthority({ publication, publications }: AnswerOrigin): CertificateAuthority {
  const others = publications.filter((one) => one !== publication);
  const { kind } = publication.authority;
  const found = others.find(({ authority }) => authority.kind === kind) ?? others[0];
  return (found ?? publication).authority;
}

async function otherResponder(
  fault: "responder-without-eku" | "responder-expired",
  { producedAt, responder }: OcspAnswer,
  authority: CertificateAuthority,
): Promise<OcspAnswer["responder"]> {
  const { serial, notBefore, notAfter } = responder.certificate;
  const end = fault === "responder-expired" ? new Date(producedAt.getTime() - DAY) : notAfter;
  const { identity, certificate, key } = authority;
  const fields = responderFields(
    { serial: Number(serial), notBefore, notAfter: end },
    {
      identity,
      name: caName(identity),
      serial: Number(certificate.serial),
      keyIdentifier: key.keyIdentifier,
    },
    responder.key,
  );
  const extensions =
    fault === "responder-without-eku" ? fields.extensions.toSpliced(EKU, 1) : fields.extensions;
  const der = await makeCertificate({ ...fields, extensions }, key);
  return { ...responder, certificate: readCertificate(der) };
}

/** Place of ExtendedKeyUsage in the certificate of a responder. */
const EKU = 1;

/** What municipal systems of 類型② ask MKPF, read by the names of the profile. */
import { z } from "zod";
import { decodeBase64, type ReadCertificate } from "../certificate.ts";
import type { CheckMethod } from "../checker.ts";
import { invalidRequest, orRefuse, readBody, readCertificateField } from "../request-body.ts";
import { meaningOf } from "../wire.ts";
import type { MkpfProfile } from "./profile.ts";
import type { Proof } from "./proof.ts";

export interface ValidityRequest {
  readonly certificate: ReadCertificate;
  readonly method?: CheckMethod;
  readonly proof?: Proof;
}

const validityBody = z.strictObject({
  certificate: z.string(),
  method: z.string().optional(),
  challenge: z.string().optional(),
  signature: z.string().optional(),
});

const ppidBody = z.strictObject({ ppid: z.string() });

/** @throws Refusal `invalidRequest` or `certificateMalformed` */
export function readValidityRequest(profile: MkpfProfile, body: unknown): ValidityRequest {
  const fields = readBody(profile.requestFields, body, validityBody);
  const method = readMethod(profile, fields.method);
  const proof = readProof(fields.challenge, fields.signature);
  return {
    certificate: readCertificateField(fields.certificate),
    ...(method && { method }),
    ...(proof && { proof }),
  };
}

/** @throws Refusal `invalidRequest` */
export function readPpidRequest(profile: MkpfProfile, body: unknown): { readonly ppid: string } {
  return readBody(profile.requestFields, body, ppidBody);
}

function readMethod(profile: MkpfProfile, text: string | undefined): CheckMethod | undefined {
  if (text === undefined) return undefined;
  const method = meaningOf(profile.methods, text);
  if (method === "ocsp" || method === "crl") return method;
  throw invalidRequest("the method is neither OCSP nor CRL");
}

function readProof(challenge?: string, signature?: string): Proof | undefined {
  if (challenge === undefined && signature === undefined) return undefined;
  if (challenge === undefined || signature === undefined) {
    throw invalidRequest("a challenge and a signature belong together");
  }
  return orRefuse("invalidRequest", () => ({
    challenge: decodeBase64(challenge),
    signature: decodeBase64(signature),
  }));
}

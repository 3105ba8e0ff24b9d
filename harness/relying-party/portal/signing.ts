/**
 * 署名API from the portal's side (platform-facts 4.5): the platform judges the certificate, the portal
 * itself whether the signature is over the application and by the person who is logged in.
 */
import { createHash } from "node:crypto";
import {
  type DigitalAuthClient,
  type DigitalAuthUser,
  differsFromCertificate,
  examineSignature,
  type SignedDocument,
  type UserAttributes,
} from "../../platform/index.ts";
import type { SIGNATURE_REFUSALS } from "./words.ts";

/** An application that is being signed. */
export interface Draft {
  readonly text: string;
  readonly transactionId: string;
}

/** Somebody who is logged in. */
export interface Resident {
  readonly sub: string;
  readonly attributes: UserAttributes;
}

export type SigningEnd =
  | { readonly signed: SignedDocument; readonly sha256: string }
  | { readonly refused: keyof typeof SIGNATURE_REFUSALS };

/** Hands in the hash of a text. @throws PlatformError */
export async function startSigning(client: DigitalAuthClient, text: string): Promise<Draft> {
  return { text, transactionId: await client.startSignature(digestOf(text)) };
}

/**
 * @param signer who came back
 * @throws PlatformError
 */
export async function finishSigning(
  client: DigitalAuthClient,
  { text, transactionId }: Draft,
  resident: Resident,
  signer: DigitalAuthUser,
): Promise<SigningEnd> {
  if (signer.sub !== resident.sub) return { refused: "otherPerson" };
  const signed = await client.signResult(transactionId, signer);
  const finding = examineSignature(new TextEncoder().encode(text), signed);
  if (finding !== "fits") return { refused: finding };
  const { known } = resident.attributes;
  const differing = differsFromCertificate(signed.certificate, known.reveal());
  if (differing.length > 0) return { refused: "otherAttributes" };
  return { signed, sha256: Buffer.from(digestOf(text)).toString("hex") };
}

function digestOf(text: string): Uint8Array {
  return new Uint8Array(createHash("sha256").update(text, "utf8").digest());
}

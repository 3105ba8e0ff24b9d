/**
 * What the app and the Digital Agency do between the request and the answer (platform-facts 4.5): the
 * certificate is checked, the person consents, and a signature is made where one was asked for.
 */
import type { StatusEvidence } from "../../pki/index.ts";
import type { Attributes } from "../attributes.ts";
import { type CertificateChecker, type CheckMethod, settleVerdict } from "../checker.ts";
import type { RefusalReason, Script } from "./outcomes.ts";
import type { StoredRelyingParty } from "./relying-parties.ts";
import { type SignResult, type SignTransaction, signWith } from "./sign-transactions.ts";
import type { TestCard } from "./test-cards.ts";

/** What stands before the service: a record that was picked, or a card that the app has read. */
export interface PresentedCard extends Omit<TestCard, "id" | "label" | "person" | "attributes"> {
  /** Absent for a card nobody is known to hold. */
  readonly person: string | undefined;
  /** Absent where they were not read. */
  readonly attributes?: Attributes;
}

export interface Authenticated {
  readonly person: string;
  readonly attributes?: Attributes;
  readonly evidence: StatusEvidence;
  readonly signed?: SignResult;
}

export interface AuthenticationRequest {
  readonly party: StoredRelyingParty;
  readonly card: PresentedCard;
  readonly script: Script;
  readonly method: CheckMethod;
  /** 署名API only. */
  readonly transaction?: SignTransaction;
}

export interface Refused {
  readonly refused: RefusalReason;
}

export async function authenticate(
  checker: CertificateChecker,
  request: AuthenticationRequest,
): Promise<Authenticated | Refused> {
  const { card, script, method, transaction } = request;
  if (script.refuse !== undefined) return { refused: script.refuse };
  const checked = await check(checker, card.authCertificate, method, "auth");
  if ("refused" in checked) return checked;
  const { person, attributes } = card;
  if (person === undefined) return { refused: "certificateRejected" };
  const known = { person, ...(attributes && { attributes }), evidence: checked.evidence };
  if (transaction === undefined) return known;
  const signed = await sign(checker, request, transaction);
  return "refused" in signed ? signed : { ...known, signed };
}

async function sign(
  checker: CertificateChecker,
  { party, card, script, method }: AuthenticationRequest,
  { digestInfo }: SignTransaction,
): Promise<SignResult | Refused> {
  const { signResultJwk } = party;
  if (card.signing === undefined || signResultJwk === undefined) {
    return { refused: "signCertificateMissing" };
  }
  const checked = await check(checker, card.signing.certificate, method, "sign");
  if ("refused" in checked) return checked;
  const signed = await signWith(card.signing, digestInfo, signResultJwk, script.signFault);
  return { ...signed, evidence: checked.evidence };
}

async function check(
  checker: CertificateChecker,
  certificate: Uint8Array,
  method: CheckMethod,
  kind: "auth" | "sign",
): Promise<{ readonly evidence: StatusEvidence } | Refused> {
  const settled = await settleVerdict(checker, { certificate, method, kind });
  switch (settled.verdict) {
    case "valid":
      return { evidence: settled.evidence };
    case "revoked":
      return { refused: "certificateRevoked" };
    case "expired":
      return { refused: "certificateExpired" };
    case "unchecked":
      return { refused: "maintenance" };
    default:
      return { refused: "certificateRejected" };
  }
}

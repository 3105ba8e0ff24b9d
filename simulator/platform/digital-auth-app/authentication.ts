/**
 * What the app and the Digital Agency do between the request and the answer (platform-facts 4.5): the
 * certificate is checked, the person consents, and a signature is made where one was asked for.
 */
import type { StatusEvidence } from "../../pki/index.ts";
import type { Attributes } from "../attributes.ts";
import { type CertificateChecker, type CheckMethod, settleVerdict } from "../checker.ts";
import type { DigitalAuthProfile } from "./profile.ts";
import type { StoredRelyingParty } from "./relying-parties.ts";
import {
  type SignFault,
  type SignResult,
  type SignTransaction,
  signWith,
} from "./sign-transactions.ts";
import type { TestCard } from "./test-cards.ts";

export type RefusalReason = keyof DigitalAuthProfile["refusals"];

/** What a tester can choose to happen; reasons for refusal are what the app or service would report. */
export type Outcome =
  | "normal"
  | Exclude<RefusalReason, "certificateRejected" | "signCertificateMissing">
  | SignFault;

export const SIGN_FAULTS: readonly SignFault[] = [
  "otherDocument",
  "digestInfoMissing",
  "digestInfoTwice",
  "jweTampered",
];

export const OUTCOMES: readonly Outcome[] = [
  "normal",
  "cancelled",
  "consentDeclined",
  "pinLocked",
  "certificateRevoked",
  "certificateExpired",
  "unmetAcr",
  "maintenance",
  "serverError",
  ...SIGN_FAULTS,
];

export interface Authenticated {
  readonly person: string;
  readonly attributes: Attributes;
  readonly evidence: StatusEvidence;
  readonly signed?: SignResult;
}

export interface AuthenticationRequest {
  readonly party: StoredRelyingParty;
  readonly card: TestCard;
  readonly outcome: Outcome;
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
  const { card, outcome, method, transaction } = request;
  if (isRefusal(outcome)) return { refused: outcome };
  const checked = await check(checker, card.authCertificate, method, "auth");
  if ("refused" in checked) return checked;
  const { person, attributes } = card;
  const known = { person, attributes, evidence: checked.evidence };
  if (transaction === undefined) return known;
  const signed = await sign(checker, request, transaction);
  return "refused" in signed ? signed : { ...known, signed };
}

function isRefusal(outcome: Outcome): outcome is Exclude<Outcome, "normal" | SignFault> {
  return outcome !== "normal" && !SIGN_FAULTS.some((fault) => fault === outcome);
}

async function sign(
  checker: CertificateChecker,
  { party, card, outcome, method }: AuthenticationRequest,
  { digestInfo }: SignTransaction,
): Promise<SignResult | Refused> {
  const { signResultJwk } = party;
  if (card.signing === undefined || signResultJwk === undefined) {
    return { refused: "signCertificateMissing" };
  }
  const checked = await check(checker, card.signing.certificate, method, "sign");
  if ("refused" in checked) return checked;
  const fault = SIGN_FAULTS.find((known) => known === outcome);
  const signed = await signWith(card.signing, digestInfo, signResultJwk, fault);
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

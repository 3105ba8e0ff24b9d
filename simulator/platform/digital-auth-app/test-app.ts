/**
 * The app as it is tested with test cards (検証用アプリ): a card is read, and proves that it is there by
 * signing the visit's challenge; with 署名API it signs what was handed in as well (platform-facts 4.5).
 * The other way of testing, with records to pick from, is in screen.ts.
 *
 * UNVERIFIED: how app and server talk to each other. No public text says; the names are in the profile.
 */
import { verify } from "node:crypto";
import { z } from "zod";
import { SimulatorError } from "../../errors.ts";
import { equal } from "../../iso7816/index.ts";
import { decodeBase64, readCertificate } from "../certificate.ts";
import { fromWire } from "../wire.ts";
import type { PresentedCard } from "./authentication.ts";
import type { Choice } from "./choice.ts";
import type { DigitalAuthProfile } from "./profile.ts";
import type { TestCards } from "./test-cards.ts";

/** 4情報 of 券面事項入力補助AP, where it was read. */
const attributes = z.object({
  name: z.string().min(1),
  address: z.string().min(1),
  birthDate: z.string().regex(/^\d{8}$/),
  sex: z.string().regex(/^\d$/),
});

const proof = z.object({
  certificate: z.string(),
  signature: z.string(),
  signCertificate: z.string().optional(),
  signSignature: z.string().optional(),
});

type Proof = z.output<typeof proof>;

export interface Presenting {
  readonly profile: DigitalAuthProfile;
  readonly cards: TestCards;
  /** What the card had to sign. */
  readonly challenge: Uint8Array;
}

/**
 * @param form what the app posted
 * @returns undefined for what is not a presentation of a card at all
 */
export function readPresentation(
  { profile, cards, challenge }: Presenting,
  form: URLSearchParams,
): Choice | undefined {
  const posted = fromWire(profile.appFields, Object.fromEntries(form));
  const proven = proof.safeParse(posted);
  if (!proven.success) return undefined;
  const read = attributes.safeParse(posted);
  try {
    const { card, genuine } = presented(proven.data, cards, challenge);
    return {
      card: read.success ? { ...card, attributes: read.data } : card,
      script: genuine ? {} : { refuse: "proofInvalid" },
    };
  } catch (error) {
    if (error instanceof SimulatorError && error.code === "PKI_INVALID") return undefined;
    throw error;
  }
}

/** @throws SimulatorError PKI_INVALID for what is not base64, or not a certificate */
function presented(posted: Proof, cards: TestCards, challenge: Uint8Array) {
  const { der, publicKey } = readCertificate(posted.certificate);
  const person = cards.list().find(({ authCertificate }) => equal(authCertificate, der))?.person;
  const card: PresentedCard = { person, authCertificate: der, ...signingIn(posted) };
  const genuine = verify("sha256", challenge, publicKey, decodeBase64(posted.signature));
  return { card, genuine };
}

function signingIn({ signCertificate, signSignature }: Proof): Pick<PresentedCard, "signing"> {
  if (signCertificate === undefined || signSignature === undefined) return {};
  const signature = decodeBase64(signSignature);
  return { signing: { certificate: decodeBase64(signCertificate), sign: async () => signature } };
}

/**
 * What a tester can choose to happen, on the screen or in the request (platform-facts 4.7): the person
 * gets through, is refused, never comes back, or the service is answered something it has to notice
 * (platform-facts DA-05, DA-07, DA-13, DA-14).
 */
import { ID_TOKEN_FAULTS, type IdTokenFault } from "./id-token.ts";
import type { DigitalAuthProfile } from "./profile.ts";
import type { SignFault } from "./sign-transactions.ts";

export type RefusalReason = keyof DigitalAuthProfile["refusals"];

/** The rest are found out and not chosen. */
type ChosenRefusal = Exclude<
  RefusalReason,
  "certificateRejected" | "signCertificateMissing" | "proofInvalid" | "testMethodsMixed"
>;

/** The person stays where they are, and the service hears nothing. */
export type Stall = "appMissing" | "unsupportedOs";

export type Outcome = "normal" | ChosenRefusal | Stall | SignFault | `idToken.${IdTokenFault}`;

/** An outcome, taken apart; empty for the normal one. */
export interface Script {
  readonly refuse?: RefusalReason;
  readonly stall?: Stall;
  readonly signFault?: SignFault;
  readonly idTokenFault?: IdTokenFault;
}

const REFUSALS: Readonly<Record<ChosenRefusal, string>> = {
  cancelled: "利用者が中止 / cancelled by the user",
  consentDeclined: "同意しない / consent declined",
  pinLocked: "暗証番号ロック / PIN locked",
  certificateRevoked: "電子証明書失効 / certificate revoked",
  certificateExpired: "電子証明書有効期限切れ / certificate expired",
  unmetAcr: "認証レベル不足 / unmet acr",
  maintenance: "JPKIメンテナンス / JPKI maintenance",
  serverError: "サーバーエラー / server error",
};

/** Also what the page says to the person. */
export const STALLS: Readonly<Record<Stall, string>> = {
  appMissing: "アプリ未インストール / the app is not installed",
  unsupportedOs: "未対応のOS / the operating system is not supported",
};

const SIGN_FAULTS: Readonly<Record<SignFault, string>> = {
  otherDocument: "署名対象が異なる / signature over another document",
  digestInfoMissing: "DigestInfoなし / DigestInfo missing",
  digestInfoTwice: "DigestInfo二重 / DigestInfo twice",
  jweTampered: "JWE改ざん / tampered JWE",
  jweWrongKey: "別の鍵へのJWE / JWE for another key",
};

/** What a choice means. @returns undefined for a name that is none */
export function scriptOf(outcome: unknown): Script | undefined {
  const [refuse, stall, signFault] = [REFUSALS, STALLS, SIGN_FAULTS].map((group) =>
    Object.keys(group).find((name) => name === outcome),
  );
  if (outcome === "normal") return {};
  if (refuse !== undefined) return { refuse: refuse as ChosenRefusal };
  if (stall !== undefined) return { stall: stall as Stall };
  if (signFault !== undefined) return { signFault: signFault as SignFault };
  const idTokenFault = ID_TOKEN_FAULTS.find((fault) => `idToken.${fault}` === outcome);
  return idTokenFault && { idTokenFault };
}

/**
 * Everything that may be chosen.
 *
 * @param signs whether the request is one of 署名API
 * @returns names, with what they mean to people
 */
export function outcomesFor(signs: boolean): readonly (readonly [Outcome, string])[] {
  const groups = { normal: "正常 / normal", ...REFUSALS, ...STALLS, ...(signs && SIGN_FAULTS) };
  return [
    ...(Object.entries(groups) as [Outcome, string][]),
    ...ID_TOKEN_FAULTS.map(
      (fault) => [`idToken.${fault}`, `IDトークン不正 / bad ID token: ${fault}`] as const,
    ),
  ];
}

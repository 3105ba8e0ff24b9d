/**
 * What a tester can choose to happen, on the screen or in the request (platform-facts 4.7): the person
 * gets through, is refused, never comes back, or the service is answered something it has to notice
 * (platform-facts DA-05, DA-07, DA-13, DA-14).
 */
import type { IdTokenFault } from "./id-token.ts";
import type { DigitalAuthProfile } from "./profile.ts";
import type { SignFault } from "./sign-transactions.ts";

export type RefusalReason = keyof DigitalAuthProfile["refusals"];

/** The rest are found out and not chosen. */
type ChosenRefusal = Exclude<
  RefusalReason,
  | "certificateRejected"
  | "signCertificateMissing"
  | "proofInvalid"
  | "testMethodsMixed"
  | "transactionUsed"
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

const ID_TOKEN_FAULTS: Readonly<Record<IdTokenFault, string>> = {
  wrongIssuer: "issが旧版（/realms/main/） / iss of an old edition",
  wrongAudience: "audが別のサービス / aud: another service",
  wrongNonce: "nonceが別の値 / another nonce",
  wrongAccessTokenHash: "at_hashが別のトークンのもの / at_hash of another token",
  expired: "期限切れ / expired",
  issuedInFuture: "iatが1時間先 / iat an hour ahead",
  algorithmNone: "署名なし（alg none） / unsigned (alg none)",
  algorithmHs256: "公開鍵を共通鍵にしたHS256 / HS256 with the public key",
  wrongKey: "別の鍵の署名 / signed with another key",
  unknownKey: "公開されていないkid / a kid that is not published",
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
  const idTokenFault = Object.keys(ID_TOKEN_FAULTS).find((name) => `idToken.${name}` === outcome);
  return idTokenFault === undefined ? undefined : { idTokenFault: idTokenFault as IdTokenFault };
}

export interface OutcomeGroup {
  readonly title: string;
  /** Names, with what they mean to people. */
  readonly outcomes: readonly (readonly [string, string])[];
}

/**
 * Everything that may be chosen, the usual things first.
 *
 * @param signs whether the request is one of 署名API
 */
export function outcomesFor(signs: boolean): readonly OutcomeGroup[] {
  const usual = { normal: "正常 / normal", ...REFUSALS, ...STALLS };
  const idTokens = Object.entries(ID_TOKEN_FAULTS).map(
    ([name, label]) => [`idToken.${name}`, label] as const,
  );
  const signing = {
    title: "不正な署名結果 / bad sign results",
    outcomes: Object.entries(SIGN_FAULTS),
  };
  return [
    { title: "応答 / response", outcomes: Object.entries(usual) },
    ...(signs ? [signing] : []),
    { title: "不正なIDトークン / bad ID tokens", outcomes: idTokens },
  ];
}

/** What residents are told at the portal, besides what `LOGIN_NOTICES` says. */
import type { Bilingual } from "../../../reports/journal/events.ts";
import type { LoginTrouble, SignatureFinding, UserAttribute } from "../../platform/index.ts";
import type { SiteName, Tone } from "../site/layout.ts";

export const PORTAL: SiteName = {
  name: { ja: "住民ポータル", en: "Residents' portal" },
  owner: { ja: "試験市", en: "Shiken City" },
  accent: "#6b2f5c",
};

export const ATTRIBUTES: Readonly<Record<UserAttribute, Bilingual>> = {
  name: { ja: "氏名", en: "name" },
  address: { ja: "住所", en: "address" },
  birthdate: { ja: "生年月日", en: "born" },
  gender: { ja: "性別", en: "sex" },
};

/** Trouble that may pass, and that nobody has to worry about, is not a refusal. */
export const TROUBLE_TONES: Readonly<Record<LoginTrouble, Tone>> = {
  notHere: "open",
  declined: "info",
  pinLocked: "no",
  certificate: "no",
  outage: "open",
  refused: "no",
};

export function receivedAs(receipt: string): Bilingual {
  return {
    ja: `電子署名を確認し、申請を受け付けました（受付番号 ${receipt}）。`,
    en: `The signature was verified; your application is ${receipt}.`,
  };
}

/** Why a signature was not accepted: the platform looks at the certificate alone. */
export const SIGNATURE_REFUSALS: Readonly<
  Record<Exclude<SignatureFinding, "fits"> | "otherPerson" | "otherAttributes", Bilingual>
> = {
  otherDocument: {
    ja: "署名が申請内容と一致しません。受け付けていません。",
    en: "The signature is over something else. The application was not accepted.",
  },
  digestInfoMissing: {
    ja: "署名の形式が正しくありません（DigestInfoなし）。受け付けていません。",
    en: "The signature has no DigestInfo. The application was not accepted.",
  },
  digestInfoTwice: {
    ja: "署名の形式が正しくありません（DigestInfo二重）。受け付けていません。",
    en: "The signature has two DigestInfos. The application was not accepted.",
  },
  otherKey: {
    ja: "署名が電子証明書と一致しません。受け付けていません。",
    en: "The signature does not belong to the certificate. The application was not accepted.",
  },
  otherPerson: {
    ja: "ログインした方と署名した方が違います。受け付けていません。",
    en: "Somebody else signed. The application was not accepted.",
  },
  otherAttributes: {
    ja: "署名用電子証明書の氏名・住所等が、ログイン時の内容と違います。受け付けていません。",
    en: "The signer's certificate states other attributes. The application was not accepted.",
  },
};

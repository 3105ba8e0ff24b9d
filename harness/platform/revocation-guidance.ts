/**
 * What a person is told whose certificate is revoked, by the reason the CA gives (platform-facts 5.3,
 * PK-01): after a move nothing is wrong with the card, and people do not know that the 署名用
 * certificate has to be issued anew.
 */
import type { Bilingual } from "../../reports/journal/events.ts";
import type { RevocationReason } from "../../simulator/pki/index.ts";

export interface RevocationGuidance {
  /** The reason in a few words. */
  readonly reason: Bilingual;
  /** What to do now. */
  readonly advice: Bilingual;
}

const ISSUE_ANEW: Bilingual = {
  ja: "市区町村の窓口で電子証明書の新規発行を受けてください。",
  en: "Have a new certificate issued at your municipality.",
};

export const REVOCATION_GUIDANCE: Readonly<Record<RevocationReason, RevocationGuidance>> = {
  unspecified: {
    reason: { ja: "交付前の廃棄など", en: "discarded before it was handed out" },
    advice: ISSUE_ANEW,
  },
  keyCompromise: {
    reason: { ja: "秘密鍵の危殆化", en: "private key compromised" },
    advice: {
      ja: "市区町村の窓口へ届け出て、カードと電子証明書の再発行を受けてください。",
      en: "Report it to your municipality and have card and certificate replaced.",
    },
  },
  cACompromise: {
    reason: { ja: "認証局の鍵の危殆化", en: "key of the CA compromised" },
    advice: ISSUE_ANEW,
  },
  affiliationChanged: {
    reason: { ja: "住所・氏名等の変更", en: "address, name or other entries changed" },
    advice: {
      ja: "住所や氏名が変わると失効します。市区町村の窓口で、新しい内容の電子証明書の発行を受けてください。",
      en: "It ends when an address or a name changes. Have one with the new entries issued at your municipality.",
    },
  },
  superseded: {
    reason: { ja: "新しい電子証明書への更新", en: "replaced by a newer certificate" },
    advice: {
      ja: "更新後の電子証明書が入ったカードまたはスマートフォンを使ってください。",
      en: "Use the card or smartphone that carries the newer one.",
    },
  },
  cessationOfOperation: {
    reason: { ja: "失効の申請など", en: "given up by its holder" },
    advice: ISSUE_ANEW,
  },
  certificateHold: {
    reason: { ja: "紛失などによる一時停止", en: "put on hold, after a loss for example" },
    advice: {
      ja: "一時停止された電子証明書は、カードが見つかっても元に戻りません。市区町村の窓口で新規発行を受けてください。",
      en: "A hold is never released, even when the card is found. Have a new one issued at your municipality.",
    },
  },
};

/**
 * The cards a tester can pick instead of a phone with the app (テストカード代替機能, platform-facts 4.7).
 * The lab fills this from its residents.
 */
import type { Attributes } from "../attributes.ts";

export interface TestCard {
  readonly id: string;
  /** For people: `R0001 試験 太郎`. */
  readonly label: string;
  /** Opaque key of the person, the same for every card they ever held. */
  readonly person: string;
  readonly attributes: Attributes;
  /** 利用者証明用, DER. */
  readonly authCertificate: Uint8Array;
  /** Absent for those without a 署名用 certificate. */
  readonly signing?: {
    /** 署名用, DER. */
    readonly certificate: Uint8Array;
    /**
     * RSASSA-PKCS1-v1_5 (RFC 8017 section 8.2) with the 署名用 key over bytes taken as they are: the
     * card adds the padding and nothing else.
     */
    sign(digestInfo: Uint8Array): Promise<Uint8Array>;
  };
}

export interface TestCards {
  list(): readonly TestCard[];
}

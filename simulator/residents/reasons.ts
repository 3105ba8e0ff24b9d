/**
 * Which reason a life event gives to which certificate (card-facts section 8, platform-facts 5.3).
 *
 * UNVERIFIED: which CRLReason the real counters enter for death, emigration, loss and reissue is not
 * public; sources contradict one another on death (affiliationChanged or cessationOfOperation). That
 * a lost card leaves the certificates on the holder's smartphone alone is a guess, too.
 */
import type { Carrier, RevocationReason } from "../pki/index.ts";

export interface Consequences {
  /** Absent: the certificate stays as it is. */
  readonly auth?: RevocationReason;
  readonly sign?: RevocationReason;
  /** Whose certificates; all of the person's when absent. */
  readonly only?: Carrier;
}

export const CONSEQUENCES = {
  /** One of the four attributes changed: 署名用 certificates certify what is no longer so. */
  attributesChanged: { sign: "affiliationChanged" },
  cardLost: { auth: "certificateHold", sign: "certificateHold", only: "card" },
  gone: { auth: "cessationOfOperation", sign: "cessationOfOperation" },
  /** Certificates on a smartphone end with those of the card they were got with (card-facts section 9). */
  renewed: { auth: "superseded", sign: "superseded" },
  signRenewed: { sign: "superseded", only: "card" },
  authGivenUp: { auth: "cessationOfOperation", only: "card" },
  signGivenUp: { sign: "cessationOfOperation", only: "card" },
  smartphoneReplaced: { auth: "superseded", sign: "superseded", only: "smartphone" },
  smartphoneLost: { auth: "certificateHold", sign: "certificateHold", only: "smartphone" },
  smartphoneGivenUp: {
    auth: "cessationOfOperation",
    sign: "cessationOfOperation",
    only: "smartphone",
  },
} as const satisfies Record<string, Consequences>;

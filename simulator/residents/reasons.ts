/**
 * Which reason a life event gives to which certificate (card-facts section 8, platform-facts 5.3).
 *
 * UNVERIFIED: which CRLReason the real counters enter for death, emigration, loss and reissue is not
 * public; sources contradict one another on death (affiliationChanged or cessationOfOperation).
 */
import type { RevocationReason } from "../pki/index.ts";

export interface Consequences {
  /** Absent: the certificate stays as it is. */
  readonly auth?: RevocationReason;
  readonly sign?: RevocationReason;
}

export const CONSEQUENCES = {
  /** One of the four attributes changed: the 署名用 certificate certifies what is no longer so. */
  attributesChanged: { sign: "affiliationChanged" },
  lost: { auth: "certificateHold", sign: "certificateHold" },
  died: { auth: "cessationOfOperation", sign: "cessationOfOperation" },
  renewed: { auth: "superseded", sign: "superseded" },
  signRenewed: { sign: "superseded" },
} as const satisfies Record<string, Consequences>;

/** What a world tells about itself: plain data for its web page, its API and the command line. */
import type { CardProfile } from "../card/index.ts";
import type { CertificateKind, RevocationReason } from "../pki/index.ts";
import type { LabCard } from "./card-box.ts";

/** Base addresses of the services, without a slash at the end. */
export interface LabAddresses {
  readonly console: string;
  readonly ocsp: string;
  readonly crl: { readonly auth: string; readonly sign: string };
  readonly mkpf: { readonly verification: string; readonly production: string };
  readonly localAuthPf: string;
  /** Issuer of デジタル認証アプリ. */
  readonly digitalAuthApp: string;
  readonly attributeProvision: string;
  readonly cardApLoader: string;
}

export interface ResidentRow {
  readonly id: string;
  readonly persona: string;
  readonly status: string;
  /** Synthetic, as everything about a test resident. */
  readonly name: string;
  readonly address: string;
  readonly birthDate: string;
  readonly card?: CardRow;
  readonly smartphone?: CardRow;
}

export interface CardRow {
  readonly id: string;
  readonly resident: string;
  readonly profile: CardProfile;
  /** Answer to reset, upper-case hexadecimal. */
  readonly atr: string;
  readonly pins: LabCard["pins"];
  readonly authSerial: string;
  readonly signSerial?: string;
}

export interface CertificateRow {
  /** Upper-case hexadecimal. */
  readonly serial: string;
  readonly kind: CertificateKind;
  readonly notAfter: string;
  readonly status: "good" | "revoked";
  readonly reason?: RevocationReason;
  readonly revokedAt?: string;
}

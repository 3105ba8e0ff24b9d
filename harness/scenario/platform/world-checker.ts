/** Checks certificates for a platform beside the world's own: by the world's OCSP responder and lists. */
import type { Lab } from "../../../simulator/lab/index.ts";
import {
  type CertificateKind,
  CrlSource,
  inTurn,
  ocspSource,
} from "../../../simulator/pki/index.ts";
import { type CertificateChecker, pkiChecker } from "../../../simulator/platform/index.ts";

export function worldChecker(lab: Lab): CertificateChecker {
  const { addresses, clock, jpki } = lab;
  const { anchors } = jpki;
  const random = lab.random("platform beside the world");
  const list = (kind: CertificateKind) =>
    new CrlSource({
      anchor: jpki[kind].authority.certificate.der,
      clock,
      url: addresses.crl[kind],
    });
  return pkiChecker({
    anchors,
    clock,
    sources: {
      ocsp: ocspSource({ url: addresses.ocsp, anchors, clock, random }),
      crl: inTurn(list("auth"), list("sign")),
    },
  });
}

/**
 * A second service in the place of the production environment, with CAs, names and policies of its
 * own. Nothing is ever issued under the real ones.
 */
import type { Lab } from "../../../simulator/lab/index.ts";
import {
  CrlSource,
  certifiedText,
  JpkiService,
  KeyPool,
  type StatusSource,
} from "../../../simulator/pki/index.ts";
import { MUNICIPALITIES } from "../../../simulator/residents/index.ts";
import { cacheFolder } from "../../config/folders.ts";

/** Keys that the world it stands beside does not draw. */
const FIRST_KEY = 40;

export interface ProductionStandIn {
  readonly environment: "rehearsal";
  /** Its CA certificates, DER. */
  readonly anchors: readonly Uint8Array[];
  /** Its revocation list of 利用者証明用 certificates. */
  readonly list: StatusSource;
  /** DER of a 利用者証明用 certificate it issued. */
  readonly certificate: Uint8Array;
}

export async function productionStandIn(lab: Lab): Promise<ProductionStandIn> {
  const { clock } = lab;
  const environment = "rehearsal";
  const jpki = await JpkiService.create({
    keys: new KeyPool(cacheFolder("keys")).source(FIRST_KEY),
    clock,
    random: lab.random("production"),
    ocspUrl: lab.addresses.ocsp,
    environment,
  });
  const { authority } = jpki.auth;
  const { certificate } = await authority.issue({
    municipality: MUNICIPALITIES[0],
    person: {
      name: certifiedText("試験　本番"),
      address: certifiedText("東京都千代田区試験町１丁目１番２号"),
      birthDate: "19900103",
      sex: "2",
    },
    cardExpiry: "20991231",
  });
  const list = new CrlSource({ anchor: authority.certificate.der, clock });
  list.load(await jpki.auth.crl());
  return { environment, anchors: jpki.anchors, list, certificate };
}

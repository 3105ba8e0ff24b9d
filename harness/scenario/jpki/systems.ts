/** What a municipal system has to do with JPKI itself: checking certificates, and being told of people. */
import type { Lab } from "../../../simulator/lab/index.ts";
import {
  type CertificateKind,
  type CrlSource,
  type MaintenanceWindow,
  type StatusSource,
  sundayMaintenance,
  type Verdict,
} from "../../../simulator/pki/index.ts";
import type { CheckMethod } from "../../../simulator/platform/index.ts";
import { certificateLinkage, type Linkage } from "../../../simulator/residents/index.ts";
import { AttributeProvisionClient, type HttpTraceSink } from "../../platform/index.ts";
import { keptList, type ListChoice } from "./lists.ts";
import { type ProductionStandIn, productionStandIn } from "./production.ts";
import { unregisteredCertificate } from "./unregistered.ts";
import { type OcspHabits, type VerifierSetup, verifier } from "./verifier.ts";

export interface JpkiSystems {
  /**
   * The municipality's own check of a certificate, as it must be done in 類型②.
   *
   * @param how a method, or more about how the system goes about it; by OCSP when absent
   */
  verify(
    certificate: Uint8Array,
    kind: CertificateKind,
    how?: CheckMethod | VerifierSetup,
  ): Promise<Verdict>;
  /** The OCSP responder by itself, which knows serial numbers and not signatures. */
  responder(habits?: OcspHabits): StatusSource;
  /** A revocation list that a system keeps a copy of, for `verify` to ask. */
  keptList(kind: CertificateKind, choice?: ListChoice): CrlSource;
  /** 証明書紐付け情報 and 証明書新旧紐付け情報, as JPKI gives them to verifiers. */
  readonly linkage: Linkage;
  /** A verifier connected to the 最新の利用者情報（4情報）提供サービス. */
  attributeProvision(): AttributeProvisionClient;
  /** DER of a 利用者証明用 certificate the CA signed and no responder has heard of. */
  unregisteredCertificate(): Promise<Uint8Array>;
  /** A second service in the place of the production environment. */
  production(): Promise<ProductionStandIn>;
  /** Announces the next 計画停止 of JPKI: a Sunday from 03:00 to 04:00 in Japan. */
  planMaintenance(): MaintenanceWindow;
}

export function jpkiSystems(lab: Lab, sink: HttpTraceSink): JpkiSystems {
  const { verify, responder } = verifier(lab);
  return {
    verify: (certificate, kind, how = {}) =>
      verify(certificate, kind, typeof how === "string" ? { ask: [how] } : how),
    responder,
    keptList: (kind, choice) => keptList(lab, kind, choice),
    linkage: certificateLinkage(lab),
    attributeProvision: () =>
      new AttributeProvisionClient({
        baseUrl: lab.addresses.attributeProvision,
        profile: lab.attributeProvision.profile,
        sink,
      }),
    unregisteredCertificate: () => unregisteredCertificate(lab),
    production: () => productionStandIn(lab),
    planMaintenance: () => {
      const window = sundayMaintenance(lab.clock);
      lab.jpki.maintenance.push(window);
      return window;
    },
  };
}

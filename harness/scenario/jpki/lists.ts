/** Where the revocation lists of a world are, and the copies that a system fetches of them. */
import type { Clock } from "../../../simulator/clock.ts";
import { SimulatorError } from "../../../simulator/errors.ts";
import { equal } from "../../../simulator/iso7816/index.ts";
import type { Lab } from "../../../simulator/lab/index.ts";
import {
  type CertificateKind,
  CrlSource,
  type CrlSourceOptions,
  type Publication,
  readCertificate,
  type StatusSource,
  StatusUnavailable,
} from "../../../simulator/pki/index.ts";

export interface ListChoice {
  /** Counted from 1, the oldest; the newest when absent. */
  readonly generation?: number;
  /** Code of a municipality, for the list that is about its certificates alone. */
  readonly municipality?: string;
  /** Where to fetch it instead of where the CA has put it. */
  readonly url?: string;
  /** Token of a registered verifier. */
  readonly token?: string;
}

/** A list that is fetched when there is none in date, or by `refresh`, and kept. */
export function keptList(lab: Lab, kind: CertificateKind, choice: ListChoice = {}): CrlSource {
  const { generation, url = addressOf(lab, kind, choice), token } = choice;
  const generations = lab.jpki.generations(kind);
  const publication = generations.at((generation ?? generations.length) - 1);
  if (publication === undefined) {
    throw new SimulatorError("PKI_INVALID", `there is no generation ${generation} of CAs`);
  }
  return listSource(publication, {
    url,
    clock: lab.clock,
    ...(token !== undefined && { token }),
  });
}

function addressOf(lab: Lab, kind: CertificateKind, choice: ListChoice): string {
  const { generation, municipality } = choice;
  const file = generation === undefined ? `${kind}.crl` : `${kind}-${generation}.crl`;
  const path = municipality === undefined ? file : `${municipality}/${file}`;
  return new URL(path, lab.addresses.crl[kind]).href;
}

/** Fetches the list of whichever CA issued the certificate, anew for each question. */
export function currentLists(lab: Lab, clock: Clock): StatusSource {
  return {
    check: async (certificate) => {
      const { serial, authorityKeyIdentifier: issuer } = readCertificate(certificate);
      const list =
        issuer && publishedLists(lab).find(({ publication }) => isKey(issuer, publication));
      if (list === undefined) {
        throw new StatusUnavailable("issuer", `no CA of this world issued certificate ${serial}`);
      }
      return listSource(list.publication, { url: list.url, clock }).check(certificate);
    },
  };
}

function publishedLists(lab: Lab) {
  return (["card", "smartphone"] as const).flatMap((carrier) =>
    (["auth", "sign"] as const).flatMap((kind) =>
      lab.jpki.generations(kind, carrier).map((publication, i) => {
        const file = `${carrier === "card" ? "" : "smartphone-"}${kind}-${i + 1}.crl`;
        return { publication, url: new URL(file, lab.addresses.crl[kind]).href };
      }),
    ),
  );
}

function isKey(identifier: Uint8Array, { authority }: Publication): boolean {
  const { keyIdentifier } = authority.certificate;
  return keyIdentifier !== undefined && equal(keyIdentifier, identifier);
}

function listSource(
  { authority }: Publication,
  options: Omit<CrlSourceOptions, "anchor">,
): CrlSource {
  return new CrlSource({ anchor: authority.certificate.der, ...options });
}

/**
 * The revocation lists of one CA as a platform keeps them: one for each of its generations, which have
 * one name and different keys (platform-facts XS-02). A generation that is founded later counts from
 * then on; one whose own certificate is over publishes nothing more.
 */
import type { Clock } from "../clock.ts";
import {
  type CertificateStatus,
  CrlSource,
  inTurn,
  type Publication,
  StatusUnavailable,
} from "../pki/index.ts";
import type { RefreshableSource } from "../platform/index.ts";

export interface GenerationListsOptions {
  /** The oldest first. */
  readonly generations: () => readonly Publication[];
  /** Address of the list of the n-th generation, from 1. */
  readonly urlOf: (generation: number) => string;
  readonly clock: Clock;
  /** Of the verifier who asks. */
  readonly token: string;
}

export class GenerationLists implements RefreshableSource {
  readonly #options: GenerationListsOptions;
  readonly #lists = new Map<Publication, CrlSource>();

  constructor(options: GenerationListsOptions) {
    this.#options = options;
  }

  /** @throws SimulatorError PKI_STATUS_UNAVAILABLE when any of them cannot be had */
  async refresh(): Promise<void> {
    await Promise.all(this.#present().map((list) => list.refresh()));
  }

  async check(certificate: Uint8Array): Promise<CertificateStatus> {
    const [first, ...rest] = this.#present();
    if (first === undefined) throw new StatusUnavailable("issuer", "this CA has no generation");
    return inTurn(first, ...rest).check(certificate);
  }

  #present(): CrlSource[] {
    const { generations, clock } = this.#options;
    const now = clock.now();
    return generations().flatMap((publication, place) =>
      publication.authority.certificate.notAfter < now ? [] : [this.#list(publication, place + 1)],
    );
  }

  #list(publication: Publication, generation: number): CrlSource {
    const known = this.#lists.get(publication);
    if (known !== undefined) return known;
    const { urlOf, clock, token } = this.#options;
    const anchor = publication.authority.certificate.der;
    const list = new CrlSource({ anchor, clock, token, url: urlOf(generation) });
    this.#lists.set(publication, list);
    return list;
  }
}

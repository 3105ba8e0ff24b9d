/** Builds the parts of a world in the order in which they need each other. */
import type { Clock } from "../clock.ts";
import {
  carrierOf,
  JpkiService,
  type KeySource,
  ocspSource,
  type StatusSource,
} from "../pki/index.ts";
import {
  type AttributeProvision,
  type AttributeProvisionState,
  type CardApLoader,
  type CertificateChecker,
  type CounterCardReader,
  createAttributeProvision,
  createCardApLoader,
  createDigitalAuthApp,
  createLocalAuthPf,
  createMkpf,
  DEFAULT_PROFILES,
  type DigitalAuthApp,
  KeptLists,
  type LocalAuthPf,
  type LocalAuthPfProfile,
  type Mkpf,
  type MkpfEnvironment,
  type MkpfProfile,
  PlatformFaults,
  type PlatformProfiles,
  pkiChecker,
} from "../platform/index.ts";
import type { Random } from "../random.ts";
import { MunicipalOffice } from "../residents/index.ts";
import type { CardBox } from "./card-box.ts";
import { cardRegister } from "./card-register.ts";
import { GenerationLists } from "./generation-lists.ts";
import { CardIssuer, type CvAnchors } from "./issuer.ts";
import { peopleOf } from "./people.ts";
import { populationOf } from "./population.ts";
import { testCardsOf } from "./test-cards.ts";
import type { WorldState } from "./world-state.ts";

export interface World {
  readonly jpki: JpkiService;
  readonly issuer: CardIssuer;
  readonly office: MunicipalOffice;
  readonly mkpf: Readonly<Record<MkpfEnvironment, Mkpf>>;
  readonly localAuthPf: LocalAuthPf;
  readonly digitalAuthApp: DigitalAuthApp;
  readonly attributeProvision: AttributeProvision;
  readonly cardApLoader: CardApLoader;
}

export interface WorldParts {
  readonly clock: Clock;
  /** Of this opening of the world: what is drawn from it never comes again. */
  readonly random: Random;
  /** Of the world itself: who the n-th resident is does not depend on when they come. */
  readonly register: Random;
  readonly keys: KeySource;
  /** Where JPKI's services are reached, and each platform. */
  readonly origins: Readonly<
    Record<"jpki" | "mkpfVerification" | "mkpfProduction" | "digitalAuthApp", string>
  >;
  readonly cards: CardBox;
  /** In the place of those built in. */
  readonly profiles?: Partial<PlatformProfiles> | undefined;
  /** The reading software at the counter of 類型①, where there is any. */
  readonly counterReader?: (anchors: CvAnchors) => CounterCardReader | undefined;
  /** Absent for a new world. */
  readonly saved?: WorldState;
}

/** @throws SimulatorError STATE_INVALID */
export async function buildWorld(parts: WorldParts): Promise<World> {
  const { clock, random, saved } = parts;
  const service = { ...parts, ocspUrl: `${parts.origins.jpki}/ocsp` };
  const jpki =
    saved === undefined
      ? await JpkiService.create(service)
      : JpkiService.restore(saved.jpki, service);
  const issuer =
    saved === undefined
      ? await CardIssuer.found(parts.keys)
      : CardIssuer.restore(saved.issuer, parts.keys);
  const counter = { jpki, clock, random: parts.register };
  const office =
    saved === undefined
      ? new MunicipalOffice(counter)
      : MunicipalOffice.restore(saved.office, counter);
  const people = peopleOf(office, jpki);
  const profiles = { ...DEFAULT_PROFILES, ...parts.profiles };
  const reader = parts.counterReader?.(issuer.anchors);
  /** What every platform has of its own; its checker goes by its clock, wrong or right. */
  const own = (name: string, { lists }: Pick<MkpfProfile | LocalAuthPfProfile, "lists">) => {
    const chance = random.fork(name);
    const faults = new PlatformFaults(chance.fork("faults"), clock);
    const checker = checkerFor({ ...parts, clock: faults.clock }, jpki, { lists });
    return { clock, random: chance, faults, checker };
  };
  const mkpf = (environment: MkpfEnvironment, issuer: string, state: unknown) =>
    createMkpf({
      ...own(`mkpf/${environment}`, profiles.mkpf),
      profile: profiles.mkpf,
      environment,
      issuer: () => issuer,
      people,
      ...(reader && { reader }),
      ...(state === undefined ? {} : { state: state as ReturnType<Mkpf["state"]> }),
    });
  const { mkpfVerification, mkpfProduction } = parts.origins;
  const platforms = saved?.platforms;
  return {
    jpki,
    issuer,
    office,
    mkpf: {
      verification: mkpf("verification", mkpfVerification, platforms?.mkpfVerification),
      production: mkpf("production", mkpfProduction, platforms?.mkpfProduction),
    },
    localAuthPf: createLocalAuthPf({
      ...own("local-auth-pf", profiles.localAuthPf),
      profile: profiles.localAuthPf,
      ...(platforms === undefined
        ? {}
        : { state: platforms.localAuthPf as ReturnType<LocalAuthPf["state"]> }),
    }),
    digitalAuthApp: createDigitalAuthApp({
      ...own("digital-auth-app", profiles.mkpf),
      profile: profiles.digitalAuthApp,
      origin: () => parts.origins.digitalAuthApp,
      cards: testCardsOf(() => parts.cards.of(office), jpki, random.fork("test-cards")),
      ...(platforms === undefined
        ? {}
        : { state: platforms.digitalAuthApp as ReturnType<DigitalAuthApp["state"]> }),
    }),
    attributeProvision: createAttributeProvision({
      clock,
      random: random.fork("attribute-provision"),
      profile: profiles.attributeProvision,
      register: populationOf(office),
      ...(platforms === undefined
        ? {}
        : { state: platforms.attributeProvision as AttributeProvisionState }),
    }),
    cardApLoader: createCardApLoader({
      clock,
      random: random.fork("card-ap-loader"),
      profile: profiles.cardApLoader,
      cards: cardRegister(office, parts.cards, clock),
      // Worlds of earlier versions know nothing of it.
      ...(platforms?.cardApLoader === undefined
        ? {}
        : { state: platforms.cardApLoader as ReturnType<CardApLoader["state"]> }),
    }),
  };
}

/**
 * How one platform checks certificates: OCSP over HTTP, of the responder for what carries them, and its
 * own daily copy of the lists about cards. A CA that is founded later counts from then on.
 *
 * UNVERIFIED: that there is no list of smartphone certificates for platforms. The public text names a
 * responder of their own only (platform-facts section 2).
 */
function checkerFor(
  { clock, random, origins }: WorldParts,
  jpki: JpkiService,
  profile: Pick<MkpfProfile | LocalAuthPfProfile, "lists">,
): CertificateChecker {
  const nonces = random.fork("nonces");
  const { token } = jpki.verifiers.platforms;
  const list = (kind: "auth" | "sign") =>
    new GenerationLists({
      generations: () => jpki.generations(kind),
      urlOf: (generation) => `${origins.jpki}/crl/${kind}-${generation}.crl`,
      clock,
      token,
    });
  const crl = new KeptLists({ sources: [list("auth"), list("sign")], clock, ...profile.lists });
  const present = () => {
    const { anchors } = jpki;
    const responder = (path: string) =>
      ocspSource({ url: `${origins.jpki}/${path}`, anchors, clock, random: nonces, token });
    const responders = { card: responder("ocsp"), smartphone: responder("ocsp-smartphone") };
    const ocsp: StatusSource = {
      check: (certificate) => responders[carrierOf(certificate) ?? "card"].check(certificate),
    };
    return pkiChecker({ anchors, clock, sources: { ocsp, crl } });
  };
  return {
    check: (request) => present().check(request),
    carrierOf: (certificate) => present().carrierOf(certificate),
  };
}

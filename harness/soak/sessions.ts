/**
 * One session of a soak run: somebody puts a card on a reader, and a system finds out whether to serve
 * them. Five kinds, mixed as a municipality would see them.
 */
import { createHash } from "node:crypto";
import type { Lab, LabCard } from "../../simulator/lab/index.ts";
import type { Random } from "../../simulator/random.ts";
import { JpkiClient, Secret } from "../card/index.ts";
import type { HttpTraceSink, LocalAuthPfClient, MkpfClient } from "../platform/index.ts";
import type { Reader } from "../reader/index.ts";
import type { Counter } from "../scenario/platform/counter.ts";
import type { DigitalService } from "../scenario/platform/digital-service.ts";
import { municipalSystems } from "../scenario/systems.ts";
import type { Invariants } from "./invariants.ts";

/** By how many of a hundred sessions are of this kind. */
export const MIX = { mkpf2: 50, window: 35, signStatus: 7, mkpf1: 4, digitalAuth: 4 } as const;

export type SessionKind = keyof typeof MIX;

export interface SoakSystems {
  readonly mkpf2: Readonly<Record<"ocsp" | "crl", MkpfClient>>;
  readonly windows: Readonly<Record<"ocsp" | "crl", LocalAuthPfClient>>;
  readonly counter: Counter;
  readonly service: DigitalService;
  /** PPIDs the library knows. */
  readonly patrons: Set<string>;
}

export async function connectSystems(lab: Lab): Promise<SoakSystems> {
  const sink: HttpTraceSink = () => undefined;
  const systems = municipalSystems(lab, sink);
  return {
    mkpf2: {
      ocsp: await systems.mkpf("試験市 図書館"),
      crl: await systems.mkpf("試験市 文書館", { method: "crl" }),
    },
    windows: {
      ocsp: systems.localAuthPf("試験市 市民課窓口"),
      crl: systems.localAuthPf("試験市 出張所", { method: "crl" }),
    },
    counter: await systems.counter("試験市 図書館カウンター"),
    service: await systems.service("試験市 予約サービス"),
    patrons: new Set(),
  };
}

export interface Session {
  readonly lab: Lab;
  readonly systems: SoakSystems;
  readonly invariants: Invariants;
  readonly random: Random;
  readonly reader: Reader;
  readonly card: LabCard;
  /** Whether the holder mistypes, once. */
  readonly mistypes: boolean;
  /** Called for every PIN the holder types. */
  typed(wrong: boolean): void;
}

/** @returns what was answered: `valid`, `invalid`, `unconfirmed` and so on */
export type Play = (session: Session) => Promise<string>;

export function kindOf(random: Random): SessionKind {
  let place = random.below(100);
  for (const [kind, share] of Object.entries(MIX) as [SessionKind, number][]) {
    if (place < share) return kind;
    place -= share;
  }
  return "mkpf2";
}

export const PLAYS: Readonly<Record<SessionKind, Play>> = {
  mkpf2: async (session) => {
    const { systems, random, card, invariants } = session;
    const method = random.pick<"ocsp" | "crl">(["ocsp", "crl"]);
    const withPin = random.below(2) === 0;
    const { certificate, jpki } = await present(session);
    const proof = withPin ? await sign(session, jpki) : undefined;
    const answer = await systems.mkpf2[method].validity({
      certificate,
      ...(proof && { proof }),
    });
    if (answer.result !== "valid") return answer.result;
    const { evidence, ppid: pseudonym } = answer;
    const person = card.resident.id;
    invariants.validSaid({ system: `mkpf2/${method}`, certificate, evidence, person, pseudonym });
    if (method === "ocsp") systems.patrons.add(pseudonym);
    return "valid";
  },
  window: async (session) => {
    const { systems, random, card, invariants } = session;
    const method = random.pick<"ocsp" | "crl">(["ocsp", "crl"]);
    const { certificate } = await present(session);
    const answer = await systems.windows[method].verify(certificate, "auth");
    if (answer.result !== "valid") return answer.result;
    const { evidence } = answer;
    const person = card.resident.id;
    invariants.validSaid({ system: `window/${method}`, certificate, evidence, person });
    return "valid";
  },
  signStatus: async ({ systems, random }) => {
    const [first, ...rest] = systems.patrons;
    if (first === undefined) return "nobody";
    return (await systems.mkpf2.ocsp.signCertificateStatus(random.pick([first, ...rest]))).status;
  },
  mkpf1: async (session) => {
    const { systems, card, reader, invariants } = session;
    const pin = (name: "auth" | "sign" | "text" | "juki") => typedPin(session, name);
    const { visitor } = await systems.counter.register({ reader, pin });
    const { evidence, ppid: pseudonym } = visitor;
    const certificate = certificateOf(session);
    const person = card.resident.id;
    invariants.validSaid({ system: "mkpf1", certificate, evidence, person, pseudonym });
    return "valid";
  },
  digitalAuth: async (session) => {
    const { systems, lab, card, invariants } = session;
    const present = lab.shownBy(card.resident);
    const { sub: pseudonym } = await systems.service.signIn(present);
    const seen = lab.digitalAuthApp.seen.all().findLast((one) => one.request === "authorization");
    if (seen?.request !== "authorization" || seen.outcome !== "granted") {
      return "signed in without a check";
    }
    const { evidence } = seen;
    const certificate = certificateOf({ ...session, card: present });
    const person = card.resident.id;
    invariants.validSaid({ system: "digital-auth", certificate, evidence, person, pseudonym });
    return "valid";
  },
};

/** The certificate off the card, and the AP it came from. */
async function present({ reader }: Session) {
  await reader.open();
  const jpki = new JpkiClient(reader);
  await jpki.select();
  return { certificate: await jpki.authCertificate(), jpki };
}

/** A signature made just now, after the PIN. */
async function sign(session: Session, jpki: JpkiClient) {
  await jpki.verifyAuthPin(typedPin(session, "auth"));
  const challenge = session.random.bytes(32);
  const sha256 = new Uint8Array(createHash("sha256").update(challenge).digest());
  return { challenge, signature: await jpki.signWithAuthKey({ sha256 }) };
}

/** What the holder types, once for each time they are asked. */
function typedPin({ card, mistypes, typed }: Session, name: "auth" | "sign" | "text" | "juki") {
  const right = card.pins[name] ?? "";
  const wrong = mistypes && name === "auth";
  typed(wrong);
  return new Secret(wrong ? right.replace(/.$/, (last) => (last === "0" ? "1" : "0")) : right);
}

/** As the CA issued it, for a check of what was said about it. */
function certificateOf({ lab, card }: Pick<Session, "lab" | "card">): Uint8Array {
  const serial = Number.parseInt(card.authSerial, 16);
  return lab.jpki.authorityOf(serial).find(serial).certificate;
}

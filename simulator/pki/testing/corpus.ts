/**
 * A world with certificates of both kinds in every state there is: each time of validity with each
 * thing that can become of a certificate, several times over. What is said of them here follows from
 * what was done to them, and not from what the CA, its lists or its responder tell.
 */
import { REASON_CODE } from "../authority/revocation.ts";
import { JpkiService } from "../service/service.ts";
import type { CertificateKind, RevocationReason } from "../status.ts";
import { CHIYODA, DAY, MORNING, TARO, type TestWorld, testWorld } from "./world.ts";

export const KINDS = ["auth", "sign"] as const satisfies readonly CertificateKind[];

/** Times every state is there, for each kind. */
const COPIES = 10;
/** How many key pairs the holders share: a key costs 130 ms, and nobody here looks at it. */
const HOLDER_KEYS = 4;
/** Both CAs and their responders. */
const CA_KEYS = 4;
const HOUR = DAY / 24;

const KOBE = { code: "28100", prefecture: "Hyogo-ken", municipality: "Kobe-shi" };

const VALIDITIES = {
  current: { at: new Date(MORNING.getTime() - 30 * DAY), cardExpiry: "20300102" },
  expired: { at: new Date(MORNING.getTime() - 700 * DAY), cardExpiry: "20260601" },
  notYetValid: { at: new Date(MORNING.getTime() + 30 * DAY), cardExpiry: "20300102" },
} as const;

export type Validity = keyof typeof VALIDITIES;

/** What becomes of a certificate: the steps the CA takes, and whether the world can see them yet. */
interface Fate {
  readonly steps: readonly RevocationReason[];
  readonly published: boolean;
}

const FATES: readonly Fate[] = [
  { steps: [], published: true },
  ...(Object.keys(REASON_CODE) as RevocationReason[]).map((reason) => ({
    steps: [reason],
    published: true,
  })),
  // A hold that became final keeps its date.
  { steps: ["certificateHold", "cessationOfOperation"], published: true },
  { steps: ["superseded"], published: false },
];

export interface CorpusEntry {
  readonly kind: CertificateKind;
  /** Upper-case hexadecimal. */
  readonly serial: string;
  /** DER. */
  readonly certificate: Uint8Array;
  readonly validity: Validity;
  /** `good` or `revoked superseded 2026-08-05T03:00:00Z`, as the CA knows it. */
  readonly truth: string;
  /** The same as the world can see it. */
  readonly published: string;
}

export interface Corpus {
  readonly jpki: JpkiService;
  readonly world: TestWorld;
  readonly entries: readonly CorpusEntry[];
}

/** The state of a certificate in the words all witnesses are brought to. */
export function wordsFor(reason: string, revokedAt: Date): string {
  return `revoked ${reason} ${revokedAt.toISOString().replace(".000", "")}`;
}

export async function makeCorpus(): Promise<Corpus> {
  const world = testWorld();
  const jpki = await JpkiService.create({ ...world, keys: keysInTurn(world) });
  const issued: Issued[] = [];
  for (const plan of plans()) issued.push(await issue(jpki, plan));
  for (const one of issued) if (one.fate.published) revoke(jpki, one);
  jpki.publishNow();
  for (const one of issued) if (!one.fate.published) revoke(jpki, one);
  return { jpki, world, entries: issued.map(entry) };
}

interface Plan {
  readonly kind: CertificateKind;
  readonly validity: Validity;
  readonly fate: Fate;
  readonly place: typeof CHIYODA;
  /** Date of revocation; another for each, so that nobody can read one entry for another. */
  readonly at: Date;
}

interface Issued extends Plan {
  readonly serial: number;
  readonly certificate: Uint8Array;
}

/** Every state once, then every state again, so that any hundred in a row have all of them. */
function plans(): Plan[] {
  const copies = Array.from({ length: COPIES }, (_, copy) => (copy % 2 === 0 ? CHIYODA : KOBE));
  const all = KINDS.flatMap((kind) =>
    copies.flatMap((place) =>
      FATES.flatMap((fate) =>
        (Object.keys(VALIDITIES) as Validity[]).map((validity) => ({
          kind,
          place,
          fate,
          validity,
        })),
      ),
    ),
  );
  return all.map((plan, i) => ({ ...plan, at: new Date(MORNING.getTime() - (i + 1) * HOUR) }));
}

async function issue(jpki: JpkiService, plan: Plan): Promise<Issued> {
  const request = { ...VALIDITIES[plan.validity], municipality: plan.place, person: TARO };
  const { serial, certificate } = await jpki[plan.kind].authority.issue(request);
  return { ...plan, serial, certificate };
}

function revoke(jpki: JpkiService, { kind, serial, fate, at }: Issued): void {
  const [first, ...later] = fate.steps;
  if (first !== undefined) jpki[kind].authority.revoke(serial, first, at);
  for (const reason of later) jpki[kind].authority.revoke(serial, reason);
}

function entry({ kind, serial, certificate, validity, fate, at }: Issued): CorpusEntry {
  const reason = fate.steps.at(-1);
  const truth = reason === undefined ? "good" : wordsFor(reason, at);
  const published = fate.published ? truth : "good";
  return {
    kind,
    serial: serial.toString(16).toUpperCase(),
    certificate,
    validity,
    truth,
    published,
  };
}

function keysInTurn({ pool }: TestWorld): TestWorld["keys"] {
  let position = 0;
  return {
    get position() {
      return position;
    },
    next: () => {
      const index = position < CA_KEYS ? position : CA_KEYS + ((position - CA_KEYS) % HOLDER_KEYS);
      position += 1;
      return pool.key(index);
    },
  };
}

/**
 * The library's side of MKPF 類型① (platform-facts 1.3): what the patron's display is sent away for, and
 * what becomes of the PPID it comes back with.
 */
import type { StatusEvidence } from "../../../simulator/pki/index.ts";
import {
  type CounterPurpose,
  type FinishedVisit,
  type MkpfCounterClient,
  type MkpfSignStatus,
  type PendingAuthorization,
  PlatformError,
} from "../../platform/index.ts";
import type { Store } from "../site/store.ts";
import { link, patronByNumber, patronByPpid } from "./circulation.ts";
import type { LibraryRecords } from "./records.ts";
import { OTHERWISE, type Told, VISIT_REFUSALS } from "./words.ts";

/** かざし利用, registration A for a patron's number, or registration B. */
export type Errand =
  | { readonly errand: "touch" }
  | { readonly errand: "link"; readonly patron: string }
  | { readonly errand: "enrol" };

/** A display that is away. */
export interface Departed {
  readonly pending: PendingAuthorization;
  readonly errand: Errand;
}

/** Somebody who stands at the desk now. */
export interface AtDesk {
  readonly patron: string;
  readonly evidence: StatusEvidence;
  /** Whether name or address may have changed; absent when MKPF could not say. */
  readonly attributes?: MkpfSignStatus["status"];
}

/** Somebody whose 4情報 have come, and who is not a patron yet. */
export interface Newcomer {
  readonly ppid: string;
  readonly evidence: StatusEvidence;
  readonly attributes: NonNullable<FinishedVisit["visitor"]["attributes"]>;
}

export type Arrival =
  | { readonly atDesk: AtDesk; readonly news: "found" | "linked" | "alreadyLinked" }
  | { readonly newcomer: Newcomer }
  | { readonly refused: string; readonly told: Told };

const PURPOSES: Readonly<Record<Errand["errand"], CounterPurpose>> = {
  touch: { mode: "touch" },
  link: { mode: "register" },
  enrol: { mode: "register", attributes: true },
};

export async function depart(client: MkpfCounterClient, errand: Errand): Promise<Departed> {
  return { errand, pending: await client.begin(PURPOSES[errand.errand]) };
}

/** @throws PlatformError for anything but a refusal that concerns the person */
export async function arrive(
  client: MkpfCounterClient,
  store: Store<LibraryRecords>,
  answer: URL,
  { pending, errand }: Departed,
): Promise<Arrival> {
  try {
    const visit = await client.finish(answer, pending);
    return await receive(client, store, visit, errand);
  } catch (error) {
    return refusalOf(error);
  }
}

async function receive(
  client: MkpfCounterClient,
  store: Store<LibraryRecords>,
  visit: FinishedVisit,
  errand: Errand,
): Promise<Arrival> {
  const { ppid, evidence, attributes } = visit.visitor;
  const known = patronByPpid(store.content, ppid);
  if (known !== undefined) {
    const status = await statusOf(client, visit);
    const atDesk = { patron: known.number, evidence, ...(status && { attributes: status }) };
    return { atDesk, news: errand.errand === "touch" ? "found" : "alreadyLinked" };
  }
  if (errand.errand === "enrol" && attributes) return { newcomer: { ppid, evidence, attributes } };
  if (errand.errand === "link" && patronByNumber(store.content, errand.patron)) {
    store.keep(link(store.content, errand.patron, ppid));
    return { atDesk: { patron: errand.patron, evidence }, news: "linked" };
  }
  return refused("REGISTRATION_REQUIRED");
}

/** A hint that nobody is turned away for, whatever becomes of the question. */
async function statusOf(client: MkpfCounterClient, visit: FinishedVisit) {
  try {
    return (await client.signCertificateStatus(visit)).status;
  } catch (error) {
    if (error instanceof PlatformError) return undefined;
    throw error;
  }
}

function refusalOf(error: unknown): Arrival {
  const isAnswer = error instanceof PlatformError && error.code === "PLATFORM_REFUSED";
  // A status means that the token endpoint refused the library itself.
  if (!isAnswer || error.status !== undefined) throw error;
  return refused(error.detail ?? error.refusal ?? "");
}

function refused(reason: string): Arrival {
  return { refused: reason, told: VISIT_REFUSALS[reason] ?? OTHERWISE };
}

/** A library that can be careless: the reference client of MKPF 類型①, and records in memory. */
import { type FinishedVisit, MkpfCounterClient, PlatformError } from "../../../platform/index.ts";
import type { Surroundings } from "../../driver.ts";
import type { Done, Excursion, LibraryUnderTest, NotDone } from "../../system-under-test.ts";
import type { Carelessness } from "./faults.ts";

interface Patron {
  readonly number: string;
  readonly name?: string | undefined;
  ppid?: string;
}

type Errand = "touch" | "link" | "enrol";

/** Nobody listens there: where the display was sent back to is all the library needs. */
const REDIRECT_URI = "http://127.0.0.1:1/callback";

const TOLD: Readonly<Record<string, string>> = {
  REVOKED: "失効しています。",
  STATUS_UNAVAILABLE: "確認できません。",
};

export async function carelessLibrary(
  { mkpf, deadline, sink }: Surroundings,
  fault: Carelessness | undefined,
): Promise<LibraryUnderTest> {
  const { issuer, profile } = mkpf;
  const credentials = await mkpf.register(REDIRECT_URI);
  const options = { issuer, profile, redirectUri: REDIRECT_URI, deadline, sink };
  const client = await MkpfCounterClient.create({ ...options, ...credentials });
  const patrons: Patron[] = [{ number: "1" }, { number: "2" }];
  const loans = new Map<string, Patron>();
  let last: Patron | undefined;

  const meet = async (errand: Errand, visit: Excursion): Promise<FinishedVisit> => {
    const attributes = errand === "enrol";
    const pending = await client.begin({
      mode: errand === "touch" ? "touch" : "register",
      attributes,
    });
    const back = await visit(pending.url);
    return client.finish(back, pending);
  };
  const known = ({ visitor }: FinishedVisit): Patron | undefined => {
    const byName = fault === "finds people by name" ? visitor.attributes?.name : undefined;
    return patrons.find(({ ppid, name }) =>
      byName === undefined ? ppid === visitor.ppid : name === byName,
    );
  };
  const add = (ppid: string, name?: string): Patron => {
    const patron = { number: String(patrons.length + 1), ppid, name };
    patrons.push(patron);
    return patron;
  };
  const refuse = (error: unknown): NotDone => {
    if (!(error instanceof PlatformError)) throw error;
    const reason = error.detail ?? error.code;
    if (fault === "says nothing") return { done: false, reason, text: "" };
    const isOpen = reason === "STATUS_UNAVAILABLE" || reason === "PLATFORM_UNREACHABLE";
    const told =
      isOpen && fault === "calls it revoked when it could not check" ? "REVOKED" : reason;
    return { done: false, reason, text: TOLD[told] ?? "手続きできません。" };
  };
  const registered = async (
    errand: Errand,
    visit: Excursion,
    settle: (met: FinishedVisit) => Patron,
  ): Promise<Done<{ patron: string }>> => {
    try {
      last = settle(await meet(errand, visit));
      return { done: true, patron: last.number };
    } catch (error) {
      if (fault === "registers who declined") return { done: true, patron: add("?").number };
      return refuse(error);
    }
  };
  /** Whom a careless library lends to after an answer that names nobody. */
  const lendsAnyway = (error: unknown): boolean => {
    if (!(error instanceof PlatformError)) return false;
    const reason = error.detail ?? error.code;
    return (
      fault === "lends to whoever was here last" ||
      (fault === "lends what could not be checked" && reason === "STATUS_UNAVAILABLE") ||
      (fault === "lends when the platform is down" && reason === "PLATFORM_UNREACHABLE") ||
      (fault === "trusts a card it has seen before" && reason === "REVOKED")
    );
  };
  const hasChanged = async (met: FinishedVisit): Promise<boolean> =>
    fault !== "never asks whether attributes changed" &&
    (await client.signCertificateStatus(met)).status === "maybeChanged";
  const lend = (barcode: string, patron: Patron, mayHaveChanged: boolean) => {
    if (loans.has(barcode)) return { done: false, reason: "lent", text: "貸出中です。" } as const;
    loans.set(barcode, patron);
    return { done: true, patron: patron.number, mayHaveChanged } as const;
  };

  return {
    testData: { patrons: ["1", "2"], books: ["A", "B"] },
    linkPatron: (number, visit) =>
      registered("link", visit, (met) => {
        const before = fault === "links a second number" ? undefined : known(met);
        const patron = before ?? patrons.find((one) => one.number === number);
        if (patron === undefined) throw new Error(`no patron ${number}`);
        patron.ppid = met.visitor.ppid;
        return patron;
      }),
    enrolPatron: (visit) =>
      registered("enrol", visit, (met) => {
        const before = fault === "enrols anybody anew" ? undefined : known(met);
        return before ?? add(met.visitor.ppid, met.visitor.attributes?.name);
      }),
    lendByTouch: async (barcode, visit) => {
      try {
        const met = await meet("touch", visit);
        const patron = known(met) ?? last;
        if (patron === undefined) return { done: false, reason: "unknown", text: "未登録です。" };
        const changed = await hasChanged(met);
        if (changed && fault === "turns away who has moved") {
          return { done: false, reason: "moved", text: "再登録してください。" };
        }
        return lend(barcode, patron, changed);
      } catch (error) {
        if (lendsAnyway(error) && last !== undefined) return lend(barcode, last, false);
        return refuse(error);
      }
    },
    takeBack: async (barcode) =>
      loans.delete(barcode)
        ? { done: true }
        : { done: false, reason: "notLent", text: "貸し出していません。" },
  };
}

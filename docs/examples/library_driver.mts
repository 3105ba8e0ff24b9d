/**
 * 試験対象システムのドライバーの例 / What drives a vendor's library (library_system.mts) by its own HTTP
 * interface, so that `jpki-bench run RP` tests it. In bench.config.ts:
 *
 *   relyingParty: { driver: "./library_driver.mts", url: "http://127.0.0.1:8080" }
 */
import type {
  Done,
  Excursion,
  LibraryUnderTest,
  NotDone,
  Surroundings,
  SystemsDriver,
} from "jpki-bench/harness";

interface Answer {
  readonly refused?: string;
  readonly text?: string;
  readonly visit?: string;
  readonly url?: string;
  readonly patron?: string;
  readonly mayHaveChanged?: boolean;
}

async function openLibrary({ url, deadline, mkpf }: Surroundings): Promise<LibraryUnderTest> {
  if (url === undefined) throw new Error("relyingParty.url should say where the library is");
  const ask = async (path: string, body?: object): Promise<Answer> => {
    const request = body === undefined ? {} : { method: "POST", body: JSON.stringify(body) };
    const signal = AbortSignal.timeout(deadline);
    const answer = await fetch(new URL(path, url), { ...request, signal });
    return (await answer.json()) as Answer;
  };
  /** The patron's display goes to MKPF and comes back. */
  const visit = async (errand: object, excursion: Excursion): Promise<Answer> => {
    const begun = await ask("/visits", errand);
    return begun.url === undefined ? begun : ask((await excursion(new URL(begun.url))).href);
  };
  const registered = async (answer: Answer): Promise<Done<{ patron: string }>> =>
    answer.patron === undefined ? notDone(answer) : { done: true, patron: answer.patron };

  const redirectUri = new URL("/callback", url).href;
  const credentials = await mkpf.register(redirectUri);
  await ask("/platform", { issuer: mkpf.issuer, redirectUri, ...credentials });
  return {
    testData: { patrons: ["20000011", "20000022"], books: ["B-1", "B-2"] },
    linkPatron: async (number, excursion) =>
      registered(await visit({ errand: "link", number }, excursion)),
    enrolPatron: async (excursion) => registered(await visit({ errand: "enrol" }, excursion)),
    lendByTouch: async (barcode, excursion) => {
      const here = await visit({ errand: "touch" }, excursion);
      if (here.patron === undefined) return notDone(here);
      const lent = await ask("/loans", { visit: here.visit, barcode });
      if (lent.patron === undefined) return notDone(lent);
      return { done: true, patron: lent.patron, mayHaveChanged: here.mayHaveChanged === true };
    },
    takeBack: async (barcode) => {
      const answer = await ask("/returns", { barcode });
      return answer.refused === undefined ? { done: true } : notDone(answer);
    },
  };
}

function notDone({ refused = "", text = "" }: Answer): NotDone {
  return { done: false, reason: refused, text };
}

/** This vendor has a library alone: scenarios for a window or a portal are skipped. */
export default { library: openLibrary } satisfies SystemsDriver;

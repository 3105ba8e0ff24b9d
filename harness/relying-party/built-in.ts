/** The built-in systems as systems under test: driven by their pages over HTTP, as a browser would. */
import { type Arrival, Browser } from "../platform/browser.ts";
import { createExchange, type HttpTraceSink } from "../platform/exchange.ts";
import { protocolError } from "../platform/platform-error.ts";
import type { RelyingPartyAddresses } from "./relying-parties.ts";
import type {
  CounterUnderTest,
  Done,
  Excursion,
  LibraryTestData,
  LibraryUnderTest,
  NotDone,
  PortalUnderTest,
  SystemsUnderTest,
} from "./system-under-test.ts";

export interface PagesOptions {
  readonly sink?: HttpTraceSink;
  /** Milliseconds for one page. Default 10000. */
  readonly deadline?: number;
}

type Marks = ReadonlyMap<string, string>;

export function builtInLibrary(address: string, options?: PagesOptions): LibraryUnderTest {
  const pages = new Pages(address, options);
  const visit = (fields: Readonly<Record<string, string>>, excursion: Excursion) =>
    pages.leave("visits", fields, excursion);
  const patronAt = async (marks: Marks): Promise<Done<{ patron: string }>> =>
    marks.get("step") === "patron"
      ? { done: true, patron: marks.get("patron") ?? "" }
      : pages.notDone(marks);
  return {
    testData: TEST_DATA,
    linkPatron: async (number, excursion) =>
      patronAt(await visit({ errand: "link", patron: number }, excursion)),
    enrolPatron: async (excursion) => {
      const marks = await visit({ errand: "enrol" }, excursion);
      if (marks.get("step") !== "newcomer") return patronAt(marks);
      return patronAt(await pages.post("patrons", { phone: "000-0000-0000" }));
    },
    lendByTouch: async (barcode, excursion) => {
      const marks = await visit({ errand: "touch" }, excursion);
      const found = await patronAt(marks);
      if (!found.done) return found;
      const after = await pages.post("loans", { barcode });
      if (after.get("loans") === marks.get("loans")) return pages.notDone(after);
      return { ...found, mayHaveChanged: marks.get("attributes") === "maybeChanged" };
    },
    takeBack: async (barcode) => {
      const marks = await pages.post("returns", { barcode });
      return pages.isRefusal ? pages.notDone(marks) : { done: true };
    },
  };
}

/** As library/records.ts and library/books.ts have them. */
const TEST_DATA: LibraryTestData = {
  patrons: ["10000017", "10000025"],
  books: ["3100000017", "3100000025", "3100000033"],
};

export function builtInCounter(address: string, options?: PagesOptions): CounterUnderTest {
  const pages = new Pages(address, options);
  return {
    present: async (card) => void (await pages.post("card", { card })),
    issueSealCertificate: async ({ methods, pin }) => {
      const fields = { document: "seal", methods, pin: pin.reveal() };
      const marks = await pages.post("applications", fields);
      if (marks.get("step") !== "issued") return pages.notDone(marks);
      return { done: true, receipt: marks.get("receipt") ?? "" };
    },
  };
}

export function builtInPortal(address: string, options?: PagesOptions): PortalUnderTest {
  const pages = new Pages(address, options);
  return {
    logIn: async (excursion) => {
      const marks = await pages.leave("login", {}, excursion);
      if (marks.get("step") !== "home") return pages.notDone(marks);
      return { done: true, missing: (marks.get("missing") ?? "").split(" ").filter(Boolean) };
    },
    sign: async (text, excursion) => {
      const marks = await pages.leave("applications", { text }, excursion);
      if (marks.get("step") !== "home") return pages.notDone(marks);
      return { done: true, applications: Number(marks.get("applications")) };
    },
  };
}

/** All three, the default. */
export function builtInSystems(
  { library, counter, portal }: RelyingPartyAddresses,
  options?: PagesOptions,
): Required<SystemsUnderTest> {
  return {
    library: builtInLibrary(library, options),
    counter: builtInCounter(counter, options),
    portal: () => builtInPortal(portal, options),
  };
}

/** The pages of one system in one browser window. */
class Pages {
  readonly #start: URL;
  readonly #browser: Browser;

  constructor(address: string, { sink = () => {}, deadline = 10_000 }: PagesOptions = {}) {
    this.#start = new URL("/", address);
    const exchange = createExchange({ peer: `${address} 画面`, rules: {}, sink, deadline });
    this.#browser = new Browser(exchange);
  }

  /** Whether the page on the screen refuses something. */
  get isRefusal(): boolean {
    return this.#browser.html.includes('role="alert"');
  }

  /** Posts a form of the first page. */
  async post(path: string, fields: Readonly<Record<string, string>>): Promise<Marks> {
    return this.#marks(await this.#submit(path, fields));
  }

  /** Posts a form that sends the browser away, and comes back. */
  async leave(
    path: string,
    fields: Readonly<Record<string, string>>,
    excursion: Excursion,
  ): Promise<Marks> {
    const arrival = await this.#submit(path, fields);
    if (arrival.at !== "elsewhere") return this.#marks(arrival);
    return this.#marks(await this.#browser.open(await excursion(arrival.url)));
  }

  notDone(marks: Marks): NotDone {
    const [, text = ""] = /role="(?:alert|status)">(.*?)<\/div>/s.exec(this.#browser.html) ?? [];
    const reason = marks.get("reason") ?? marks.get("step") ?? "";
    return { done: false, reason, text: text.replace(/<[^>]*>/g, "") };
  }

  async #submit(path: string, fields: Readonly<Record<string, string>>): Promise<Arrival> {
    await this.#browser.open(this.#start);
    return this.#browser.submit(path, new URLSearchParams(fields));
  }

  #marks(arrival: Arrival): Marks {
    if (arrival.at === "page") return arrival.attributes;
    throw protocolError(`the system's page is missing: ${arrival.at}`);
  }
}

/** What staff does at a terminal of the library, a page each. */
import type { FastifyReply, FastifyRequest } from "fastify";
import type { MkpfCounterClient } from "../../platform/index.ts";
import { addressOf, field, show } from "../site/site.ts";
import type { Store } from "../site/store.ts";
import { enrol, type LoanChange, lend, patronByNumber, takeBack } from "./circulation.ts";
import {
  type Arrival,
  type AtDesk,
  arrive,
  type Departed,
  depart,
  type Errand,
  type Newcomer,
} from "./desk.ts";
import { newcomerPage, patronPage, receptionPage, refusedPage } from "./pages.ts";
import type { LibraryRecords, Patron } from "./records.ts";
import {
  ENROLLED,
  LIBRARY,
  LOAN_REFUSALS,
  lent,
  NEWS,
  NOT_OURS,
  returned,
  type Told,
} from "./words.ts";

export interface LibraryOptions {
  /** Where its pages are, without a slash at the end. */
  readonly origin: string;
  /** Its client of MKPF 類型①; answers go to `/callback`. */
  readonly mkpf: () => Promise<MkpfCounterClient>;
  readonly store: Store<LibraryRecords>;
  readonly now: () => Date;
}

/** What one staff terminal has in hand. */
export interface Desk {
  departed?: Departed | undefined;
  atDesk?: AtDesk | undefined;
  newcomer?: Newcomer | undefined;
  told?: Told | undefined;
}

export type Act = (desk: Desk, request: FastifyRequest, reply: FastifyReply) => unknown;

const CLEAR: Desk = {
  departed: undefined,
  atDesk: undefined,
  newcomer: undefined,
  told: undefined,
};

export class StaffActs {
  readonly #options: LibraryOptions;

  constructor(options: LibraryOptions) {
    this.#options = options;
  }

  /** Whatever the terminal has in hand. */
  readonly look: Act = (desk, _request, reply) => {
    const { newcomer, atDesk, told } = desk;
    const { content } = this.#options.store;
    desk.told = undefined;
    if (newcomer !== undefined) return show(reply, LIBRARY, newcomerPage(newcomer));
    const patron = this.#patronAt(desk);
    if (atDesk === undefined || patron === undefined) {
      return show(reply, LIBRARY, receptionPage(content, told));
    }
    return show(reply, LIBRARY, patronPage(content, atDesk, patron, told));
  };

  /** Sends the patron's display to MKPF. */
  readonly leave: Act = async (desk, request, reply) => {
    const errand = readErrand(request);
    if (errand === undefined) return show(reply, LIBRARY, refusedPage("unknownErrand", NOT_OURS));
    Object.assign(desk, CLEAR);
    desk.departed = await depart(await this.#options.mkpf(), errand);
    return reply.redirect(desk.departed.pending.url.href, 303);
  };

  /** The display is back, with an answer to what it was sent for or to something else. */
  readonly comeBack: Act = async (desk, request, reply) => {
    const { origin, mkpf, store } = this.#options;
    const answer = addressOf(request, origin);
    const { departed } = desk;
    if (departed?.pending.state !== answer.searchParams.get("state")) {
      return show(reply, LIBRARY, refusedPage("notOurs", NOT_OURS));
    }
    desk.departed = undefined;
    const arrival = await arrive(await mkpf(), store, answer, departed);
    if ("refused" in arrival) {
      return show(reply, LIBRARY, refusedPage(arrival.refused, arrival.told));
    }
    settle(desk, arrival);
    return reply.redirect("/", 303);
  };

  /** Registration B, to its end. */
  readonly admit: Act = (desk, request, reply) => {
    const { newcomer } = desk;
    if (newcomer !== undefined) {
      const { store } = this.#options;
      const { ppid, attributes, evidence } = newcomer;
      const phone = field(request, "phone").slice(0, 20);
      const { records, patron } = enrol(store.content, { ...attributes, ppid, phone });
      store.keep(records);
      Object.assign(desk, CLEAR, { atDesk: { patron: patron.number, evidence }, told: ENROLLED });
    }
    return reply.redirect("/", 303);
  };

  readonly lend: Act = (desk, request, reply) => {
    const patron = this.#patronAt(desk);
    if (patron !== undefined) {
      const { store, now } = this.#options;
      const barcode = field(request, "barcode");
      this.#change(desk, lend(store.content, { patron, barcode, at: now() }), lent);
    }
    return reply.redirect("/", 303);
  };

  readonly takeBack: Act = (desk, request, reply) => {
    const { content } = this.#options.store;
    this.#change(desk, takeBack(content, field(request, "barcode")), returned);
    return reply.redirect("/", 303);
  };

  readonly clear: Act = (desk, _request, reply) => {
    Object.assign(desk, CLEAR);
    return reply.redirect("/", 303);
  };

  #patronAt({ atDesk }: Desk): Patron | undefined {
    return atDesk && patronByNumber(this.#options.store.content, atDesk.patron);
  }

  #change(
    desk: Desk,
    change: LoanChange,
    done: (change: Exclude<LoanChange, { refused: string }>) => Told,
  ): void {
    if ("refused" in change) {
      desk.told = { tone: "no", text: LOAN_REFUSALS[change.refused] };
      return;
    }
    this.#options.store.keep(change.records);
    desk.told = done(change);
  }
}

function settle(desk: Desk, arrival: Exclude<Arrival, { refused: string }>): void {
  if ("newcomer" in arrival) {
    desk.newcomer = arrival.newcomer;
    return;
  }
  desk.atDesk = arrival.atDesk;
  desk.told = NEWS[arrival.news];
}

function readErrand(request: FastifyRequest): Errand | undefined {
  const errand = field(request, "errand");
  if (errand === "link") return { errand, patron: field(request, "patron") };
  return errand === "touch" || errand === "enrol" ? { errand } : undefined;
}

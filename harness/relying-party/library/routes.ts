/**
 * 図書館システム, built in: registration A and B through MKPF 類型①, and lending by touch
 * (platform-facts 1.3). One staff terminal at a time is one session.
 */
import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from "fastify";
import type { MkpfCounterClient } from "../../platform/index.ts";
import { Sessions } from "../site/sessions.ts";
import { addressOf, field, furnish, show } from "../site/site.ts";
import type { Store } from "../site/store.ts";
import { day } from "../site/times.ts";
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
import type { LibraryRecords } from "./records.ts";
import { LIBRARY, LOAN_REFUSALS, NOT_OURS, type Told } from "./words.ts";

export interface LibraryOptions {
  /** Where its pages are, without a slash at the end. */
  readonly origin: string;
  /** Its client of MKPF 類型①; answers go to `/callback`. */
  readonly mkpf: () => Promise<MkpfCounterClient>;
  readonly store: Store<LibraryRecords>;
  readonly now: () => Date;
}

/** What one staff terminal has in hand. */
interface Desk {
  departed?: Departed | undefined;
  atDesk?: AtDesk | undefined;
  newcomer?: Newcomer | undefined;
  told?: Told | undefined;
}

type Act = (desk: Desk, request: FastifyRequest, reply: FastifyReply) => unknown;

export function librarySite(options: LibraryOptions): FastifyPluginAsync {
  const { origin, mkpf, store, now } = options;
  const sessions = new Sessions<Desk>({ name: "library", now, fresh: () => ({}) });
  const at = (act: Act) => (request: FastifyRequest, reply: FastifyReply) =>
    act(sessions.of(request, reply).content, request, reply);

  const leave: Act = async (desk, request, reply) => {
    const errand = readErrand(request);
    if (errand === undefined) return show(reply, LIBRARY, refusedPage("unknownErrand", NOT_OURS));
    Object.assign(desk, CLEAR);
    desk.departed = await depart(await mkpf(), errand);
    return reply.redirect(desk.departed.pending.url.href, 303);
  };

  const comeBack: Act = async (desk, request, reply) => {
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

  const look: Act = (desk, _request, reply) => {
    const { atDesk, newcomer, told } = desk;
    desk.told = undefined;
    if (newcomer !== undefined) return show(reply, LIBRARY, newcomerPage(newcomer));
    const patron = atDesk && patronByNumber(store.content, atDesk.patron);
    if (atDesk === undefined || patron === undefined) {
      return show(reply, LIBRARY, receptionPage(store.content, told));
    }
    return show(reply, LIBRARY, patronPage(store.content, atDesk, patron, told));
  };

  const admit: Act = (desk, request, reply) => {
    const { newcomer } = desk;
    if (newcomer !== undefined) {
      const { ppid, attributes, evidence } = newcomer;
      const phone = field(request, "phone").slice(0, 20);
      const { records, patron } = enrol(store.content, { ...attributes, ppid, phone });
      store.keep(records);
      Object.assign(desk, CLEAR);
      desk.atDesk = { patron: patron.number, evidence };
      desk.told = ENROLLED;
    }
    return reply.redirect("/", 303);
  };

  const change = (desk: Desk, reply: FastifyReply, changed: LoanChange, done: Done) => {
    if ("refused" in changed) {
      desk.told = { tone: "no", text: LOAN_REFUSALS[changed.refused] };
    } else {
      store.keep(changed.records);
      desk.told = { tone: "ok", text: done(changed) };
    }
    return reply.redirect("/", 303);
  };

  const lendBook: Act = (desk, request, reply) => {
    const patron = desk.atDesk && patronByNumber(store.content, desk.atDesk.patron);
    if (patron === undefined) return reply.redirect("/", 303);
    const barcode = field(request, "barcode");
    return change(desk, reply, lend(store.content, { patron, barcode, at: now() }), LENT);
  };

  return async (app) => {
    furnish(app, LIBRARY);
    app.get("/", at(look));
    app.post("/visits", at(leave));
    app.get("/callback", at(comeBack));
    app.post("/patrons", at(admit));
    app.post("/loans", at(lendBook));
    app.post(
      "/returns",
      at((desk, request, reply) =>
        change(desk, reply, takeBack(store.content, field(request, "barcode")), RETURNED),
      ),
    );
    app.post(
      "/done",
      at((desk, _request, reply) => {
        Object.assign(desk, CLEAR);
        return reply.redirect("/", 303);
      }),
    );
  };
}

const CLEAR: Desk = {
  departed: undefined,
  atDesk: undefined,
  newcomer: undefined,
  told: undefined,
};

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

const ok = (ja: string, en: string): Told => ({ tone: "ok", text: { ja, en } });

const ENROLLED = ok("利用者を登録しました。", "The patron is registered.");

const NEWS: Readonly<Record<"found" | "linked" | "alreadyLinked", Told | undefined>> = {
  found: undefined,
  linked: ok("図書館カードと一体化しました。", "The card is linked."),
  alreadyLinked: {
    tone: "info",
    text: {
      ja: "このマイナンバーカードは登録済みです。登録は増やしていません。",
      en: "This card was registered before; nothing was added.",
    },
  },
};

type Done = (change: Exclude<LoanChange, { refused: string }>) => Told["text"];

const LENT: Done = ({ book, loan }) => {
  const due = day(new Date(loan.dueAt));
  return { ja: `貸し出しました：『${book.title}』（返却期限 ${due}）`, en: `Lent until ${due}` };
};

const RETURNED: Done = ({ book }) => ({
  ja: `返却を受け付けました：『${book.title}』`,
  en: "Returned",
});

/** What residents do at the portal, a page each. */
import type { FastifyReply, FastifyRequest } from "fastify";
import { toBase64 } from "../../platform/base64.ts";
import {
  type DigitalAuthClient,
  type DigitalAuthUser,
  type DigitalAuthWish,
  LoginDesk,
  readUserAttributes,
  type UserAttribute,
} from "../../platform/index.ts";
import { type Session, Sessions } from "../site/sessions.ts";
import { addressOf, field, show } from "../site/site.ts";
import type { Store } from "../site/store.ts";
import { evidenceText } from "../site/times.ts";
import { homePage, notSignedPage, troublePage, welcomePage } from "./pages.ts";
import type { PortalRecords } from "./records.ts";
import {
  type Draft,
  finishSigning,
  type Resident,
  type SigningEnd,
  startSigning,
} from "./signing.ts";
import { PORTAL, receivedAs, SIGNATURE_REFUSALS } from "./words.ts";

export interface PortalOptions {
  /** Where its pages are, without a slash at the end. */
  readonly origin: string;
  /** Its client of デジタル認証アプリ; answers go to `/callback`. */
  readonly client: () => Promise<DigitalAuthClient>;
  readonly store: Store<PortalRecords>;
  readonly now: () => Date;
}

/** One browser. */
interface Visit {
  resident?: Resident;
  draft?: Draft | undefined;
  handedIn?: string | undefined;
}

const WANTED: readonly UserAttribute[] = ["name", "address", "birthdate", "gender"];

/** Rejects with a `PlatformError`. */
export class ResidentActs {
  readonly #options: PortalOptions;
  readonly #sessions: Sessions<Visit>;
  #desk: { readonly client: DigitalAuthClient; readonly logins: LoginDesk } | undefined;

  constructor(options: PortalOptions) {
    this.#options = options;
    this.#sessions = new Sessions({ name: "portal", now: options.now, fresh: () => ({}) });
  }

  readonly look = (request: FastifyRequest, reply: FastifyReply) => {
    const { content } = this.#sessions.of(request, reply);
    const { resident, handedIn } = content;
    if (resident === undefined) return show(reply, PORTAL, welcomePage());
    content.handedIn = undefined;
    const { applications } = this.#options.store.content;
    const own = applications.filter(({ sub }) => sub === resident.sub);
    const told = handedIn === undefined ? undefined : receivedAs(handedIn);
    return show(reply, PORTAL, homePage(resident, own, told));
  };

  readonly logIn = (request: FastifyRequest, reply: FastifyReply) => {
    const session = this.#sessions.of(request, reply);
    session.content.draft = undefined;
    return this.#leave(session, { attributes: [...WANTED] }, reply);
  };

  /** Hands an application in to be signed. */
  readonly sign = async (request: FastifyRequest, reply: FastifyReply) => {
    const session = this.#sessions.of(request, reply);
    const text = field(request, "text").slice(0, 2000);
    if (session.content.resident === undefined || text === "") return reply.redirect("/", 303);
    const { client } = await this.#reception();
    const draft = await startSigning(client, text);
    session.content.draft = draft;
    return this.#leave(session, { signTransactionId: draft.transactionId }, reply);
  };

  /** From a log-in, or from signing. */
  readonly comeBack = async (request: FastifyRequest, reply: FastifyReply) => {
    const session = this.#sessions.of(request, reply);
    const { logins } = await this.#reception();
    const end = await logins.arrive(session.id, addressOf(request, this.#options.origin));
    if (end.result === "notSignedIn") return show(reply, PORTAL, troublePage(end.trouble));
    const { resident, draft } = session.content;
    if (resident === undefined || draft === undefined) {
      return this.#welcome(session, end.user, reply);
    }
    session.content.draft = undefined;
    return this.#handIn(session.content, { resident, draft }, end.user, reply);
  };

  readonly logOut = (request: FastifyRequest, reply: FastifyReply) => {
    this.#sessions.end(this.#sessions.of(request, reply));
    return reply.redirect("/", 303);
  };

  /** Logins under way belong to a client, and end with it. */
  async #reception() {
    const { now } = this.#options;
    const client = await this.#options.client();
    if (this.#desk?.client !== client) {
      this.#desk = { client, logins: new LoginDesk({ client, now }) };
    }
    return this.#desk;
  }

  async #leave(session: Session<Visit>, wish: DigitalAuthWish, reply: FastifyReply) {
    const { logins } = await this.#reception();
    return reply.redirect((await logins.depart(session.id, wish)).href, 303);
  }

  #welcome(session: Session<Visit>, { sub, claims }: DigitalAuthUser, reply: FastifyReply) {
    const attributes = readUserAttributes(claims, WANTED);
    this.#sessions.end(session);
    this.#sessions.begin(reply, { resident: { sub, attributes } });
    return reply.redirect("/", 303);
  }

  async #handIn(
    visit: Visit,
    { resident, draft }: { readonly resident: Resident; readonly draft: Draft },
    signer: DigitalAuthUser,
    reply: FastifyReply,
  ) {
    const { client } = await this.#reception();
    const end = await finishSigning(client, draft, resident, signer);
    if ("refused" in end) {
      return show(reply, PORTAL, notSignedPage(end.refused, SIGNATURE_REFUSALS[end.refused]));
    }
    visit.handedIn = this.#keep(resident, draft, end);
    return reply.redirect("/", 303);
  }

  /** @returns the number of the application */
  #keep(
    { sub }: Resident,
    { text }: Draft,
    { signed, sha256 }: Exclude<SigningEnd, { refused: string }>,
  ): string {
    const { store, now } = this.#options;
    const { applications, ...others } = store.content;
    const receipt = `P-${String(applications.length + 1).padStart(4, "0")}`;
    const signature = toBase64(signed.signature);
    const evidence = evidenceText(signed.evidence).ja;
    const fresh = { receipt, sub, at: now().toISOString(), text, sha256, signature, evidence };
    store.keep({ ...others, applications: [...applications, fresh] });
    return receipt;
  }
}

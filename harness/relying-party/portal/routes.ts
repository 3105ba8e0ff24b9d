/**
 * 住民ポータル, built in: log-in with デジタル認証アプリ, a session, attributes, and applications that are
 * signed by 署名API (platform-facts section 4).
 */
import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from "fastify";
import { toBase64 } from "../../platform/base64.ts";
import {
  type DigitalAuthClient,
  type DigitalAuthUser,
  type DigitalAuthWish,
  LoginDesk,
  PlatformError,
  readUserAttributes,
  type UserAttribute,
} from "../../platform/index.ts";
import { type Session, Sessions } from "../site/sessions.ts";
import { addressOf, field, furnish, show } from "../site/site.ts";
import type { Store } from "../site/store.ts";
import { evidenceText } from "../site/times.ts";
import { homePage, notSignedPage, troublePage, welcomePage } from "./pages.ts";
import type { PortalRecords } from "./records.ts";
import { type Draft, finishSigning, type Resident, startSigning } from "./signing.ts";
import { PORTAL, SIGNATURE_REFUSALS } from "./words.ts";

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

export function portalSite(options: PortalOptions): FastifyPluginAsync {
  const { origin, store, now } = options;
  const sessions = new Sessions<Visit>({ name: "portal", now, fresh: () => ({}) });
  let desk: { readonly client: DigitalAuthClient; readonly logins: LoginDesk } | undefined;

  /** Logins under way belong to a client, and end with it. */
  const reception = async () => {
    const client = await options.client();
    if (desk?.client !== client) desk = { client, logins: new LoginDesk({ client, now }) };
    return desk;
  };

  const leave = async (session: Session<Visit>, wish: DigitalAuthWish, reply: FastifyReply) => {
    const { logins } = await reception();
    return reply.redirect((await logins.depart(session.id, wish)).href, 303);
  };

  const comeBack = async (request: FastifyRequest, reply: FastifyReply) => {
    const session = sessions.of(request, reply);
    const { logins } = await reception();
    const end = await logins.arrive(session.id, addressOf(request, origin));
    if (end.result === "notSignedIn") return show(reply, PORTAL, troublePage(end.trouble));
    const { resident, draft } = session.content;
    if (resident === undefined || draft === undefined) return logIn(session, end.user, reply);
    session.content.draft = undefined;
    return handIn(session.content, { resident, draft }, end.user, reply);
  };

  const logIn = (session: Session<Visit>, user: DigitalAuthUser, reply: FastifyReply) => {
    const attributes = readUserAttributes(user.claims, WANTED);
    sessions.end(session);
    sessions.begin(reply, { resident: { sub: user.sub, attributes } });
    return reply.redirect("/", 303);
  };

  const handIn = async (
    visit: Visit,
    { resident, draft }: { readonly resident: Resident; readonly draft: Draft },
    signer: DigitalAuthUser,
    reply: FastifyReply,
  ) => {
    const { client } = await reception();
    const end = await finishSigning(client, draft, resident, signer);
    if ("refused" in end) {
      return show(reply, PORTAL, notSignedPage(end.refused, SIGNATURE_REFUSALS[end.refused]));
    }
    const { applications, ...others } = store.content;
    const receipt = `P-${String(applications.length + 1).padStart(4, "0")}`;
    const fresh = {
      receipt,
      sub: resident.sub,
      at: now().toISOString(),
      text: draft.text,
      sha256: end.sha256,
      signature: toBase64(end.signed.signature),
      evidence: evidenceText(end.signed.evidence).ja,
    };
    store.keep({ ...others, applications: [...applications, fresh] });
    visit.handedIn = receipt;
    return reply.redirect("/", 303);
  };

  const look = (request: FastifyRequest, reply: FastifyReply) => {
    const { content } = sessions.of(request, reply);
    const { resident, handedIn } = content;
    if (resident === undefined) return show(reply, PORTAL, welcomePage());
    content.handedIn = undefined;
    const own = store.content.applications.filter(({ sub }) => sub === resident.sub);
    return show(
      reply,
      PORTAL,
      homePage(resident, own, handedIn === undefined ? undefined : receivedAs(handedIn)),
    );
  };

  const sign = async (request: FastifyRequest, reply: FastifyReply) => {
    const session = sessions.of(request, reply);
    const text = field(request, "text").slice(0, 2000);
    if (session.content.resident === undefined || text === "") return reply.redirect("/", 303);
    const { client } = await reception();
    const draft = await startSigning(client, text);
    session.content.draft = draft;
    return leave(session, { signTransactionId: draft.transactionId }, reply);
  };

  return async (app) => {
    furnish(app, PORTAL);
    app.get("/", look);
    app.post("/login", (request, reply) => {
      const session = sessions.of(request, reply);
      session.content.draft = undefined;
      return leave(session, { attributes: [...WANTED] }, reply);
    });
    app.get("/callback", (request, reply) => comeBack(request, reply).catch(orOutage(reply)));
    app.post("/applications", (request, reply) => sign(request, reply).catch(orOutage(reply)));
    app.post("/logout", (request, reply) => {
      sessions.end(sessions.of(request, reply));
      return reply.redirect("/", 303);
    });
  };
}

/** A platform that is down is a planned or passing thing, and is told as one (DA-11). */
function orOutage(reply: FastifyReply) {
  return (error: unknown): FastifyReply => {
    if (!(error instanceof PlatformError) || error.code !== "PLATFORM_UNREACHABLE") throw error;
    return show(reply, PORTAL, troublePage("outage"));
  };
}

function receivedAs(receipt: string) {
  return {
    ja: `電子署名を確認し、申請を受け付けました（受付番号 ${receipt}）。`,
    en: `The signature was verified; your application is ${receipt}.`,
  };
}

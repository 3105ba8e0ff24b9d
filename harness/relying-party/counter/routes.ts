/**
 * 窓口システム, built in: a certificate is issued to whoever shows a マイナンバーカード, used as 印鑑登録証 too
 * (platform-facts section 2, LA-10). 地方認証PF is asked first, so that no PIN is presented for a
 * certificate that cannot be served; a copied certificate fails at the PIN.
 */
import { X509Certificate } from "node:crypto";
import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from "fastify";
import type { CheckMethod } from "../../../simulator/platform/index.ts";
import { Secret } from "../../card/index.ts";
import type { LocalAuthPfClient } from "../../platform/index.ts";
import type { Reader } from "../../reader/index.ts";
import { field, furnish, show } from "../site/site.ts";
import type { Store } from "../site/store.ts";
import { evidenceText } from "../site/times.ts";
import { CardTroubleError, certificateOn, provePresence } from "./card.ts";
import { type Inquiry, inquire, type MethodAnswer } from "./inquiry.ts";
import {
  type CardChoice,
  issuedPage,
  type RefusalView,
  type RegisteredResident,
  refusalPage,
  troublePage,
  windowPage,
} from "./pages.ts";
import type { CounterRecords, DocumentKind } from "./records.ts";
import { COUNTER, DOCUMENTS, METHODS, type MethodChoice, RESULTS } from "./words.ts";

/** The window's card reader, with cards of the test world to put on it. */
export interface CardPlace {
  readonly reader: () => Reader;
  lying(): CardChoice | undefined;
  cards(): readonly CardChoice[];
  /** Puts a card there, or takes away the one that lies there. */
  put(id: string | undefined): Promise<void>;
}

export interface CounterOptions {
  readonly client: (method: CheckMethod) => Promise<LocalAuthPfClient>;
  readonly place: CardPlace;
  /** The municipality's own register. @param serial 発行番号, hexadecimal */
  readonly residentOf: (serial: string) => RegisteredResident | undefined;
  readonly store: Store<CounterRecords>;
  readonly now: () => Date;
}

interface Asked {
  readonly document: DocumentKind;
  readonly methods: readonly CheckMethod[];
  readonly pin: Secret;
}

export function counterSite(options: CounterOptions): FastifyPluginAsync {
  const { place, store } = options;
  return async (app) => {
    furnish(app, COUNTER);
    app.get("/", (_request, reply) => {
      const { applications } = store.content;
      const view = { lying: place.lying(), cards: place.cards(), applications };
      return show(reply, COUNTER, windowPage(view));
    });
    app.post("/card", async (request, reply) => {
      await place.put(field(request, "card") || undefined);
      return reply.redirect("/", 303);
    });
    app.post("/applications", async (request, reply) => {
      try {
        return await apply(options, readAsked(request), reply);
      } catch (error) {
        if (!(error instanceof CardTroubleError)) throw error;
        return show(reply, COUNTER, troublePage(error));
      }
    });
  };
}

async function apply(options: CounterOptions, asked: Asked, reply: FastifyReply) {
  const { place, residentOf, now } = options;
  const certificate = await certificateOn(place.reader());
  const inquiry = await inquire(await clientsFor(options, asked), certificate);
  const { answers, decision } = inquiry;
  const refuse = (why: RefusalView["why"], outcome: string) => {
    record(options, asked, inquiry, outcome);
    return show(reply, COUNTER, refusalPage({ answers, why }));
  };
  if (decision.action === "identifyOtherwise") return refuse("notChecked", "確認不可");
  if (decision.action === "turnAway") return refuse("turnedAway", "交付せず");
  await provePresence(place.reader(), certificate, asked.pin);
  const resident = residentOf(new X509Certificate(certificate).serialNumber);
  if (resident === undefined) return refuse("noResident", "該当者なし");
  const receipt = record(options, asked, inquiry, "交付");
  const { document } = asked;
  return show(reply, COUNTER, issuedPage({ document, receipt, at: now(), resident, answers }));
}

async function clientsFor({ client }: CounterOptions, { methods }: Asked) {
  const clients = await Promise.all(
    methods.map(async (method) => [method, await client(method)] as const),
  );
  return new Map(clients);
}

/** @returns the number of the application */
function record(
  { store, now }: CounterOptions,
  { document }: Asked,
  { answers }: Inquiry,
  outcome: string,
): string {
  const { applications, ...others } = store.content;
  const receipt = `S-${String(applications.length + 1).padStart(4, "0")}`;
  const checks = answers.map((answer) => ({ method: answer.method, ...described(answer) }));
  const application = { receipt, at: now().toISOString(), document, outcome, checks };
  store.keep({ ...others, applications: [...applications, application] });
  return receipt;
}

function described({ verdict }: MethodAnswer) {
  const result = verdict?.result ?? "unreachable";
  const [, { ja }] = RESULTS[result];
  const basis = verdict && "evidence" in verdict ? `：${evidenceText(verdict.evidence).ja}` : "";
  return { result, evidence: `${ja}${basis}` };
}

function readAsked(request: FastifyRequest): Asked {
  const document = field(request, "document");
  const choice = field(request, "methods");
  const isChoice = (text: string): text is MethodChoice => Object.hasOwn(METHODS, text);
  const methods = isChoice(choice) ? choice : "ocsp";
  return {
    document: Object.hasOwn(DOCUMENTS, document) ? (document as DocumentKind) : "seal",
    methods: methods === "both" ? ["ocsp", "crl"] : [methods],
    pin: new Secret(field(request, "pin")),
  };
}

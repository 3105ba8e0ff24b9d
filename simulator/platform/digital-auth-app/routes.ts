/**
 * A person's visit over HTTP: the test response screen and its headless equivalent, and the app for
 * test cards (platform-facts 4.7).
 */
import { createHmac } from "node:crypto";
import type { FastifyInstance, FastifyPluginAsync, FastifyReply, FastifyRequest } from "fastify";
import { type Page, page } from "../html.ts";
import { type OpenInteraction, openInteraction } from "../oauth/interaction.ts";
import { choiceInForm, choiceInRequest, readChoice } from "./choice.ts";
import { type Completing, type CompletionOptions, complete, transactionOf } from "./completion.ts";
import type { StoredRelyingParty } from "./relying-parties.ts";
import { expiredPage, stalledPage, testResponseScreen } from "./screen.ts";
import { readPresentation } from "./test-app.ts";

export interface VisitOptions extends CompletionOptions {
  /** Key that challenges of visits are made with. */
  readonly challengeKey: Uint8Array;
}

interface Visit {
  readonly interaction: OpenInteraction;
  readonly party: StoredRelyingParty;
}

/** Something to be done for a visit that is found open. */
type Act = (visit: Visit, reply: FastifyReply, body: URLSearchParams) => Promise<FastifyReply>;

export function visitRoutes(options: VisitOptions): FastifyPluginAsync {
  const { profile, cards } = options;
  const { screen, app: appPath } = profile.paths;
  const during = (act: Act) => async (request: FastifyRequest, reply: FastifyReply) => {
    const visit = await find(options, request, reply);
    if (visit === undefined) return show(reply.code(410), expiredPage());
    const body = request.body instanceof URLSearchParams ? request.body : new URLSearchParams();
    return act(visit, reply, body);
  };
  return async (app) => {
    acceptForms(app);
    app.get(
      `${screen}/:uid`,
      during(async (visit, reply) => {
        const fields = choiceInRequest(profile, visit.interaction.params);
        if (fields === undefined) return showScreen(options, visit, reply);
        const choice = readChoice(cards, fields);
        // Nobody is there to choose again.
        if ("trouble" in choice) return showScreen(options, visit, reply.code(400), choice.trouble);
        return respond(options, { ...visit, choice, method: "substitute" }, reply);
      }),
    );
    app.post(
      `${screen}/:uid`,
      during(async (visit, reply, body) => {
        const choice = readChoice(cards, choiceInForm(body));
        if ("trouble" in choice) return showScreen(options, visit, reply, choice.trouble);
        return respond(options, { ...visit, choice, method: "substitute" }, reply);
      }),
    );
    app.post(
      `${screen}/:uid${appPath}`,
      during(async (visit, reply, body) => {
        const challenge = challengeOf(options, visit);
        const choice = readPresentation({ profile, cards, challenge }, body);
        if (choice === undefined) return showScreen(options, visit, reply.code(400));
        return respond(options, { ...visit, choice, method: "app" }, reply);
      }),
    );
  };
}

async function find(
  { server, parties }: CompletionOptions,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<Visit | undefined> {
  const interaction = await openInteraction(server, request, reply);
  const party = interaction && parties.find(interaction.clientId);
  return interaction && party && { interaction, party };
}

async function respond(
  options: CompletionOptions,
  completing: Completing,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const result = await complete(options, completing);
  if ("stalled" in result) return show(reply, stalledPage(result.stalled));
  return completing.interaction.answer(reply, result.answer);
}

function showScreen(
  options: VisitOptions,
  visit: Visit,
  reply: FastifyReply,
  trouble?: string,
): FastifyReply {
  const { profile, cards } = options;
  const { interaction, party } = visit;
  const { sign, ...attributes } = profile.scopes;
  const { scopes } = interaction;
  const toSign = transactionOf(options, interaction)?.digestInfo;
  const screen = {
    action: `${profile.paths.screen}/${interaction.uid}`,
    service: party.name,
    cards: cards.list(),
    consents: Object.values(attributes).filter((scope) => scopes.includes(scope)),
    signs: scopes.includes(sign),
    challenge: Buffer.from(challengeOf(options, visit)).toString("base64"),
    ...(toSign && { toSign: Buffer.from(toSign).toString("base64") }),
  };
  return show(reply, testResponseScreen(trouble === undefined ? screen : { ...screen, trouble }));
}

/** One for each visit, and known to nobody before it. */
function challengeOf({ challengeKey }: VisitOptions, { interaction }: Visit): Uint8Array {
  return new Uint8Array(createHmac("sha256", challengeKey).update(interaction.uid).digest());
}

function acceptForms(app: FastifyInstance): void {
  app.addContentTypeParser(
    "application/x-www-form-urlencoded",
    { parseAs: "string" },
    (_request, body, done) => done(null, new URLSearchParams(String(body))),
  );
}

function show(reply: FastifyReply, shown: Page): FastifyReply {
  return reply
    .headers({ "content-type": "text/html; charset=utf-8", "cache-control": "no-store" })
    .send(page(shown));
}

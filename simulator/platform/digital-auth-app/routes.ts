/** The test response screen over HTTP, and its headless equivalent (platform-facts 4.7). */
import type { FastifyInstance, FastifyPluginAsync, FastifyReply, FastifyRequest } from "fastify";
import { html, type Page, page } from "../html.ts";
import { type OpenInteraction, openInteraction } from "../oauth/interaction.ts";
import { type Choice, type CompletionOptions, complete, readChoice } from "./completion.ts";
import type { StoredRelyingParty } from "./relying-parties.ts";
import { testResponseScreen } from "./screen.ts";

interface Visit {
  readonly interaction: OpenInteraction;
  readonly party: StoredRelyingParty;
}

export function screenRoutes(options: CompletionOptions): FastifyPluginAsync {
  const { profile } = options;
  return async (app) => {
    acceptForms(app);
    const path = `${profile.paths.screen}/:uid`;
    app.get(path, async (request, reply) => {
      const visit = await find(options, request, reply);
      if (visit === undefined) return show(reply.code(410), expired());
      const choice = choiceInRequest(options, visit);
      return choice === undefined
        ? showScreen(options, visit, reply)
        : respond(options, visit, choice, reply);
    });
    app.post(path, async (request, reply) => {
      const visit = await find(options, request, reply);
      if (visit === undefined) return show(reply.code(410), expired());
      return respond(options, visit, formFields(request.body), reply);
    });
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
  visit: Visit,
  fields: Partial<Record<keyof Choice, unknown>>,
  reply: FastifyReply,
) {
  const choice = readChoice(options, fields);
  if ("trouble" in choice) return showScreen(options, visit, reply, choice.trouble);
  const { interaction, party } = visit;
  return interaction.answer(reply, await complete(options, party, interaction, choice));
}

function showScreen(
  { profile, cards }: CompletionOptions,
  { interaction, party }: Visit,
  reply: FastifyReply,
  trouble?: string,
) {
  const { sign, ...attributes } = profile.scopes;
  const { scopes } = interaction;
  const screen = {
    action: `${profile.paths.screen}/${interaction.uid}`,
    service: party.name,
    cards: cards.list(),
    consents: Object.values(attributes).filter((scope) => scopes.includes(scope)),
    signs: scopes.includes(sign),
  };
  return show(reply, testResponseScreen(trouble === undefined ? screen : { ...screen, trouble }));
}

/** The choices a headless test puts into the authorization request. */
function choiceInRequest({ profile }: CompletionOptions, { interaction }: Visit) {
  const { testCard, outcome, consent } = profile.parameters;
  const { params } = interaction;
  if (params[testCard] === undefined) return undefined;
  const consented = params[consent];
  return {
    card: params[testCard],
    outcome: params[outcome] ?? "normal",
    consent: typeof consented === "string" ? consented.split(",") : undefined,
  };
}

/** A form of the page: boxes that are not ticked are simply not there. */
function formFields(body: unknown) {
  const form = body instanceof URLSearchParams ? body : new URLSearchParams();
  return { card: form.get("card"), outcome: form.get("outcome"), consent: form.getAll("consent") };
}

function acceptForms(app: FastifyInstance): void {
  app.addContentTypeParser(
    "application/x-www-form-urlencoded",
    { parseAs: "string" },
    (_request, body, done) => done(null, new URLSearchParams(String(body))),
  );
}

function expired(): Page {
  return {
    title: "画面の有効期限が切れました / Expired",
    body: html`<main data-step="gone"><p>最初からやり直してください。 Please start again.</p></main>`,
  };
}

function show(reply: FastifyReply, shown: Page): FastifyReply {
  return reply
    .headers({ "content-type": "text/html; charset=utf-8", "cache-control": "no-store" })
    .send(page(shown));
}

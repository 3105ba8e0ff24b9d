/** The pages of a counter of 類型① over HTTP, and the door for the reading software behind them. */
import type { FastifyInstance, FastifyPluginAsync, FastifyReply, FastifyRequest } from "fastify";
import { type Page, page } from "../../html.ts";
import { answerRefusals } from "../../refusal.ts";
import { toWire } from "../../wire.ts";
import { refusalAnswer } from "../answers.ts";
import type { CounterCardReader } from "./card-reader.ts";
import { type Attendance, attend, type DeskOptions } from "./desk.ts";
import {
  acceptRegistration,
  birthDateKeyFor,
  type CounterWorld,
  register,
  touch,
} from "./judge.ts";
import { consentPage, expiredPage, readingPage } from "./pages.ts";
import { pickCard } from "./pick.ts";
import {
  type RegistrationReading,
  readCertificateOnly,
  readRegistration,
  readTouch,
  type TouchReading,
} from "./reading.ts";

export interface CounterOptions extends DeskOptions {
  readonly world: CounterWorld;
  readonly reader?: CounterCardReader;
}

type Handler = (at: Attendance, request: FastifyRequest, reply: FastifyReply) => unknown;

export function counterRoutes(options: CounterOptions): FastifyPluginAsync {
  const { profile } = options;
  return async (app) => {
    acceptForms(app);
    answerRefusals(app, {
      body: (refusal) => refusalAnswer(profile, refusal),
      see: (path, { meaning }) => options.see({ request: "refused", path, error: meaning }),
    });
    const base = `${profile.paths.counter}/:uid`;
    app.get(
      base,
      attended((at, _request, reply) => showPage(options, at, reply)),
    );
    app.post(
      `${base}/card`,
      attended((at, { body }, reply) => takeCard(options, at, body, reply)),
    );
    app.post(
      `${base}/certificate`,
      attended((at, { body }, reply) => tellBirthDateKey(options, at, body, reply)),
    );
    app.post(
      `${base}/pick`,
      attended((at, { body }, reply) => pick(options, at, body, reply)),
    );
    app.post(
      `${base}/consent`,
      attended((at, { body }, reply) => decide(options, at, body, reply)),
    );
    app.post(
      `${base}/cancel`,
      attended((at, _request, reply) => at.finish(reply, { refused: "cancelled" })),
    );
  };

  function attended(handler: Handler) {
    return async (request: FastifyRequest, reply: FastifyReply) => {
      const at = await attend(options, request, reply);
      return at === undefined ? show(reply.code(410), expiredPage()) : handler(at, request, reply);
    };
  }
}

function showPage(options: CounterOptions, at: Attendance, reply: FastifyReply, trouble?: string) {
  const { base, mode, uid, withAttributes } = at;
  const { profile } = options;
  const visit = options.visits.visit(at.uid);
  const system = at.system.name;
  if (visit.accepted !== undefined)
    return show(reply, consentPage({ base, system, withAttributes }));
  const cards = options.reader?.cards() ?? [];
  const { challenge } = visit;
  const shown = { base, mode, uid, profile, system, challenge, cards };
  return show(reply, readingPage(trouble === undefined ? shown : { ...shown, trouble }));
}

/** What the reading software hands in. */
function takeCard(options: CounterOptions, at: Attendance, body: unknown, reply: FastifyReply) {
  return at.mode === "touch"
    ? takeTouch(options, at, readTouch(options.profile, body), reply)
    : takeRegistration(options, at, readRegistration(options.profile, body), reply);
}

async function takeRegistration(
  { world, visits }: CounterOptions,
  at: Attendance,
  reading: RegistrationReading,
  reply: FastifyReply,
) {
  const visit = visits.visit(at.uid);
  const accepted = await acceptRegistration(world, visit.challenge, reading);
  if ("refused" in accepted) return at.finish(reply, accepted);
  visit.accepted = accepted;
  return reply.redirect(at.base, 303);
}

async function takeTouch(
  { world }: CounterOptions,
  at: Attendance,
  reading: TouchReading,
  reply: FastifyReply,
) {
  return at.finish(reply, await touch(world, at.system, reading));
}

/** かざし利用: what the software needs to have the card prove that it is genuine. */
function tellBirthDateKey(
  { world, profile }: CounterOptions,
  at: Attendance,
  body: unknown,
  reply: FastifyReply,
) {
  const birthDateKey = birthDateKeyFor(world, readCertificateOnly(profile, body));
  if (birthDateKey === undefined) return at.finish(reply, { refused: "registrationRequired" });
  return toWire(profile.readingFields, { birthDateKey });
}

async function pick(options: CounterOptions, at: Attendance, body: unknown, reply: FastifyReply) {
  const { reader, world, visits } = options;
  if (reader === undefined) return showPage(options, at, reply);
  const picked = await pickCard({
    reader,
    world,
    at,
    challenge: visits.visit(at.uid).challenge,
    body,
  });
  if ("trouble" in picked) return showPage(options, at, reply, picked.trouble);
  if ("refused" in picked) return at.finish(reply, picked);
  return "genuine" in picked
    ? takeTouch(options, at, picked, reply)
    : takeRegistration(options, at, picked, reply);
}

function decide(
  { world, visits }: CounterOptions,
  at: Attendance,
  body: unknown,
  reply: FastifyReply,
) {
  const { accepted } = visits.visit(at.uid);
  if (accepted === undefined) return reply.redirect(at.base, 303);
  const agreed = (body as { decision?: unknown } | undefined)?.decision === "allow";
  if (!agreed) return at.finish(reply, { refused: "declined" });
  return at.finish(reply, register(world, at.system, accepted));
}

function show(reply: FastifyReply, shown: Page): FastifyReply {
  return reply
    .headers({ "content-type": "text/html; charset=utf-8", "cache-control": "no-store" })
    .send(page(shown));
}

/** Browsers post forms; the reading software may do the same. */
function acceptForms(app: FastifyInstance): void {
  app.addContentTypeParser(
    "application/x-www-form-urlencoded",
    { parseAs: "string" },
    (_request, body, done) => done(null, Object.fromEntries(new URLSearchParams(String(body)))),
  );
}

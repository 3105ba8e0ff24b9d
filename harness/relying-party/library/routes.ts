/**
 * 図書館システム, built in: registration A and B through MKPF 類型①, and lending by touch
 * (platform-facts 1.3). One staff terminal at a time is one session.
 */
import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from "fastify";
import { Sessions } from "../site/sessions.ts";
import { furnish } from "../site/site.ts";
import { type Act, type Desk, type LibraryOptions, StaffActs } from "./staff-acts.ts";
import { LIBRARY } from "./words.ts";

export function librarySite(options: LibraryOptions): FastifyPluginAsync {
  const sessions = new Sessions<Desk>({ name: "library", now: options.now, fresh: () => ({}) });
  const acts = new StaffActs(options);
  const at = (act: Act) => (request: FastifyRequest, reply: FastifyReply) =>
    act(sessions.of(request, reply).content, request, reply);
  return async (app) => {
    furnish(app, LIBRARY);
    app.get("/", at(acts.look));
    app.post("/visits", at(acts.leave));
    app.get("/callback", at(acts.comeBack));
    app.post("/patrons", at(acts.admit));
    app.post("/loans", at(acts.lend));
    app.post("/returns", at(acts.takeBack));
    app.post("/done", at(acts.clear));
  };
}

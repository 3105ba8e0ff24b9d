/**
 * 住民ポータル, built in: log-in with デジタル認証アプリ, a session, attributes, and applications that are
 * signed by 署名API (platform-facts section 4).
 */
import type { FastifyPluginAsync, FastifyReply } from "fastify";
import { PlatformError } from "../../platform/index.ts";
import { furnish, show } from "../site/site.ts";
import { troublePage } from "./pages.ts";
import { type PortalOptions, ResidentActs } from "./resident-acts.ts";
import { PORTAL } from "./words.ts";

export function portalSite(options: PortalOptions): FastifyPluginAsync {
  const acts = new ResidentActs(options);
  return async (app) => {
    furnish(app, PORTAL);
    app.get("/", acts.look);
    app.post("/login", acts.logIn);
    app.get("/callback", (request, reply) => acts.comeBack(request, reply).catch(orOutage(reply)));
    app.post("/applications", (request, reply) => acts.sign(request, reply).catch(orOutage(reply)));
    app.post("/logout", acts.logOut);
  };
}

/** A platform that is down is a planned or passing thing, and is told as one (DA-11). */
function orOutage(reply: FastifyReply) {
  return (error: unknown): FastifyReply => {
    if (!(error instanceof PlatformError) || error.code !== "PLATFORM_UNREACHABLE") throw error;
    return show(reply, PORTAL, troublePage("outage"));
  };
}

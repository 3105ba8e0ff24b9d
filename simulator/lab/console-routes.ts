/** What is behind a world's own address: its web page, and the control API under `/control`. */
import type { FastifyPluginAsync } from "fastify";
import { consolePage } from "../console/page.ts";
import { viewOf } from "../console/view.ts";
import type { ControlledLab } from "./control/controlled-lab.ts";
import { controlRoutes } from "./control/routes.ts";

export function consoleRoutes(lab: ControlledLab): FastifyPluginAsync {
  return async (app) => {
    app.get("/", async (_request, reply) =>
      reply.type("text/html; charset=utf-8").send(consolePage(viewOf(lab))),
    );
    await app.register(controlRoutes(() => lab));
  };
}

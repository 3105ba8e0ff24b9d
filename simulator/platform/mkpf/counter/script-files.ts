/** The files behind the script of the reading page, made when the first page asks for them. */
import type { FastifyPluginAsync } from "fastify";
import { type BrowserFiles, browserModules } from "../../../client-software/modules.ts";
import { PAGE_API, pageFiles } from "../../../client-software/page-files.ts";
import type { ClientSoftwareProfile } from "../../../client-software/profile.ts";
import { SCRIPT } from "./client-software-section.ts";

/**
 * @param path where they are served
 * @param profile of the client software the pages speak with
 */
export function scriptFiles(path: string, profile: ClientSoftwareProfile): FastifyPluginAsync {
  let files: Promise<BrowserFiles> | undefined;
  return async (app) => {
    app.get<{ Params: { "*": string } }>(`${path}/*`, async ({ params }, reply) => {
      files ??= allFiles(profile);
      const text = (await files).get(params["*"]);
      if (text === undefined) return reply.code(404).send();
      return reply.type("text/javascript; charset=utf-8").send(text);
    });
  };
}

async function allFiles(profile: ClientSoftwareProfile): Promise<BrowserFiles> {
  const script = await browserModules(["platform/mkpf/counter/reading-script"]);
  return new Map([...(await pageFiles(profile)), ...script, [SCRIPT, ENTRY]]);
}

const ENTRY = `import { kazashi } from "./${PAGE_API}";
import { startReading } from "./platform/mkpf/counter/reading-script.js";
startReading(window, kazashi);
`;

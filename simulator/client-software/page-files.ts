/**
 * The page API as files for a web server: `kazashi.js` and the modules behind it. Its use is written
 * down in extension/page.ts.
 */
import { type BrowserFiles, browserModules } from "./modules.ts";
import { type ClientSoftwareProfile, DEFAULT_CLIENT_SOFTWARE_PROFILE } from "./profile.ts";

/** What pages import. */
export const PAGE_API = "kazashi.js";

/**
 * @returns text by path; serve all of them under one address as `text/javascript`
 * @example
 * for (const [path, text] of await pageFiles()) {
 *   app.get(`/client-software/${path}`, (_request, reply) => reply.type("text/javascript").send(text));
 * }
 */
export async function pageFiles(
  profile: ClientSoftwareProfile = DEFAULT_CLIENT_SOFTWARE_PROFILE,
): Promise<BrowserFiles> {
  const modules = await browserModules(["client-software/extension/page"]);
  return new Map([...modules, [PAGE_API, entry(profile)]]);
}

function entry(profile: ClientSoftwareProfile): string {
  return `import { kazashiOn } from "./client-software/extension/page.js";
export { ClientSoftwareError } from "./client-software/error.js";
export { GUIDANCE } from "./client-software/reasons.js";
const wait = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));
export const kazashi = kazashiOn(document, { profile: ${JSON.stringify(profile)}, wait });
`;
}

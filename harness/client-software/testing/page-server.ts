/** A municipal system's page on this machine, with the page API in it. */
import fastify from "fastify";
import type { Page } from "playwright-core";
import { PAGE_API, pageFiles } from "../../../simulator/client-software/page-files.ts";

export interface PageServer extends AsyncDisposable {
  readonly origin: string;
}

export async function startPageServer(): Promise<PageServer> {
  const app = fastify();
  app.get("/", (_request, reply) => reply.type("text/html").send(HTML));
  for (const [path, text] of await pageFiles()) {
    app.get(`/client-software/${path}`, (_request, reply) =>
      reply.type("text/javascript").send(text),
    );
  }
  const origin = await app.listen({ host: "127.0.0.1", port: 0 });
  return { origin, [Symbol.asyncDispose]: () => app.close() };
}

/** What a call of the page API came to: its result, or the reason of its refusal. */
export type PageOutcome = Readonly<Record<string, unknown>>;

/** Calls `kazashi.<method>(...words)` in the page. */
export function callKazashi(
  page: Page,
  method: string,
  ...words: readonly unknown[]
): Promise<PageOutcome> {
  return page.evaluate(`window.call(${JSON.stringify(method)}, ${JSON.stringify(words)})`);
}

const HTML = `<!doctype html>
<html lang="ja">
<meta charset="utf-8">
<title>図書館（試験）</title>
<script type="module">
import { kazashi } from "/client-software/${PAGE_API}";
window.call = (method, words) =>
  kazashi[method](...words).catch(({ reason, details, guidance }) => ({ reason, details, guidance }));
</script>
`;

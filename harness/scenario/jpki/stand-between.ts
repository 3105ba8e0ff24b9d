/**
 * Somebody on the way between a system and a status service, such as a proxy or a bad line: passes
 * every question on and hands back the answer, changed as a scenario wants it.
 */
import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { buffer } from "node:stream/consumers";

export interface PassedAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

/** What is handed back in the place of an answer. */
export type Alter = (answer: PassedAnswer) => PassedAnswer | Promise<PassedAnswer>;

export interface StandBetween extends AsyncDisposable {
  /** Asked here instead of the service. */
  readonly url: string;
  /** How many questions came by. */
  readonly asked: number;
  /** What becomes of answers from now on; at first nothing. */
  alter: Alter;
}

/**
 * Listens on the loopback until it is disposed of.
 *
 * @param service address to pass questions on to
 * @example await using between = await standBetween(lab.addresses.ocsp);
 */
export async function standBetween(service: string): Promise<StandBetween> {
  let asked = 0;
  let alter: Alter = (answer) => answer;
  const server = createServer(async (request, response) => {
    asked += 1;
    send(response, await alter(await passOn(request, service)));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/`,
    get asked() {
      return asked;
    },
    get alter() {
      return alter;
    },
    set alter(next) {
      alter = next;
    },
    [Symbol.asyncDispose]: async () => {
      server.close();
      server.closeAllConnections();
      await once(server, "close");
    },
  };
}

async function passOn(request: IncomingMessage, service: string): Promise<PassedAnswer> {
  const { method = "GET", headers } = request;
  const type = headers["content-type"];
  const response = await fetch(service, {
    method,
    ...(type !== undefined && { headers: { "content-type": type } }),
    ...(method === "POST" && { body: new Uint8Array(await buffer(request)) }),
  });
  const body = new Uint8Array(await response.arrayBuffer());
  return {
    status: response.status,
    headers: { "content-type": response.headers.get("content-type") ?? "" },
    body,
  };
}

function send(response: ServerResponse, { status, headers, body }: PassedAnswer): void {
  response.writeHead(status, { "content-length": body.length, ...headers });
  // A length that promises more than there is ends like a line that breaks.
  const short = Number(headers["content-length"] ?? body.length) > body.length;
  response.end(body, () => {
    if (short) response.destroy();
  });
}

/**
 * The operator's desk on HTTP, for a bench with no terminal attached: a page for people, and two
 * addresses for programs. It can be mounted in any server, or be served alone on the loopback address.
 *
 * `GET prompt` gives the prompt there is (200) or nothing (204). `POST answer` takes
 * `{"id","answer":"done"|"not-possible"}` as application/json, which a page of another origin cannot
 * send without being asked first: 204 when taken, 409 when that prompt is not open (any more).
 */
import { once } from "node:events";
import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { z } from "zod";
import { BenchError } from "../../errors.ts";
import type { OperatorAnswer, OperatorDesk, OperatorPrompt } from "./desk.ts";
import { OPERATOR_PAGE } from "./page.ts";

export interface HttpDesk extends OperatorDesk {
  /** For a server of node:http whose addresses end in `/`, `/prompt` and `/answer`. */
  readonly listener: RequestListener;
}

export interface ServedDesk extends HttpDesk {
  /** `http://127.0.0.1:8085/` */
  readonly url: string;
}

interface Reply {
  readonly status: number;
  readonly type?: string;
  readonly body?: string;
}

interface Open {
  readonly prompt: OperatorPrompt;
  readonly take: (answer: OperatorAnswer) => void;
  readonly fail: (error: BenchError) => void;
}

const BODY_MAX = 1_000;
const LOOPBACK = "127.0.0.1";
const LOCAL_HOST = /^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/;
const answerBody = z.strictObject({ id: z.string(), answer: z.enum(["done", "not-possible"]) });

export function httpDesk(): HttpDesk {
  let open: Open | undefined;

  const take = (text: string): Reply => {
    const parsed = answerBody.safeParse(readJson(text));
    if (!parsed.success) return { status: 400, body: "expected id and answer" };
    if (open?.prompt.id !== parsed.data.id) return { status: 409, body: "that prompt is not open" };
    open.take(parsed.data.answer);
    return { status: 204 };
  };

  const listener: RequestListener = async (request, response) => {
    const { method = "GET", headers } = request;
    const place = `${method} ${(request.url ?? "/").replace(/\?.*/, "").replace(/.*\//, "")}`;
    const reply = async (): Promise<Reply> => {
      // A name that leads here by DNS is another page's way in.
      if (!LOCAL_HOST.test(headers.host ?? ""))
        return { status: 403, body: "for this machine only" };
      if (place === "GET ") return { status: 200, type: "text/html", body: OPERATOR_PAGE };
      if (place === "GET prompt") return shown(open?.prompt);
      if (place !== "POST answer") return { status: 404, body: "no such address" };
      if (!/^application\/json\b/.test(headers["content-type"] ?? "")) return { status: 415 };
      const text = await bodyOf(request);
      return text === undefined ? { status: 413 } : take(text);
    };
    const { status, type = "text/plain", body = "" } = await reply();
    response.writeHead(status, { "content-type": `${type}; charset=utf-8` });
    response.end(body);
  };

  return {
    name: "http",
    listener,
    ask: (prompt, over) =>
      new Promise<OperatorAnswer>((resolve, reject) => {
        open = { prompt, take: resolve, fail: reject };
        over.addEventListener("abort", () => reject(lost("time is over")), { once: true });
      }).finally(() => {
        if (open?.prompt === prompt) open = undefined;
      }),
    close: async () => open?.fail(lost("the desk was closed")),
  };
}

/**
 * Serves a desk on the loopback address.
 *
 * @param port 0 for any that is free
 * @throws BenchError ACTUATOR_NOT_FOUND when the port is taken
 */
export async function serveDesk(port: number): Promise<ServedDesk> {
  const desk = httpDesk();
  const server = createServer(desk.listener);
  server.listen(port, LOOPBACK);
  await once(server, "listening").catch((cause: unknown) => {
    throw new BenchError("ACTUATOR_NOT_FOUND", `port ${port} cannot be used`, { cause });
  });
  return {
    ...desk,
    url: `http://${LOOPBACK}:${(server.address() as AddressInfo).port}/`,
    close: async () => {
      await desk.close();
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

function shown(prompt: OperatorPrompt | undefined): Reply {
  if (prompt === undefined) return { status: 204 };
  return { status: 200, type: "application/json", body: JSON.stringify(prompt) };
}

async function bodyOf(request: AsyncIterable<Buffer>): Promise<string | undefined> {
  let text = "";
  for await (const piece of request) {
    text += piece.toString();
    if (text.length > BODY_MAX) return undefined;
  }
  return text;
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function lost(why: string): BenchError {
  return new BenchError("ACTUATOR_LOST", why);
}

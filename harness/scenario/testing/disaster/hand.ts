/**
 * The hand that breaks what a worker cannot: the service its reader hangs on, the cable. It is the
 * process that owns them, asked over HTTP on loopback.
 */
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

/** What can be broken from outside, and mended. */
export interface Breakable {
  break(): Promise<void>;
  mend(): Promise<void>;
}

export interface Hand {
  /** For `ask`. */
  readonly url: string;
  /** Mends what is still broken, so that the next run finds it whole. */
  close(): Promise<void>;
}

export type Act = keyof Breakable;

/** Offers a hand on a free port. An act that fails is answered with its reason. */
export async function offerHand(breakable: Breakable): Promise<Hand> {
  let broken = false;
  const acts: Readonly<Record<Act, () => Promise<void>>> = {
    break: async () => {
      broken = true;
      await breakable.break();
    },
    mend: async () => {
      if (broken) await breakable.mend();
      broken = false;
    },
  };
  const server = createServer((request, response) => {
    acts[request.url === "/mend" ? "mend" : "break"]().then(
      () => response.writeHead(204).end(),
      (error: unknown) => response.writeHead(500).end(String(error)),
    );
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    close: async () => {
      const closed = once(server, "close");
      server.close();
      server.closeAllConnections();
      await closed;
      await acts.mend();
    },
  };
}

/** @throws Error with the reason, when the act failed */
export async function ask(url: string, act: Act): Promise<void> {
  const response = await fetch(`${url}/${act}`, { method: "POST" });
  if (!response.ok) throw new Error(`could not ${act} the link: ${await response.text()}`);
}

/**
 * The least an HTTP client can do to ask a responder (RFC 9112, RFC 6960 appendix A.1), so that what
 * is measured is the server: one connection, kept for as long as the server keeps it.
 */
import { once } from "node:events";
import { connect, type Socket } from "node:net";

export interface OcspClient {
  /** Gives the body of the response. @throws Error when it is not 200, or broken off */
  ask(request: Uint8Array): Promise<Uint8Array>;
  close(): void;
}

export function ocspClient(port: number, path: string): OcspClient {
  let kept: Socket | undefined;
  const close = () => {
    kept?.destroy();
    kept = undefined;
  };
  return {
    close,
    ask: async (request) => {
      kept ??= await dial(port);
      kept.write(post(port, path, request));
      const { persistent, body } = await receive(kept);
      if (!persistent) close();
      return body;
    },
  };
}

async function dial(port: number): Promise<Socket> {
  const socket = connect(port, "127.0.0.1").setNoDelay(true);
  await once(socket, "connect");
  return socket;
}

function post(port: number, path: string, request: Uint8Array): Uint8Array {
  const head = `POST ${path} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nContent-Type: application/ocsp-request\r\nContent-Length: ${request.length}\r\n\r\n`;
  return Buffer.concat([Buffer.from(head, "latin1"), request]);
}

interface Response {
  readonly persistent: boolean;
  readonly body: Uint8Array;
}

function receive(socket: Socket): Promise<Response> {
  let received: Buffer = Buffer.alloc(0);
  return new Promise((resolve, reject) => {
    const brokenOff = () => reject(new Error("the responder closed the connection"));
    const take = (bytes: Buffer) => {
      received = received.length === 0 ? bytes : Buffer.concat([received, bytes]);
      const response = parse(received, reject);
      if (response === undefined) return;
      socket.off("data", take).off("close", brokenOff).off("error", reject);
      resolve(response);
    };
    socket.on("data", take).once("close", brokenOff).once("error", reject);
  });
}

/** Undefined while there is more to come. */
function parse(received: Buffer, reject: (error: Error) => void): Response | undefined {
  const end = received.indexOf("\r\n\r\n");
  if (end < 0) return undefined;
  const head = received.toString("latin1", 0, end);
  const [, version, status] = /^HTTP\/(1\.[01]) (\d+)/.exec(head) ?? [];
  const [, length] = /\r\ncontent-length: *(\d+)/i.exec(head) ?? [];
  if (status !== "200" || length === undefined) {
    reject(new Error(`the responder answered ${head.split("\r\n")[0]}`));
    return undefined;
  }
  const body = received.subarray(end + 4);
  if (body.length < Number(length)) return undefined;
  return { persistent: version === "1.1", body };
}

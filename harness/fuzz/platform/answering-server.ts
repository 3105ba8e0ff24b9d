/** A platform on loopback that answers every question with what it was told, and gives anyone a token. */
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";

export interface MadeUpAnswer {
  readonly status: number;
  readonly type: string;
  readonly body: string;
}

const TOKEN: MadeUpAnswer = {
  status: 200,
  type: "application/json",
  body: JSON.stringify({ access_token: "token", token_type: "Bearer", expires_in: 3600 }),
};

export class AnsweringServer {
  answer: MadeUpAnswer = TOKEN;
  readonly #server: Server;

  private constructor(tokenPath: string) {
    this.#server = createServer((request, response) => {
      request.resume();
      const { status, type, body } = request.url === tokenPath ? TOKEN : this.answer;
      response.writeHead(status, { "content-type": type, "cache-control": "no-store" });
      response.end(body);
    });
  }

  static async listen(tokenPath: string): Promise<AnsweringServer> {
    const server = new AnsweringServer(tokenPath);
    await new Promise<void>((resolve) => server.#server.listen(0, "127.0.0.1", resolve));
    return server;
  }

  get origin(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}

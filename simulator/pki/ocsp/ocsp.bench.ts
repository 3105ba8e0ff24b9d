// OCSP answers, each signed while the client waits. In process they are compared with signatures and
// nothing else, over HTTP with OpenSSL's own responder, both on two cores.
import { rsaSignaturesPerSecond } from "../../testing/openssl-speed.ts";
import { ocspClient } from "../testing/ocsp-client.ts";
import { opensslServer, ourServer, type RunningServer } from "../testing/ocsp-servers.ts";
import { REQUEST, testService } from "../testing/world.ts";
import { buildOcspRequest, certIdOf } from "./request.ts";

/** Enough that a signature waits for every core that falls idle. */
const LANES = 16;
/** Asked of a server before it is measured: it has an engine of its own that has to learn. */
const WARM_UP_QUESTIONS = 2000;

export const benchmarks = [
  {
    name: "ocsp/in-process",
    title: {
      ja: "OCSP応答（プロセス内、その場でRSA-2048署名）",
      en: "OCSP answers in process, signed live with RSA-2048",
    },
    peer: { ja: "openssl speed -multi 2 rsa2048", en: "openssl speed -multi 2 rsa2048" },
    unit: "answers/s",
    target: 0.85,
    needs: "openssl",
    rounds: 3,
    run: async () => {
      const { jpki, request } = await asked();
      return {
        lanes: LANES,
        operation: async () => requireSigned(await jpki.respond(request)),
      };
    },
    reference: () => ({ figure: () => rsaSignaturesPerSecond(2) }),
  },
  {
    name: "ocsp/http",
    title: {
      ja: "OCSP応答（HTTP、その場でRSA-2048署名）",
      en: "OCSP answers over HTTP, signed live with RSA-2048",
    },
    peer: { ja: "openssl ocsp -multi 2", en: "openssl ocsp -multi 2" },
    unit: "answers/s",
    target: 1.3,
    needs: "openssl",
    milliseconds: 600,
    run: async () => overHttp(await asked(), await ourServer(), WARM_UP_QUESTIONS),
    reference: async () => {
      const question = await asked();
      const { authority } = question.jpki.auth;
      return overHttp(question, await opensslServer(authority, [question.serial]));
    },
  },
  {
    name: "ocsp/pre-signed",
    title: {
      ja: "OCSP応答（HTTP、署名済み）",
      en: "OCSP answers over HTTP, signed ahead of time",
    },
    peer: { ja: "openssl ocsp（1プロセス）", en: "openssl ocsp, one process" },
    unit: "answers/s",
    target: 8,
    needs: "openssl",
    milliseconds: 600,
    run: async () => overHttp(await asked(), await ourServer("preSigned"), WARM_UP_QUESTIONS),
    reference: async () => {
      const question = await asked();
      const { authority } = question.jpki.auth;
      return overHttp(question, await opensslServer(authority, [question.serial], 1));
    },
  },
];

type Question = Awaited<ReturnType<typeof asked>>;

/** A certificate of the test world, and a request about it. */
async function asked() {
  const { jpki } = await testService();
  const { authority } = jpki.auth;
  const { serial } = await authority.issue(REQUEST);
  const id = certIdOf(BigInt(serial), authority.certificate, "sha1");
  return { jpki, serial, request: buildOcspRequest([id]) };
}

/** A refusal is quick and has five bytes. */
function requireSigned({ length }: Uint8Array): void {
  if (length < 1000) throw new Error(`an answer of ${length} bytes is not signed`);
}

async function overHttp({ request }: Question, { port, path, stop }: RunningServer, warmUp = 0) {
  const clients = Array.from({ length: LANES }, () => ocspClient(port, path));
  const idle = [...clients];
  const ask = async () => {
    const client = idle.pop();
    if (client === undefined) throw new RangeError("there are more lanes than clients");
    requireSigned(await client.ask(request));
    idle.push(client);
  };
  for (let asked = 0; asked < warmUp; asked += LANES) await Promise.all(clients.map(ask));
  return {
    lanes: LANES,
    operation: ask,
    close: async () => {
      for (const client of clients) client.close();
      await stop();
    },
  };
}

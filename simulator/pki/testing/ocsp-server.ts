/**
 * A process that serves OCSP as a lab does, for being loaded from outside: started with `fork`, tells
 * its port as a message and ends with its parent. Its world is the one every test world is, so the
 * parent knows the certificates without being told.
 */
import Fastify from "fastify";
import { REQUEST, testService } from "./world.ts";

const { jpki } = await testService();
await jpki.auth.authority.issue(REQUEST);
jpki.signing = process.argv[2] === "preSigned" ? "preSigned" : "live";
const server = Fastify({ forceCloseConnections: true });
await server.register(jpki.routes);
const origin = await server.listen({ port: 0, host: "127.0.0.1" });
process.once("disconnect", () => void server.close());
process.send?.({ port: Number(new URL(origin).port), path: "/ocsp" });

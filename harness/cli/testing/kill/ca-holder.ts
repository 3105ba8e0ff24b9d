/**
 * The least process that runs the CAs as `jpki-bench lab` does: the same service behind the same door,
 * the same operations of the control API, saved into the same kind of state directory before anything
 * is answered. Started with the path of the directory and the folder of the key pool.
 *
 * Instead of a resident with a card, `newResident` gives somebody certificates and no card.
 */
import { argv } from "node:process";
import type { FastifyInstance } from "fastify";
import { LabClock } from "../../../../simulator/clock.ts";
import { authorityOperations } from "../../../../simulator/lab/control/authorities.ts";
import { caOperations } from "../../../../simulator/lab/control/ca.ts";
import type { ControlledLab } from "../../../../simulator/lab/control/controlled-lab.ts";
import { Door } from "../../../../simulator/lab/door.ts";
import { serialText } from "../../../../simulator/lab/people.ts";
import { StateDirectory } from "../../../../simulator/lab/state-directory.ts";
import { JpkiService, KeyPool } from "../../../../simulator/pki/index.ts";
import { REQUEST } from "../../../../simulator/pki/testing/world.ts";
import { Random } from "../../../../simulator/random.ts";

const WORLD = "world.json";
const [, , folder = "", pool = ""] = argv;

interface Saved {
  readonly keys: number;
  readonly jpki: unknown;
}

const state = new StateDirectory(folder);
state.lock();
const saved = state.readJson(WORLD) as Saved | undefined;
const keys = new KeyPool(pool).source(saved?.keys);
const jpkiDoor = await Door.open();
const controlDoor = await Door.open();
const world = {
  clock: LabClock.running(),
  random: new Random("kill"),
  keys,
  ocspUrl: `${jpkiDoor.origin}/ocsp`,
};
const jpki =
  saved === undefined ? await JpkiService.create(world) : JpkiService.restore(saved.jpki, world);
const save = () => state.write(WORLD, JSON.stringify({ keys: keys.position, jpki: jpki.state }));
save();
await jpkiDoor.mount(jpki.routes);
await controlDoor.mount(async (app) => control(app));
const { origin } = jpkiDoor;
const ca = {
  ocsp: world.ocspUrl,
  crl: `${origin}/crl/auth.crl`,
  signCrl: `${origin}/crl/sign.crl`,
};
process.stdout.write(`${JSON.stringify({ console: controlDoor.origin, ca })}\n`);

function control(app: FastifyInstance): void {
  // The operations of this room ask no more of a lab.
  const lab = { jpki, save } as unknown as ControlledLab;
  const { listCertificates, revokeCertificate, publish } = caOperations;
  const { downloadCaCertificate } = authorityOperations;
  for (const operation of [listCertificates, revokeCertificate, publish, downloadCaCertificate]) {
    const { method, path: url } = operation;
    app.route({
      method,
      url: `/control/v1${url}`,
      handler: async ({ params, body }, reply) => {
        const asked = { ...(params as object), ...(body as object) };
        const answer = await operation.act(lab, asked as never);
        return answer instanceof Uint8Array ? reply.send(Buffer.from(answer)) : answer;
      },
    });
  }
  app.post("/control/v1/residents", async () => {
    const auth = await jpki.auth.authority.issue(REQUEST);
    const sign = await jpki.sign.authority.issue(REQUEST);
    save();
    return { card: { authSerial: serialText(auth.serial), signSerial: serialText(sign.serial) } };
  });
}

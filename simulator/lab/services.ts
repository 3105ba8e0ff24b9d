/** Which service of a world is behind which door, and where that is. */
import type { FastifyPluginAsync } from "fastify";
import type { Doors, Service } from "./doors.ts";
import type { LabAddresses } from "./rows.ts";
import type { World } from "./world.ts";

/**
 * Puts every service but the console behind its door.
 *
 * @param remember called after each answer of a platform, which may have changed what it knows
 */
export async function mountServices(
  doors: Doors,
  world: World,
  remember: () => void,
): Promise<void> {
  const platforms: readonly [Service, FastifyPluginAsync][] = [
    ["mkpfVerification", world.mkpf.verification.plugin],
    ["mkpfProduction", world.mkpf.production.plugin],
    ["localAuthPf", world.localAuthPf.plugin],
    ["digitalAuthApp", world.digitalAuthApp.plugin],
    ["attributeProvision", world.attributeProvision.plugin],
    ["cardApLoader", world.cardApLoader.plugin],
  ];
  await Promise.all([
    doors.mount("jpki", world.jpki.routes),
    ...platforms.map(([service, plugin]) => doors.mount(service, remembering(plugin, remember))),
  ]);
}

export function addressesOf(doors: Doors, world: World): LabAddresses {
  const jpki = doors.origin("jpki");
  return {
    console: doors.origin("console"),
    ocsp: `${jpki}/ocsp`,
    crl: { auth: `${jpki}/crl/auth.crl`, sign: `${jpki}/crl/sign.crl` },
    mkpf: {
      verification: doors.origin("mkpfVerification"),
      production: doors.origin("mkpfProduction"),
    },
    localAuthPf: doors.origin("localAuthPf"),
    digitalAuthApp: doors.origin("digitalAuthApp") + world.digitalAuthApp.issuerPath,
    attributeProvision: doors.origin("attributeProvision"),
    cardApLoader: doors.origin("cardApLoader"),
  };
}

function remembering(plugin: FastifyPluginAsync, remember: () => void): FastifyPluginAsync {
  return async (app) => {
    app.addHook("onResponse", async () => remember());
    await app.register(plugin);
  };
}

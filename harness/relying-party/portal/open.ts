/** The built-in portal in a world: a service (RP) of デジタル認証アプリ, for 認証API and 署名API. */
import type { Lab } from "../../../simulator/lab/index.ts";
import { DigitalAuthClient, type HttpTraceSink, registerService } from "../../platform/index.ts";
import type { Place } from "../place.ts";
import { openStore } from "../site/store.ts";
import { standingWith } from "../standing.ts";
import { NEW_PORTAL, type PortalRecords, portalRecords } from "./records.ts";
import { portalSite } from "./routes.ts";
import { PORTAL } from "./words.ts";

type Standing = NonNullable<PortalRecords["standing"]>;

export function portalRecordsOf(lab: Lab) {
  return openStore(lab.state, "relying-party-portal.json", portalRecords, NEW_PORTAL);
}

export function openPortal(lab: Lab, { origin, port }: Place, sink: HttpTraceSink) {
  const store = portalRecordsOf(lab);
  const redirectUri = `${origin}/callback`;
  const standing = standingWith<Standing>({
    remembered: () => store.content.standing,
    isKnown: ({ clientId }) =>
      lab.digitalAuthApp
        .state()
        .relyingParties.some(
          (one) => one.clientId === clientId && one.redirectUris.includes(redirectUri),
        ),
    apply: async () => {
      const name = `${PORTAL.owner.ja} ${PORTAL.name.ja}`;
      const registered = await registerService(lab.digitalAuthApp, name, redirectUri);
      lab.save();
      const { clientId, key, sealing } = registered;
      const keys = { privateKey: key.privateKey, sealingKey: sealing.privateKey };
      const fresh = { clientId, ...keys, port };
      store.keep({ ...NEW_PORTAL, standing: fresh });
      return fresh;
    },
  });
  let made: { readonly standing: Standing; readonly client: DigitalAuthClient } | undefined;
  return portalSite({
    origin,
    store,
    now: () => lab.clock.now(),
    client: async () => {
      const present = await standing();
      if (made?.standing !== present) {
        made = { standing: present, client: await connect(lab, present, redirectUri, sink) };
      }
      return made.client;
    },
  });
}

function connect(
  lab: Lab,
  { clientId, privateKey, sealingKey }: Standing,
  redirectUri: string,
  sink: HttpTraceSink,
) {
  return DigitalAuthClient.create({
    origin: new URL(lab.addresses.digitalAuthApp).origin,
    clientId,
    privateKey,
    redirectUri,
    signResultKey: sealingKey,
    profile: lab.digitalAuthApp.profile,
    sink,
    ca: lab.webCa,
  });
}

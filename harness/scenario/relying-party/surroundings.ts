/** What the world of a scenario offers a system that a vendor's driver connects to it. */
import type { Lab } from "../../../simulator/lab/index.ts";
import { InProcessReader } from "../../../simulator/reader/index.ts";
import { BenchError } from "../../errors.ts";
import {
  grantAccess,
  type HttpTrace,
  type HttpTraceSink,
  registerService,
  registerWithMkpf,
} from "../../platform/index.ts";
import { simulatedReader } from "../../reader/index.ts";
import type {
  DigitalAuthOffer,
  LocalAuthPfOffer,
  MkpfOffer,
  Surroundings,
} from "../../relying-party/driver.ts";
import { scrubbed } from "../scrub.ts";

export interface Circumstances {
  readonly scenario: string;
  readonly url?: string | undefined;
  readonly deadline: number;
  readonly sink: HttpTraceSink;
  readonly afterwards: Surroundings["afterwards"];
}

/** By this name the platforms know whatever a vendor connects. */
const NAME = "試験市 試験対象システム";

export function surroundingsIn(lab: Lab, { url, sink, ...others }: Circumstances): Surroundings {
  return {
    ...others,
    // A vendor's code is not ours: what is secret in this world is struck out whatever it hands in.
    sink: (trace) => sink(scrubbed(trace, lab.secrets()) as HttpTrace),
    ...(url !== undefined && { url }),
    mkpf: mkpfOf(lab),
    localAuthPf: localAuthPfOf(lab),
    digitalAuthApp: digitalAuthAppOf(lab),
    control: lab.addresses.console,
    now: () => lab.clock.now(),
    reader: (card) => readerWith(lab, card),
  };
}

function mkpfOf(lab: Lab): MkpfOffer {
  const platform = lab.mkpf.verification;
  return {
    issuer: lab.addresses.mkpf.verification,
    profile: platform.profile,
    register: (redirectUri) => {
      const redirectUris = [redirectUri];
      return registerWithMkpf(platform, { name: NAME, type: "mkpf-1", redirectUris });
    },
  };
}

function localAuthPfOf({ addresses, localAuthPf }: Lab): LocalAuthPfOffer {
  return {
    baseUrl: addresses.localAuthPf,
    profile: localAuthPf.profile,
    register: (method) => grantAccess(localAuthPf, { name: NAME, method, kinds: ["auth"] }),
  };
}

function digitalAuthAppOf({ addresses, digitalAuthApp }: Lab): DigitalAuthOffer {
  return {
    origin: new URL(addresses.digitalAuthApp).origin,
    profile: digitalAuthApp.profile,
    register: async (redirectUri) => {
      const { clientId, key, sealing } = await registerService(digitalAuthApp, NAME, redirectUri);
      return { clientId, privateKey: key.privateKey, sealingKey: sealing.privateKey };
    },
  };
}

function readerWith(lab: Lab, wanted: string) {
  const held = [...lab.cards, ...lab.smartphones].find(({ id }) => id === wanted);
  if (held === undefined) {
    throw new BenchError("READER_NO_CARD", `nobody in this world has the card ${wanted}`);
  }
  const slot = new InProcessReader(`system under test ${wanted}`);
  slot.insert(held.card);
  return simulatedReader(slot);
}

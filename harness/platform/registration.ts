/**
 * What a municipality or a service applies for on paper before it connects (接続申請), as registrations
 * with the platforms of a simulated world: each has keys or access information of its own.
 */
import type {
  AccessApplication,
  AccessInformation,
  DigitalAuthApp,
  LocalAuthPf,
  Mkpf,
  SystemRegistration,
} from "../../simulator/platform/index.ts";
import { type ClientKey, newClientKey, newSealingKey } from "./client-key.ts";

/** A system as registered with MKPF: enough to make a client of it anywhere. */
export interface MkpfCredentials {
  readonly clientId: string;
  readonly privateKey: ClientKey["privateKey"];
}

/** @throws SimulatorError PLATFORM_REGISTRATION_INVALID */
export async function registerWithMkpf(
  platform: Pick<Mkpf, "registerSystem">,
  system: Omit<SystemRegistration, "publicJwk">,
): Promise<MkpfCredentials> {
  const { publicJwk, privateKey } = await newClientKey();
  const { clientId } = platform.registerSystem({ ...system, publicJwk });
  return { clientId, privateKey };
}

export interface RegisteredService {
  readonly clientId: string;
  readonly key: ClientKey;
  /** Certificates of 署名API are sealed for it. */
  readonly sealing: ClientKey;
}

/** For 認証API and 署名API of デジタル認証アプリ. @throws SimulatorError PLATFORM_REGISTRATION_INVALID */
export async function registerService(
  platform: Pick<DigitalAuthApp, "registerRelyingParty">,
  name: string,
  redirectUri: string,
): Promise<RegisteredService> {
  const [key, sealing] = await Promise.all([newClientKey(), newSealingKey()]);
  const { clientId } = platform.registerRelyingParty({
    name,
    publicJwk: key.publicJwk,
    redirectUris: [redirectUri],
    signResultJwk: sealing.publicJwk,
  });
  return { clientId, key, sealing };
}

/** アクセス情報 of 地方認証PF, activated. @throws SimulatorError PLATFORM_REGISTRATION_INVALID */
export function grantAccess(
  platform: Pick<LocalAuthPf, "issueAccess" | "setAccessState">,
  application: AccessApplication,
): AccessInformation {
  const access = platform.issueAccess(application);
  platform.setAccessState(access.id, "active");
  return access;
}

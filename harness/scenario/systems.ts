/**
 * Municipal systems (自治体システム) that a scenario speaks for: registered with the world's platforms,
 * with keys and access information of their own, and traced.
 */
import { exportJWK, generateKeyPair, type JWK } from "jose";
import type { Lab } from "../../simulator/lab/index.ts";
import type { CertificateKind } from "../../simulator/pki/index.ts";
import type { CheckMethod, MkpfEnvironment } from "../../simulator/platform/index.ts";
import { type ClientSoftwareSystems, clientSoftwareSystems } from "../client-software/systems.ts";
import { type HttpTrace, LocalAuthPfClient, MkpfClient } from "../platform/index.ts";
import { type CardApSystems, cardApSystems } from "./card-ap/systems.ts";
import { type JpkiSystems, jpkiSystems } from "./jpki/systems.ts";
import { type PlatformSystems, platformSystems } from "./platform/systems.ts";

export interface MkpfAsk {
  /** 検証 or 本番. Default `verification`. */
  readonly environment?: MkpfEnvironment;
  /** The method of validity check the system applied for. Default `ocsp`. */
  readonly method?: CheckMethod;
}

/** A system as registered with MKPF: enough to make a client of it anywhere. */
export interface MkpfCredentials {
  readonly clientId: string;
  readonly privateKey: JWK;
}

export interface LocalAuthAsk {
  /** OCSP方式 or CRL方式. Default `ocsp`. */
  readonly method?: CheckMethod;
  /** The front door the window knocks at. Default that of its method. */
  readonly door?: CheckMethod;
  /** Certificates the window may present. Default both kinds. */
  readonly kinds?: readonly [CertificateKind, ...CertificateKind[]];
  /** Whether the access information has been activated. Default true. */
  readonly active?: boolean;
  /** What the window takes for its secret. Default the one it was given. */
  readonly secret?: string;
}

export interface MunicipalSystems
  extends CardApSystems,
    ClientSoftwareSystems,
    JpkiSystems,
    PlatformSystems {
  /** Registers a municipal system with MKPF 類型② and gives its credentials. */
  register(name: string, ask?: MkpfAsk): Promise<MkpfCredentials>;
  /** A registered system's client of an environment; its own unless another is given. */
  connect(credentials: MkpfCredentials, environment?: MkpfEnvironment): Promise<MkpfClient>;
  /** Registers and connects. */
  mkpf(name: string, ask?: MkpfAsk): Promise<MkpfClient>;
  /** A window connected to 地方認証プラットフォーム. */
  localAuthPf(name: string, ask?: LocalAuthAsk): LocalAuthPfClient;
}

export function municipalSystems(
  lab: Lab,
  record: (exchange: { readonly type: "http" } & HttpTrace) => void,
): MunicipalSystems {
  const sink = (exchange: HttpTrace) => record({ type: "http", ...exchange });
  const register: MunicipalSystems["register"] = async (name, ask = {}) => {
    const { environment = "verification", method = "ocsp" } = ask;
    const { publicKey, privateKey } = await generateKeyPair("ES256", { extractable: true });
    const { clientId } = lab.mkpf[environment].registerSystem({
      name,
      type: "mkpf-2",
      publicJwk: { ...(await exportJWK(publicKey)), alg: "ES256", use: "sig" } as never,
      method,
    });
    return { clientId, privateKey: { ...(await exportJWK(privateKey)), alg: "ES256" } };
  };
  const connect: MunicipalSystems["connect"] = (credentials, environment = "verification") =>
    MkpfClient.create({
      issuer: lab.addresses.mkpf[environment],
      profile: lab.mkpf[environment].profile,
      ...credentials,
      sink,
    });
  return {
    ...cardApSystems(lab, sink),
    ...clientSoftwareSystems(lab, sink),
    ...jpkiSystems(lab, sink),
    ...platformSystems(lab, sink),
    register,
    connect,
    mkpf: async (name, ask) => connect(await register(name, ask), ask?.environment),
    localAuthPf: (name, ask = {}) => {
      const { method = "ocsp", door = method, kinds = ["auth", "sign"], active = true } = ask;
      const access = lab.localAuthPf.issueAccess({ name, method, kinds: [...kinds] });
      if (active) lab.localAuthPf.setAccessState(access.id, "active");
      const baseUrl = lab.addresses.localAuthPf;
      const { profile } = lab.localAuthPf;
      const shown = { ...access, secret: ask.secret ?? access.secret };
      return new LocalAuthPfClient({ baseUrl, method: door, access: shown, profile, sink });
    },
  };
}

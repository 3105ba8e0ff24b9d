/**
 * Municipal systems (自治体システム) that a scenario speaks for: registered with the world's platforms,
 * with keys and access information of their own, and traced.
 */
import type { Lab } from "../../simulator/lab/index.ts";
import type { CertificateKind } from "../../simulator/pki/index.ts";
import type { CheckMethod, MkpfEnvironment } from "../../simulator/platform/index.ts";
import { type ClientSoftwareSystems, clientSoftwareSystems } from "../client-software/systems.ts";
import {
  grantAccess,
  type HttpTraceSink,
  LocalAuthPfClient,
  MkpfClient,
  type MkpfCredentials,
  registerWithMkpf,
} from "../platform/index.ts";
import { type CardApSystems, cardApSystems } from "./card-ap/systems.ts";
import { type JpkiSystems, jpkiSystems } from "./jpki/systems.ts";
import { type PlatformSystems, platformSystems } from "./platform/systems.ts";

export interface MkpfAsk {
  /** 検証 or 本番. Default `verification`. */
  readonly environment?: MkpfEnvironment;
  /** The method of validity check the system applied for. Default `ocsp`. */
  readonly method?: CheckMethod;
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

export function municipalSystems(lab: Lab, sink: HttpTraceSink): MunicipalSystems {
  return {
    ...cardApSystems(lab, sink),
    ...clientSoftwareSystems(lab, sink),
    ...jpkiSystems(lab, sink),
    ...platformSystems(lab, sink),
    ...mkpfSystems(lab, sink),
    localAuthPf: (name, ask) => windowClient(lab, sink, name, ask),
  };
}

function mkpfSystems(
  lab: Lab,
  sink: HttpTraceSink,
): Pick<MunicipalSystems, "register" | "connect" | "mkpf"> {
  const register: MunicipalSystems["register"] = (name, ask = {}) => {
    const { environment = "verification", method = "ocsp" } = ask;
    return registerWithMkpf(lab.mkpf[environment], { name, type: "mkpf-2", method });
  };
  const connect: MunicipalSystems["connect"] = (credentials, environment = "verification") =>
    MkpfClient.create({
      issuer: lab.addresses.mkpf[environment],
      profile: lab.mkpf[environment].profile,
      ...credentials,
      sink,
    });
  return {
    register,
    connect,
    mkpf: async (name, ask) => connect(await register(name, ask), ask?.environment),
  };
}

function windowClient(
  { localAuthPf, addresses }: Lab,
  sink: HttpTraceSink,
  name: string,
  ask: LocalAuthAsk = {},
): LocalAuthPfClient {
  const { method = "ocsp", door = method, kinds = ["auth", "sign"], active = true } = ask;
  const application = { name, method, kinds: [...kinds] };
  const issued = active
    ? grantAccess(localAuthPf, application)
    : localAuthPf.issueAccess(application);
  const access = { ...issued, secret: ask.secret ?? issued.secret };
  const { profile } = localAuthPf;
  const baseUrl = addresses.localAuthPf;
  return new LocalAuthPfClient({ baseUrl, method: door, access, profile, sink });
}

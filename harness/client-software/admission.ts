/**
 * かざし利用クライアントソフト asking MKPF whether it may work for somebody (platform-facts 1.6, 3.1). That
 * MKPF says no and that nobody could be asked are different things (KZ-10).
 */
import {
  type AdmissionDesk,
  type Client,
  ClientSoftwareError,
  type Doubt,
} from "../../simulator/client-software/index.ts";
import { DEFAULT_MKPF_PROFILE, type MkpfProfile } from "../../simulator/platform/mkpf/profile.ts";
import { meaningOf, toWire } from "../../simulator/platform/wire.ts";
import { createExchange, type HttpTraceSink } from "../platform/exchange.ts";
import { askJson } from "../platform/json-api.ts";
import { mkpfRules } from "../platform/mkpf-rules.ts";
import { PlatformError } from "../platform/platform-error.ts";
import { requireSafeAddress } from "../platform/safe-address.ts";

export interface AdmissionOptions {
  /** Issuer of the environment: `http://127.0.0.1:8081` for an emulated one, else HTTPS. */
  readonly issuer: string;
  readonly profile?: MkpfProfile;
  readonly sink?: HttpTraceSink;
  /** Milliseconds. Default 10000. */
  readonly deadline?: number;
}

/** @throws BenchError CONFIG_INVALID for plain HTTP to another machine */
export function mkpfAdmission(options: AdmissionOptions): AdmissionDesk {
  const { profile = DEFAULT_MKPF_PROFILE, sink = () => {}, deadline = 10_000 } = options;
  const url = new URL(profile.paths.clientSoftware, options.issuer);
  requireSafeAddress(url);
  const rules = mkpfRules(profile);
  const exchange = createExchange({ peer: "MKPF", rules, sink, deadline });
  return async (client) => {
    if (client.edition !== "extension" && client.password.reveal() === "") return "passwordMissing";
    const body = describe(profile, client);
    const { error: errorField } = profile.answerFields;
    try {
      await askJson(exchange, { url, headers: {}, body, errorField });
      return undefined;
    } catch (error) {
      return doubtOf(profile, error);
    }
  };
}

function describe(profile: MkpfProfile, client: Client) {
  return toWire(profile.admissionFields, {
    edition: profile.editions[client.edition],
    ...(client.edition === "extension"
      ? { origin: client.origin }
      : { password: client.password.reveal() }),
  });
}

/** @throws ClientSoftwareError mkpfUnreachable for everything that is not a word of MKPF about the client */
function doubtOf(profile: MkpfProfile, error: unknown): Doubt {
  const refusal = error instanceof PlatformError ? error.refusal : undefined;
  const { originNotRegistered, sourceNotRegistered, passwordMissing, passwordWrong } =
    profile.errors;
  const doubts = { originNotRegistered, sourceNotRegistered, passwordMissing, passwordWrong };
  const doubt = meaningOf(doubts, refusal);
  if (doubt !== undefined) return doubt;
  if (!(error instanceof PlatformError)) throw error;
  throw new ClientSoftwareError("mkpfUnreachable", {}, { cause: error });
}

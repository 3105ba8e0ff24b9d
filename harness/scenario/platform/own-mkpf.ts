/**
 * A 検証環境 of MKPF beside the world's own, under other rules: what no public text settles, such as the
 * PPID after a renewal, can be tried each way (platform-facts 1.5).
 */
import { Door } from "../../../simulator/lab/door.ts";
import type { Lab } from "../../../simulator/lab/index.ts";
import { peopleOf } from "../../../simulator/lab/people.ts";
import {
  type CheckMethod,
  createMkpf,
  type Mkpf,
  type MkpfProfile,
  parseMkpfProfile,
} from "../../../simulator/platform/index.ts";
import { type HttpTraceSink, MkpfClient, registerWithMkpf } from "../../platform/index.ts";
import { type Counter, openCounter } from "./counter.ts";
import { worldChecker } from "./world-checker.ts";

export type MkpfRules = Partial<MkpfProfile["rules"]>;

/** Listens on the loopback until it is disposed of. */
export interface OwnMkpf extends AsyncDisposable {
  /** Connects a municipal system of 類型②. */
  mkpf(name: string, method?: CheckMethod): Promise<MkpfClient>;
  counter(name: string): Promise<Counter>;
}

export async function openOwnMkpf(
  lab: Lab,
  rules: MkpfRules,
  sink: HttpTraceSink,
): Promise<OwnMkpf> {
  const door = await Door.open();
  const issuer = door.origin;
  const names = lab.mkpf.verification.profile;
  const profile = parseMkpfProfile({ ...names, rules: { ...names.rules, ...rules } });
  const platform: Mkpf = createMkpf({
    environment: "verification",
    issuer: () => issuer,
    clock: lab.clock,
    random: lab.random(`mkpf/${JSON.stringify(rules)}`),
    checker: worldChecker(lab),
    people: peopleOf(lab.office, lab.jpki),
    profile,
  });
  await door.mount(platform.plugin);
  return {
    mkpf: async (name, method = "ocsp") => {
      const credentials = await registerWithMkpf(platform, { name, type: "mkpf-2", method });
      return MkpfClient.create({ issuer, ...credentials, profile, sink });
    },
    counter: (name) => openCounter(lab, { platform, issuer }, name, { sink }),
    [Symbol.asyncDispose]: () => door.close(),
  };
}

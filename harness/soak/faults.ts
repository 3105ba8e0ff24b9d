/**
 * Faults at random: from each table of failure modes one may strike a session, independent of the
 * others (platform-facts 8.1 and 8.3 to 8.6, XS-07).
 */
import type { Lab } from "../../simulator/lab/index.ts";
import {
  CRL_FAULTS,
  type CrlFault,
  OCSP_FAULTS,
  type OcspFault,
} from "../../simulator/pki/index.ts";
import { PLATFORM_FAULTS, type PlatformFaults } from "../../simulator/platform/index.ts";
import type { Random } from "../../simulator/random.ts";
import type { InProcessReader, ReaderCondition } from "../../simulator/reader/index.ts";

export const TABLES = [
  "reader",
  "holder",
  "ocsp",
  "crl",
  "mkpf",
  "localAuthPf",
  "digitalAuthApp",
] as const;

export type FaultTable = (typeof TABLES)[number];

export interface DrawnFaults {
  /** By table: which. */
  readonly drawn: Readonly<Partial<Record<FaultTable, string>>>;
  /** Ends them all. */
  end(): void;
}

export interface FaultGround {
  readonly lab: Lab;
  readonly slot: InProcessReader;
  readonly random: Random;
  /** Of each table, 0 to 1. */
  readonly share: number;
}

/** Short enough for a run, long enough to be felt. */
const LATENCY = 40;

export function drawFaults({ lab, slot, random, share }: FaultGround): DrawnFaults {
  const drawn: Partial<Record<FaultTable, string>> = {};
  const platforms: Readonly<Record<"mkpf" | "localAuthPf" | "digitalAuthApp", PlatformFaults>> = {
    mkpf: lab.mkpf.verification.faults,
    localAuthPf: lab.localAuthPf.faults,
    digitalAuthApp: lab.digitalAuthApp.faults,
  };
  for (const table of TABLES) {
    if (random.below(1_000_000) >= share * 1_000_000) continue;
    if (table === "reader") drawn.reader = strikeReader(slot, random);
    else if (table === "holder") drawn.holder = "wrong PIN";
    else if (table === "ocsp" || table === "crl") drawn[table] = strikeStatus(lab, table, random);
    else drawn[table] = strikePlatform(platforms[table], random, table === "localAuthPf");
  }
  return {
    drawn,
    end: () => {
      slot.faults.clear();
      lab.jpki.planFault("ocsp", { mode: "none" });
      lab.jpki.planFault("crl", { mode: "none" });
      for (const faults of Object.values(platforms)) faults.clear();
    },
  };
}

function strikeReader(slot: InProcessReader, random: Random): string {
  const scope = { after: random.below(12), times: 1 };
  if (random.below(2) === 0) {
    slot.faults.inject({ kind: "removal" }, scope);
    return "removal";
  }
  const condition = random.pick<ReaderCondition>(["notTransacted", "timeout", "unexpected"]);
  slot.faults.inject({ kind: "condition", condition }, scope);
  return condition;
}

function strikeStatus(lab: Lab, service: "ocsp" | "crl", random: Random): string {
  const when = { after: random.below(2) };
  if (service === "ocsp") {
    const mode = pickMode<OcspFault>(OCSP_FAULTS, random);
    lab.jpki.planFault("ocsp", { mode, ...when });
    return mode;
  }
  const mode = pickMode<CrlFault>(CRL_FAULTS, random);
  lab.jpki.planFault("crl", { mode, ...when });
  return mode;
}

/** @param keyless whether the platform signs nothing */
function strikePlatform(faults: PlatformFaults, random: Random, keyless: boolean): string {
  const mode = pickMode<string>(PLATFORM_FAULTS, random);
  if (keyless && mode.startsWith("key-")) return strikePlatform(faults, random, keyless);
  const when = { after: random.below(3), times: 1 + random.below(3) };
  faults.plan({ mode, ...when, ...amountOf(mode, random) });
  return mode;
}

function amountOf(mode: string, random: Random): { amount?: number } {
  if (mode === "latency") return { amount: LATENCY };
  if (mode === "loss") return { amount: 50 };
  if (mode === "rate-limit") return { amount: 1 };
  // Up to two days, ahead or behind.
  if (mode === "clock-skew") return { amount: random.below(4 * 86_400) - 2 * 86_400 };
  return {};
}

function pickMode<Mode extends string>(modes: object, random: Random): Mode {
  const [first = "none", ...rest] = Object.keys(modes).filter((mode) => mode !== "none");
  return random.pick([first, ...rest]) as Mode;
}

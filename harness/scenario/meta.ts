/** What a scenario says about itself: the catalogue's row, and the guard's ground for a decision. */
import type { Bilingual, Effect } from "../../reports/journal/events.ts";
import { BenchError } from "../errors.ts";
import type { SystemName } from "../relying-party/driver.ts";

/** PINs of a card that a scenario spends tries of. */
export type TriesConsumed = Readonly<Partial<Record<"auth" | "sign" | "text", number>>>;

/**
 * What must be at hand for a scenario to make sense. `lab`: the simulated world with its residents,
 * CAs and platforms. `pins`: the PINs of the card in the reader. `removal`: a card the bench itself
 * can take out of the reader. `sharing`: a reader that several programs can use at once.
 * `contacts`: a reader that may reach a card by its contacts. `reader-faults`: a simulated reader,
 * whose behaviour can be changed and whose time can be moved. `actuator`: something that takes the card
 * away at a step and puts it back, a person if need be. `power`: the same for the reader's supply.
 * `staging`: platforms of a staging environment, as the configuration names them. `library`, `counter`,
 * `portal`: that system under test, the built-in one or the vendor's; with `lab`.
 */
export type Need =
  | "lab"
  | "pins"
  | "removal"
  | "sharing"
  | "contacts"
  | "reader-faults"
  | "actuator"
  | "power"
  | "staging"
  | SystemName;

export interface ScenarioMeta {
  readonly title: Bilingual;
  /** The system under test: `card`, `jpki`, `mkpf-2`, `local-auth-pf` ... */
  readonly system: string;
  /** Where the expected behaviour is written down. */
  readonly source: string;
  /** What it may do to a card. The guard refuses all but `read-only` on a card not declared a test card. */
  readonly effect: Effect;
  /** Raised whenever what the scenario demands changes. Default 1. */
  readonly version?: number;
  /** Tries it spends and does not give back by itself. Default none. */
  readonly tries?: TriesConsumed;
  readonly needs?: readonly Need[];
  /** Free words to select by (`--grep-tag`). */
  readonly tags?: readonly string[];
  /** Milliseconds until it counts as failed. Default 30000. */
  readonly timeout?: number;
}

/** The catalogue's row of one scenario. */
export interface ScenarioRecord {
  readonly id: string;
  readonly version: number;
  readonly title: Bilingual;
  readonly system: string;
  readonly source: string;
  readonly effect: Effect;
  readonly triesConsumed: TriesConsumed;
  readonly needs: readonly Need[];
  readonly tags: readonly string[];
}

const ID = /^[A-Z][A-Z0-9]*-\d{2,}[a-z]?$/;

/** @throws BenchError SCENARIO_INVALID for an id that is not like `CR-01` or a missing text */
export function toRecord(id: string, meta: ScenarioMeta): ScenarioRecord {
  const invalid = (what: string) => new BenchError("SCENARIO_INVALID", `scenario "${id}": ${what}`);
  if (!ID.test(id)) throw invalid("an id is capitals, a hyphen and digits, like CR-01");
  if (!meta.title.ja || !meta.title.en)
    throw invalid("a title in Japanese and in English is needed");
  if (!meta.source) throw invalid("its source is needed");
  const spends = Object.values(meta.tries ?? {}).some((tries) => tries > 0);
  if (meta.effect === "read-only" && spends) throw invalid("a read-only scenario spends no tries");
  return {
    id,
    version: meta.version ?? 1,
    title: meta.title,
    system: meta.system,
    source: meta.source,
    effect: meta.effect,
    triesConsumed: meta.tries ?? {},
    needs: meta.needs ?? [],
    tags: meta.tags ?? [],
  };
}

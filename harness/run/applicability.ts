/** Which scenarios a project can run, and why not the others. */
import type { Bilingual } from "../../reports/journal/events.ts";
import { type Act, wiredFor } from "../actuator/index.ts";
import { isSimulated, type ProjectConfig } from "../config/config.ts";
import { SYSTEM_NAMES, type SystemName } from "../relying-party/driver.ts";
import type { Need, ScenarioRecord } from "../scenario/meta.ts";
import { stagingOf } from "../scenario/staging.ts";

export type Applicability =
  | { readonly runs: true }
  | { readonly runs: false; readonly reason: Bilingual };

/** What a project has to offer a scenario. */
export interface Offer {
  /** Whether the card in the reader may be a real person's. */
  readonly physical: boolean;
  /** Whether the configuration declares that card a test card. */
  readonly testCard: boolean;
  readonly has: ReadonlySet<Need>;
}

/**
 * Beside staging platforms the simulated ones would be the wrong ones to test.
 *
 * @param systems under test that the project has; default the built-in ones
 */
export function offerOf(
  project: ProjectConfig,
  systems: readonly SystemName[] = SYSTEM_NAMES,
): Offer {
  const offer = cardOffer(project);
  const has = new Set<Need>([...offer.has, ...systems]);
  if (stagingOf(project) === undefined) return { ...offer, has };
  has.add("staging");
  has.delete("lab");
  return { ...offer, has };
}

function cardOffer(project: ProjectConfig): Offer {
  if (isSimulated(project)) {
    const has = new Set<Need>(["lab", "pins", "removal", "actuator"]);
    for (const need of offeredByLink(project)) has.add(need);
    if (project.reader.driver === "simulated") has.add("reader-faults").add("power");
    return { physical: false, testCard: false, has };
  }
  const has = new Set<Need>([...offeredByLink(project), ...offeredByActuator(project)]);
  if (project.testCard?.pins !== undefined) has.add("pins");
  return { physical: true, testCard: project.testCard !== undefined, has };
}

/** Every PC/SC reader can be shared and may have contacts; a reader on a serial line neither. */
function offeredByLink({ reader }: ProjectConfig): readonly Need[] {
  return reader.driver === "simulated" || reader.driver === "pcsc" ? ["sharing", "contacts"] : [];
}

function offeredByActuator({ actuator }: ProjectConfig): readonly Need[] {
  if (actuator === undefined) return [];
  const can = wiredFor(actuator);
  const offers = (need: Need, ...acts: Act[]) => (acts.every((act) => can.has(act)) ? [need] : []);
  return [
    ...offers("actuator", "present", "remove"),
    ...offers("power", "cut-power", "restore-power"),
  ];
}

const noSystem = (ja: string, en: string): Bilingual => ({
  ja: `試験対象の${ja}がありません（relyingParty の driver）`,
  en: `there is no ${en} under test (the driver of relyingParty)`,
});

const MISSING: Readonly<Record<Need, Bilingual>> = {
  lab: {
    ja: "模擬環境（住民・認証局・プラットフォーム）が必要です",
    en: "needs the simulated world of residents, CAs and platforms",
  },
  staging: {
    ja: "検証環境のプラットフォームが設定されていません（platform）",
    en: "no platform of a staging environment is configured (platform)",
  },
  pins: {
    ja: "カードの暗証番号が設定されていません（testCard.pins）",
    en: "the card's PINs are not configured (testCard.pins)",
  },
  removal: {
    ja: "カードを自動で抜き差しできる読取装置が必要です",
    en: "needs a reader from which the bench can take the card",
  },
  sharing: {
    ja: "複数のプログラムから同時に使える読取装置が必要です",
    en: "needs a reader that several programs can use at once",
  },
  contacts: {
    ja: "接触型の読取装置が必要です",
    en: "needs a reader with contacts",
  },
  "reader-faults": {
    ja: "振る舞いと時間を変えられる模擬読取装置が必要です（driver: simulated）",
    en: "needs a simulated reader, whose behaviour and time can be changed (driver: simulated)",
  },
  library: noSystem("図書館システム", "library"),
  counter: noSystem("窓口システム", "counter"),
  portal: noSystem("住民ポータル", "portal"),
  actuator: {
    ja: "カードを置き離しするアクチュエーターが必要です（actuator: リレー・サーボ・操作者）",
    en: "needs an actuator that moves the card (actuator: a relay, a servo or an operator)",
  },
  power: {
    ja: "読取装置の電源を切るアクチュエーターが必要です（actuator の power）",
    en: "needs an actuator in the reader's supply (power under `actuator`)",
  },
};

export function applicability(scenario: ScenarioRecord, offer: Offer): Applicability {
  if (offer.physical && !offer.testCard && scenario.effect !== "read-only") {
    return {
      runs: false,
      reason: {
        ja: `実カードでは読取りのみ実行します（このシナリオは ${scenario.effect}）。テスト用カードは testCard.id で宣言してください`,
        en: `only read-only scenarios run on a physical card (this one is ${scenario.effect}); declare a test card by testCard.id`,
      },
    };
  }
  const missing = scenario.needs.find((need) => !offer.has.has(need));
  return missing === undefined ? { runs: true } : { runs: false, reason: MISSING[missing] };
}

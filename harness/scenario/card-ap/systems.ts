/**
 * Operators of applications in the free area of cards (空き領域): a municipality or somebody else who has
 * applications loaded by カードAP搭載システム, and meets them again at readers of its own.
 */
import { fromHex, SW } from "../../../simulator/iso7816/index.ts";
import type { Lab } from "../../../simulator/lab/index.ts";
import type {
  ApplicationRegistration,
  OperatorRegistration,
} from "../../../simulator/platform/index.ts";
import { Application, CardError, readFile } from "../../card/index.ts";
import { CardApLoaderClient, type HttpTraceSink } from "../../platform/index.ts";
import type { Reader } from "../../reader/index.ts";

export interface CardApOperator {
  /** Its terminals, at counters and in kiosks. */
  readonly terminal: CardApLoaderClient;
}

export interface CardApSystems {
  /**
   * Registers an operator with its applications.
   *
   * @throws SimulatorError PLATFORM_REGISTRATION_INVALID
   */
  cardApOperator(
    registration: OperatorRegistration,
    ...applications: readonly ApplicationRegistration[]
  ): CardApOperator;
}

export function cardApSystems(lab: Lab, sink: HttpTraceSink): CardApSystems {
  return {
    cardApOperator: (registration, ...applications) => {
      const access = lab.cardApLoader.registerOperator(registration);
      for (const one of applications) lab.cardApLoader.registerApplication(access.id, one);
      const baseUrl = lab.addresses.cardApLoader;
      const { profile } = lab.cardApLoader;
      return { terminal: new CardApLoaderClient({ baseUrl, access, profile, sink }) };
    },
  };
}

/** What a reader of the service finds: file 0001 of its application, or why there is none. */
export type FoundOnCard =
  | { readonly state: "usable"; readonly content: Uint8Array }
  /** Not on the card; or on it, but only half loaded. */
  | { readonly state: "absent" | "unfinished" };

/** @throws CardError for every other answer, and BenchError of the reader */
export async function findCardAp(reader: Reader, aid: string): Promise<FoundOnCard> {
  const application = new Application(reader, { aid: fromHex(aid), label: LABEL });
  try {
    await application.select();
  } catch (error) {
    return { state: absence(error) };
  }
  const content = await application.run((exchange) => readFile(exchange, FIRST_FILE));
  return { state: "usable", content };
}

const LABEL = { ja: "カードAP", en: "card application" };
const FIRST_FILE = { id: 0x0001, label: { ja: "利用者番号", en: "user number" } };

function absence(error: unknown): "absent" | "unfinished" {
  if (error instanceof CardError && error.code === "CARD_NOT_FOUND") return "absent";
  if (error instanceof CardError && error.sw === SW.DF_LOCKED) return "unfinished";
  throw error;
}

/** Ten bugs a card might have, each of another kind; the model has to find every one of them. */
import type { RunOptions } from "../../model/run.ts";
import { PrimeInChallenge, StaleBytes } from "./answers.ts";
import { BlockedOpens, LateCounter, QueryCosts, ReselectionRefunds } from "./counters.ts";
import type { OpenCard } from "./open-card.ts";
import {
  AnyPinChangesAll,
  RightsCrossApplications,
  RightsSurvivePower,
  ShortNameTakesOldRule,
} from "./rights.ts";

export interface Bug {
  readonly name: string;
  readonly insert: NonNullable<RunOptions["insert"]>;
}

type Kind = new (...args: ConstructorParameters<typeof OpenCard>) => OpenCard;

function bug(name: string, Card: Kind): Bug {
  return { name, insert: (image, options) => new Card(image, options) };
}

export const BUGS: readonly Bug[] = [
  bug("a lost try is written down one command late", LateCounter),
  bug("selecting the application again gives lost tries back", ReselectionRefunds),
  bug("asking for the tries left costs one, once one is lost", QueryCosts),
  bug("the right PIN opens a blocked counter", BlockedOpens),
  bug("rights survive the power", RightsSurvivePower),
  bug("rights hold for the same file identifier in another application", RightsCrossApplications),
  bug("a short identifier is read by the rule of the file before", ShortNameTakesOldRule),
  bug("any PIN presented is enough to change another", AnyPinChangesAll),
  bug("a read at the very end gives stale bytes", StaleBytes),
  bug("a challenge after a signature shows a prime", PrimeInChallenge),
];

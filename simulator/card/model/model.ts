/**
 * A second, much simpler card: for every action the status that card-facts sections 2 to 4 ask for,
 * and 6.3 to 6.5 for sessions and certificates, and what is left of it after a power cut. Where the
 * facts leave the status open it says so. Shares no code with the card.
 */
import type { Action, Target } from "./action.ts";
import { authenticate, pretend, setSessionKey, sign } from "./keys.ts";
import { data, type Outcome, REFUSED, status } from "./outcome.ts";
import { askTries, changePin, verify } from "./pins.ts";
import { getData, read, readInSecret, readRecord } from "./reading.ts";
import { ModelState } from "./state.ts";
import { TABLES } from "./tables.ts";

type Selection = Extract<
  Action,
  { do: "select application" | "select issuer domain" | "select master file" }
>;

/** card-facts 0.3-9. */
const CHALLENGE_MAX = 256;
const TERMINAL_CA = 0x16;
const SELECT = "A4";

export class ModelCard extends ModelState {
  apply(action: Action): Outcome {
    switch (action.do) {
      case "select application":
      case "select issuer domain":
      case "select master file":
        return select(this, action);
      default:
        // UNVERIFIED: with which status a locked application refuses.
        return this.ap !== undefined && TABLES[this.ap].locked ? REFUSED : serve(this, action);
    }
  }
}

/** card-facts 2.7 and section 4. */
function select(card: ModelState, action: Selection): Outcome {
  switch (action.do) {
    case "select application":
      card.enter(action.ap);
      return status(TABLES[action.ap].locked ? 0x6283 : 0x9000);
    case "select issuer domain":
      card.enter(undefined);
      return status(0x9000);
    case "select master file":
      return status(card.ap === undefined ? 0x6a86 : 0x9000);
  }
}

function serve(card: ModelState, action: Exclude<Action, Selection>): Outcome {
  switch (action.do) {
    case "select file":
      return selectFile(card, action.id);
    case "read":
      return read(card, action);
    case "read record":
      return readRecord(card, action);
    case "get data":
      return getData(card, action);
    case "update":
      return update(card, action.target);
    case "verify":
      return verify(card, action);
    case "ask tries":
      return askTries(card, action.target);
    case "change PIN":
      return changePin(card, action);
    case "sign":
      return sign(card, action);
    case "authenticate":
      return authenticate(card, action.target);
    case "pretend":
      return pretend(card, action.target);
    case "load no certificate":
      return loadNoCertificate(card, action.part);
    case "challenge":
      return challenge(card, action.ne);
    case "set session key":
      return setSessionKey(card, action.block);
    case "read in secret":
      return readInSecret(card, action);
    case "bad secure message":
      return badSecureMessage(card, action);
    case "nonsense":
      return action.sw === "refused" ? REFUSED : status(action.sw);
  }
}

function selectFile(card: ModelState, id: number): Outcome {
  if (card.fileWith(id) === undefined) return status(0x6a82);
  card.file = id;
  return status(0x9000);
}

/** Nothing is written by a client, and only the free area knows the command (card-facts 6.4). */
function update(card: ModelState, target: Target): Outcome {
  if (card.ap !== "card-ap") return status(0x6d00);
  card.find(target, 0x6a82);
  return REFUSED;
}

function challenge(card: ModelState, ne: number): Outcome {
  if (ne > CHALLENGE_MAX) return status(0x6985);
  card.challenged = true;
  return data(ne);
}

/** card-facts 6.3: what was measured of 80 A2. */
function loadNoCertificate(card: ModelState, part: string): Outcome {
  if (part !== "06C1" && part !== "00C1") return status(0x6a86);
  return card.ap === "jpki" && card.file === TERMINAL_CA ? status(0x6700) : REFUSED;
}

/** card-facts 6.5-5. */
function badSecureMessage(
  card: ModelState,
  { cla, ins }: Extract<Action, { do: "bad secure message" }>,
): Outcome {
  if (!card.secure) return status(ins === SELECT ? 0x6882 : 0x69fc);
  if (cla === "0C") return status(0x6987);
  card.secure = false;
  return status(0x6988);
}

/**
 * Hunts the ten planted bugs with random histories, as somebody who has read nothing but the model:
 *
 *     npm run hunt:card -- [SEED]
 *
 * Prints of each how long it took, how many histories, and the shrunk history as APDUs; ends with 1
 * when one took more than two minutes to find or more than five events to show.
 */
import { randomInt } from "node:crypto";
import { describeEvent } from "../../model/event.ts";
import { modelledCard } from "../modelled-card.ts";
import { BUGS, type Bug } from "./bugs.ts";
import { EVENTS_MAX, search } from "./search.ts";

const PATIENCE_SECONDS = 120;

const [, , word = String(randomInt(2 ** 31))] = process.argv;
const seed = Number(word);
if (!Number.isInteger(seed)) throw new RangeError(`a seed is a whole number, not ${word}`);

const image = modelledCard();
line(`seed ${seed}`);
const missed = BUGS.filter((bug) => !hunted(bug));
line(`${BUGS.length - missed.length} of ${BUGS.length} planted bugs found and shrunk`);
process.exitCode = missed.length > 0 ? 1 : 0;

function hunted(bug: Bug): boolean {
  const began = performance.now();
  const found = search(image, bug, { seed, patience: PATIENCE_SECONDS * 1000 });
  const seconds = (performance.now() - began) / 1000;
  const events = found.smallest?.events ?? [];
  const short = events.length > 0 && events.length <= EVENTS_MAX;
  const well = short && seconds <= PATIENCE_SECONDS;
  line();
  line(
    `${well ? "found" : "MISSED"}  ${bug.name}: ${seconds.toFixed(2)} s, ` +
      `${found.histories} histories, shrunk to ${events.length} events`,
  );
  for (const event of events) line(`    ${describeEvent(event)}`);
  for (const difference of found.differences) line(`  ! ${difference}`);
  return well;
}

function line(text = ""): void {
  process.stdout.write(`${text}\n`);
}

/**
 * What `npm run disasters` starts: every disaster in the middle of every scenario, on every link this
 * machine can make.
 *
 *     npm run disasters -- [FILTER…] [--link simulated,pcsc,pn532,twn4] [--disaster card-removed,…]
 *         [--seed S] [--out DIR] [--json]
 *     npm run disasters -- --sample        a part of it, as CI runs it
 *
 * Prints a line for each; ends with 1 when one of them did not end as it must, and with 3 where there
 * was none.
 */
import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { systemParts } from "../../../reader/testing/require-system.ts";
import { campaign, sampled } from "./campaign.ts";
import type { Outcome } from "./judge.ts";
import { DISASTER_LINKS, type DisasterLink } from "./links.ts";
import { DISASTERS } from "./plan.ts";
import { SAMPLES } from "./sample.ts";
import { lines, totals } from "./table.ts";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    link: { type: "string", default: "simulated,pcsc,pn532" },
    disaster: { type: "string", default: DISASTERS.join(",") },
    seed: { type: "string", default: "disasters" },
    out: { type: "string", default: "disasters-out" },
    sample: { type: "boolean", default: false },
    json: { type: "boolean", default: false },
  },
});
const print = (line: string) => {
  if (!values.json) process.stdout.write(`${line}\n`);
};

const disasters = chosen(values.disaster, DISASTERS);
const names = DISASTER_LINKS.map(({ name }) => name);
const outcomes: Outcome[] = [];
for (const link of linksHere(chosen(values.link, names))) {
  const options = {
    filters: positionals,
    disasters,
    seed: values.seed,
    out: resolve(values.out),
    onOutcome: (outcome: Outcome) => lines(outcome).forEach(print),
  };
  const sample = values.sample ? SAMPLES[link.name] : undefined;
  outcomes.push(...(await (sample ? sampled(link, sample, options) : campaign(link, options))));
}
for (const line of totals(outcomes)) print(line);
if (values.json) process.stdout.write(`${JSON.stringify(outcomes)}\n`);
// Where nothing could be struck, nothing is shown.
const wrong = outcomes.some(({ violations }) => violations.length > 0);
process.exit(outcomes.length === 0 ? 3 : Number(wrong));

/** Those of the chosen links that this machine can make; the others are told of. */
function linksHere(names: readonly string[]): DisasterLink[] {
  return DISASTER_LINKS.filter(({ name, parts }) => {
    if (!names.includes(name)) return false;
    const { missing } = systemParts(parts);
    if (missing.length > 0) process.stderr.write(`${name}: – ${missing.join(", ")}\n`);
    return missing.length === 0;
  });
}

/** Ends the command where a name in `list` is none of those known. */
function chosen<Name extends string>(list: string, known: readonly Name[]): Name[] {
  const names = list.split(",");
  const unknown = names.find((name) => !known.some((one) => one === name));
  if (unknown !== undefined) {
    process.stderr.write(`CLI_USAGE: no "${unknown}"; there are: ${known.join(", ")}\n`);
    process.exit(2);
  }
  return known.filter((name) => names.includes(name));
}

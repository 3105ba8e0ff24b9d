/**
 * What `npm run disasters` starts: every disaster in the middle of every scenario, on every link this
 * machine can make.
 *
 *     npm run disasters -- [FILTER…] [--link simulated,pcsc,pn532,twn4] [--seed S] [--out DIR] [--json]
 *     npm run disasters -- --sample        a part of it, as CI runs it
 *
 * Prints a line for each; ends with 1 when one of them did not end as it must.
 */
import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { systemParts } from "../../../reader/testing/require-system.ts";
import { campaign, sampled } from "./campaign.ts";
import type { Outcome } from "./judge.ts";
import { DISASTER_LINKS, type DisasterLink } from "./links.ts";
import { SAMPLES } from "./sample.ts";
import { lines, totals } from "./table.ts";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    link: { type: "string", default: "simulated,pcsc,pn532" },
    seed: { type: "string", default: "disasters" },
    out: { type: "string", default: "disasters-out" },
    sample: { type: "boolean", default: false },
    json: { type: "boolean", default: false },
  },
});
const print = (line: string) => {
  if (!values.json) process.stdout.write(`${line}\n`);
};

const outcomes: Outcome[] = [];
for (const link of linksNamed(values.link.split(","))) {
  const options = {
    filters: positionals,
    seed: values.seed,
    out: resolve(values.out),
    onOutcome: (outcome: Outcome) => lines(outcome).forEach(print),
  };
  const sample = values.sample ? SAMPLES[link.name] : undefined;
  outcomes.push(...(await (sample ? sampled(link, sample, options) : campaign(link, options))));
}
for (const line of totals(outcomes)) print(line);
if (values.json) process.stdout.write(`${JSON.stringify(outcomes)}\n`);
process.exit(outcomes.every(({ violations }) => violations.length === 0) ? 0 : 1);

/** Those of the named links that this machine can make; the others are told of. */
function linksNamed(names: readonly string[]): DisasterLink[] {
  const unknown = names.find((name) => !DISASTER_LINKS.some((link) => link.name === name));
  if (unknown !== undefined) {
    process.stderr.write(`CLI_USAGE: no link "${unknown}"\n`);
    process.exit(2);
  }
  return DISASTER_LINKS.filter(({ name, parts }) => {
    if (!names.includes(name)) return false;
    const { missing } = systemParts(parts);
    if (missing.length > 0) process.stderr.write(`${name}: – ${missing.join(", ")}\n`);
    return missing.length === 0;
  });
}

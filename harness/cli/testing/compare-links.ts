/** What `npm run links` starts: the card's scenarios over every link this machine can make. */
import { resolve } from "node:path";
import { systemParts } from "../../reader/testing/require-system.ts";
import { compareLinks, LINKS } from "./links.ts";

const out = resolve("links-out");
const here = LINKS.filter(({ name, parts }) => {
  const { missing } = systemParts(parts);
  if (missing.length > 0) process.stdout.write(`${name}: – ${missing.join(", ")}\n`);
  return missing.length === 0;
});
const { runs, comparison } = await compareLinks(here, ["CR"], out);
for (const { stderr } of runs) process.stderr.write(stderr);
process.stdout.write(comparison.stdout);
process.exitCode = comparison.exitCode;

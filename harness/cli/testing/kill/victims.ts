/** Which processes can be hunted, as words for Node.js. */
import { fileURLToPath, pathToFileURL } from "node:url";
import { BIN } from "../cli.ts";

const CARD = fileURLToPath(new URL("card-holder.ts", import.meta.url));
const CA = fileURLToPath(new URL("ca-holder.ts", import.meta.url));
const PLANT = new URL("plant.ts", import.meta.url).href;

/** Where `tsc --project harness/cli/testing/kill` puts the sources: what is built starts sooner. */
const BUILT = fileURLToPath(new URL("../../../../.jpki-bench/kill/harness/cli", import.meta.url));
const RUN_BUILT = `import(${JSON.stringify(pathToFileURL(`${BUILT}/main.js`).href)}).then(
  async ({ main }) => { process.exitCode = await main(process.argv.slice(1)); },
);`;

const LAB = ["lab", "--json", "--no-relying-parties"];

export const FROM_SOURCES = {
  lab: [BIN, ...LAB],
  card: ["--import", "tsx", CARD],
  ca: ["--import", "tsx", CA],
} as const;

export const FROM_BUILD = {
  lab: ["-e", RUN_BUILT, "--", ...LAB],
  card: [`${BUILT}/testing/kill/card-holder.js`],
  ca: [`${BUILT}/testing/kill/ca-holder.js`],
} as const;

/** Puts a fault of plant.ts into a victim. */
export function planted(victim: readonly string[]): readonly string[] {
  return ["--import", "tsx", "--import", PLANT, ...victim];
}

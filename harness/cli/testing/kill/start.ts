/**
 * What `npm run kill:card` and `npm run kill:ca` start: a hunt for as long as it was asked for.
 *
 *     npm run kill:card -- [KILLS] [SEED]
 *     npm run kill:ca -- [KILLS] [SEED]
 *     node --import tsx harness/cli/testing/kill/start.ts lab-card|lab-ca [KILLS] [SEED]
 *
 * The first two kill the least process that holds a card or runs the CAs, which starts in a fifth of
 * the time; the last a whole `jpki-bench lab`. All of them start what
 * `tsc --project harness/cli/testing/kill` has built.
 *
 * Not tests, because they take minutes. Each prints its figures as JSON, and ends with 1 at the
 * first promise that was broken, with what went before. `KILL_PLANT` breaks one on purpose
 * (plant.ts).
 */
import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { TEST_KEY_POOL as KEYS } from "../../../../simulator/lab/testing/keys.ts";
import { huntCa } from "./ca-hunt.ts";
import { huntHolderCard } from "./holder-card.ts";
import { huntLabCard } from "./lab-card.ts";
import { FROM_BUILD, planted } from "./victims.ts";
import { Violation } from "./violation.ts";

const [, , hunted = "card", count, seed = randomUUID()] = process.argv;
const total = Number(count ?? (hunted.endsWith("ca") ? 500 : 1000));
const folder = mkdtempSync(join(tmpdir(), `jpki-kill-${hunted}-`));
const hunt = {
  kills: total,
  seed,
  folder,
  onProgress: (figures: { readonly kills: number }) => {
    if (process.stderr.isTTY) process.stderr.write(`\r${figures.kills} / ${total}`);
    else if (figures.kills % Math.ceil(total / 20) === 0) say(figures);
  },
};
const words = (victim: readonly string[]) =>
  process.env.KILL_PLANT === undefined ? victim : planted(victim);
const began = performance.now();

try {
  const figures = await begin();
  const seconds = Math.round((performance.now() - began) / 1000);
  say({ hunt: hunted, seed, ...figures, seconds });
  rmSync(folder, { recursive: true });
} catch (error) {
  if (!(error instanceof Violation)) throw error;
  const lines = [...error.trace, error.message, `seed ${seed}; what was left is in ${folder}`];
  process.stderr.write(`\n${lines.join("\n")}\n`);
  process.exitCode = 1;
}

function begin() {
  const { lab, card, ca } = FROM_BUILD;
  const state = ["--seed", seed, "--state"];
  if (hunted === "ca") return huntCa({ ...hunt, victim: (path) => [...words(ca), path, KEYS] });
  if (hunted === "lab-ca") {
    return huntCa({ ...hunt, victim: (path) => [...words(lab), ...state, path] });
  }
  if (hunted === "lab-card") return huntLabCard({ ...hunt, lab: words(lab) });
  return huntHolderCard({ ...hunt, holder: words(card) });
}

function say(line: unknown): void {
  process.stdout.write(`${JSON.stringify(line)}\n`);
}

// Handing out cards: with keys that have to be made first, where making them is all that counts, and
// with keys that are there, where it is the signatures on certificates and records.
import { execFile } from "node:child_process";
import { copyFile, link, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { KeyPool } from "../pki/index.ts";
import { rsaSignaturesPerSecond } from "../testing/openssl-speed.ts";
import { Lab } from "./lab.ts";
import { TEST_KEY_POOL } from "./testing/keys.ts";

const execute = promisify(execFile);

/** 利用者証明用, 署名用, and four for the other applications. */
const KEYS_OF_A_CARD = 6;
/** Two certificates, and the records of the 券面 applications and base objects that are a card's own. */
const SIGNATURES_OF_A_CARD = 7;

const DIFFERENT_KEYS = 32;
/** More than any round can use up. */
const WARM_KEYS = 40_000;

export const benchmarks = [
  {
    name: "mint/cold",
    title: { ja: "カード発行（鍵なしから）", en: "handing out cards, keys to be made" },
    peer: { ja: "openssl genrsa 2048（2プロセス）", en: "openssl genrsa 2048, two processes" },
    unit: "keys/s",
    target: 0.85,
    needs: "openssl",
    rounds: 3,
    milliseconds: 4000,
    run: () => mint(async () => undefined, KEYS_OF_A_CARD),
    reference: () => ({ lanes: 2, operation: () => execute("openssl", ["genrsa", "2048"]) }),
  },
  {
    name: "mint/warm",
    title: { ja: "カード発行（鍵は準備済み）", en: "handing out cards, keys at hand" },
    peer: {
      ja: `カード1枚あたり${SIGNATURES_OF_A_CARD}署名の限界（openssl speed -multi 2 rsa2048）`,
      en: `the limit of ${SIGNATURES_OF_A_CARD} signatures a card (openssl speed -multi 2 rsa2048)`,
    },
    unit: "cards/s",
    // 300 cards a second on a machine whose two cores make 8000 signatures.
    target: 0.26,
    needs: "openssl",
    rounds: 3,
    milliseconds: 800,
    run: () => mint(provideKeys, 1),
    reference: () => ({
      figure: async () => (await rsaSignaturesPerSecond(2)) / SIGNATURES_OF_A_CARD,
    }),
  },
];

/** A world of its own with a key pool of its own, in which `prepare` may put keys beforehand. */
async function mint(prepare: (folder: string) => Promise<void>, count: number) {
  const folder = await mkdtemp(join(tmpdir(), "jpki-mint-"));
  await prepare(folder);
  const lab = await Lab.open({ seed: "mint", keys: folder });
  return {
    // Enough that signatures wait in the thread pool while cards are written.
    lanes: 8,
    count,
    operation: () => lab.issueCard("adult"),
    close: async () => {
      await lab.close();
      await rm(folder, { recursive: true });
    },
  };
}

/** A pool that seems endless: the same few keys under many numbers. */
async function provideKeys(folder: string): Promise<void> {
  await new KeyPool(TEST_KEY_POOL).fill(DIFFERENT_KEYS);
  const name = (index: number) => `${String(index).padStart(6, "0")}.p8`;
  for (let i = 0; i < DIFFERENT_KEYS; i += 1) {
    await copyFile(join(TEST_KEY_POOL, name(i)), join(folder, name(i)));
  }
  for (let i = DIFFERENT_KEYS; i < WARM_KEYS; i += 1) {
    await link(join(folder, name(i % DIFFERENT_KEYS)), join(folder, name(i)));
  }
}

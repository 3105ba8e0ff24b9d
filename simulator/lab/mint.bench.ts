// Handing out cards: with keys that have to be made first, where making them is all that counts, and
// with keys that are there, where it is the signatures on certificates and records.
import { execFile } from "node:child_process";
import { copyFile, link, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { toHex } from "../iso7816/index.ts";
import { KeyPool } from "../pki/index.ts";
import { rsaSignaturesPerSecond } from "../testing/openssl-speed.ts";
import { Lab } from "./lab.ts";
import { TEST_KEY_POOL } from "./testing/keys.ts";

const execute = promisify(execFile);

/** 利用者証明用, 署名用, and four for the other applications. */
const KEYS_OF_A_CARD = 6;
/** 利用者証明用 and 署名用. */
const CERTIFICATES_OF_A_CARD = 2;
/** The signatures in the records that are a card's own (card-facts 5.3 and 5.4). */
const RECORD_SIGNATURE = /DF(?:13|28|33|43|52)820100/g;

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
    title: {
      ja: "カード発行（鍵は準備済み。毎秒8,000署名の2コアで毎秒300枚が目標）",
      en: "handing out cards, keys at hand (300 a second on two cores that make 8,000 signatures)",
    },
    peer: {
      ja: "カード1枚が載せる署名だけの限界（openssl speed -multi 2 rsa2048）",
      en: "the limit of what signatures a card carries alone (openssl speed -multi 2 rsa2048)",
    },
    unit: "cards/s",
    // With seven signatures on a card.
    target: 0.2625,
    needs: "openssl",
    rounds: 3,
    // A thousand cards, as somebody has them made who fills a town; the engine learns on the first.
    milliseconds: 3000,
    run: () => mint(provideKeys, 1),
    reference: async () => {
      const signatures = await signaturesOfACard();
      return { figure: async () => (await rsaSignaturesPerSecond(2)) / signatures };
    },
  },
];

/** A world of its own with a key pool of its own, in which `prepare` may put keys beforehand. */
async function mint(prepare: (folder: string) => Promise<void>, count: number) {
  const folder = await mkdtemp(join(tmpdir(), "jpki-mint-"));
  await prepare(folder);
  const lab = await Lab.open({ seed: "mint", keys: folder });
  return {
    // Enough that signatures wait in the thread pool while cards are written.
    lanes: 16,
    count,
    operation: () => lab.issueCard("adult"),
    close: async () => {
      await lab.close();
      await rm(folder, { recursive: true });
    },
  };
}

/** Counted on one that is handed out. */
async function signaturesOfACard(): Promise<number> {
  const lab = await Lab.open({ seed: "mint", keys: TEST_KEY_POOL });
  const { card } = await lab.issueCard("adult");
  await lab.close();
  const files = card.image.applications.flatMap((application) => application.files);
  const contents = files.map((file) => (file.kind === "transparent" ? toHex(file.content) : ""));
  return CERTIFICATES_OF_A_CARD + [...contents.join(" ").matchAll(RECORD_SIGNATURE)].length;
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

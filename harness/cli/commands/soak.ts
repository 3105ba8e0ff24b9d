/** `jpki-bench soak`: scenario XS-07 for as long as one likes, with its figures. */
import { randomBytes } from "node:crypto";
import { performance } from "node:perf_hooks";
import { type Command, InvalidArgumentError } from "commander";
import { Lab } from "../../../simulator/lab/index.ts";
import { cacheFolder } from "../../config/folders.ts";
import { type SoakFigures, soak } from "../../soak/soak.ts";
import { EXIT } from "../advice.ts";
import { acts, benchCommand, parseCount } from "../command.ts";
import { interruptible } from "../interruption.ts";
import type { CommonOptions, Terminal } from "../terminal.ts";

interface Options {
  readonly sessions: number;
  readonly faults: number;
}

export function soakCommand(): Command {
  const command = benchCommand(
    "soak",
    "障害を混ぜた認証を繰り返し、不変条件を確かめる（XS-07）",
    "authentications with faults at random, and what must hold through all of them (XS-07)",
  )
    .option("--sessions <n>", "回数 / how many", parseCount, 10_000)
    .option("--faults <percent>", "各表の障害の割合 / share of each table", parsePercent, 1);
  return acts<Options>(command, run);
}

async function run(terminal: Terminal, options: Options & CommonOptions): Promise<number> {
  const seed = options.seed ?? randomBytes(4).toString("hex");
  const began = performance.now();
  const { figures, interrupted } = await interruptible(async (signal) => {
    const figures = await figuresOf(seed, options, signal, (done) => {
      if (done % 1000 === 0) terminal.line(`${done}/${options.sessions}`);
    });
    return { figures, interrupted: signal.aborted };
  });
  const seconds = Math.round((performance.now() - began) / 1000);
  terminal.document({ seed, seconds, ...figures });
  show(terminal, seed, seconds, figures);
  if (figures.violations.length > 0) return EXIT.failed;
  return interrupted ? EXIT.interrupted : EXIT.success;
}

async function figuresOf(
  seed: string,
  { sessions, faults }: Options,
  signal: AbortSignal,
  onProgress: (done: number) => void,
): Promise<SoakFigures> {
  const lab = await Lab.open({ seed, keys: cacheFolder("keys") });
  try {
    return await soak(lab, { sessions, faults: faults / 100, signal, onProgress });
  } finally {
    await lab.close();
  }
}

function show(terminal: Terminal, seed: string, seconds: number, figures: SoakFigures): void {
  const struck = Object.values(figures.faults).reduce((sum, times) => sum + times, 0);
  for (const [answer, times] of Object.entries(figures.answers)) {
    terminal.line(`${String(times).padStart(7)}  ${answer}`);
  }
  const { pinsTyped, pinsSent, mistyped, pseudonyms, digest } = figures;
  const facts: [string, string, string | number][] = [
    ["回数", "sessions", figures.sessions],
    ["起こした障害", "faults", struck],
    ["入力された暗証番号 / 送ったVERIFY", "PINs typed / VERIFY sent", `${pinsTyped} / ${pinsSent}`],
    ["入力の誤り", "mistyped", mistyped],
    ["PPID等の数", "pseudonyms", pseudonyms],
    ["所要時間（秒）", "seconds", seconds],
    ["回答の要約値", "digest of the answers", digest],
    ["乱数シード", "seed", seed],
  ];
  for (const [ja, en, value] of facts) terminal.line(`${terminal.say({ ja, en })}: ${value}`);
  for (const violation of figures.violations.slice(0, 20)) terminal.line(`! ${violation}`);
  const none = { ja: "不変条件の違反: なし", en: "violations: none" };
  const some = { ja: "不変条件の違反があります", en: "there are violations" };
  terminal.line(terminal.say(figures.violations.length === 0 ? none : some));
}

function parsePercent(text: string): number {
  if (/^\d{1,3}(\.\d{1,2})?$/.test(text) && Number(text) <= 100) return Number(text);
  throw new InvalidArgumentError("should be a percentage, 0 to 100");
}

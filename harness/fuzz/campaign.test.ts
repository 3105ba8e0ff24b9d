import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { campaign } from "./campaign.ts";
import { property } from "./property.ts";
import { replay } from "./replay.ts";
import { writeReplay } from "./replay-file.ts";
import { Tally } from "./tally.ts";
import { type FuzzTarget, inMemory } from "./target.ts";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "jpki-fuzz-"));
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** Holds for numbers below `limit`; `seen` gets every number judged. */
function below(limit: number, seen: number[] = []) {
  return property({
    name: "below",
    title: { ja: "小さい", en: "small" },
    schema: z.int(),
    arbitrary: fc.nat(1_000_000),
    show: (number) => [`number ${number}`],
    judge: (number) => {
      seen.push(number);
      return number < limit ? [] : [`${number} is too much`];
    },
  });
}

const target = (limit: number): FuzzTarget => ({
  title: { ja: "数", en: "numbers" },
  open: async () => inMemory([below(limit)]),
});

async function failureBelow(limit: number) {
  const { failures } = await campaign([below(limit)], { seed: "a", runs: 100 });
  const [failure] = failures;
  if (failure === undefined) throw new Error("nothing was found");
  return failure;
}

describe("a campaign", () => {
  it("judges as many inputs as it was told, the same for the same seed", async () => {
    const [first, second, other]: [number[], number[], number[]] = [[], [], []];
    const result = await campaign([below(2_000_000, first)], { seed: "a", runs: 120 });
    await campaign([below(2_000_000, second)], { seed: "a", runs: 120 });
    await campaign([below(2_000_000, other)], { seed: "b", runs: 120 });
    expect(result).toEqual({ runs: { below: 120 }, failures: [], interrupted: false });
    expect(first).toHaveLength(120);
    expect(second).toEqual(first);
    expect(other).not.toEqual(first);
  });

  it("shrinks what it finds to the smallest, and then leaves the property alone", async () => {
    const { failures } = await campaign([below(1000)], { seed: "a", runs: 10_000 });
    expect(failures).toEqual([
      { property: "below", input: 1000, shown: ["number 1000"], violations: ["1000 is too much"] },
    ]);
  });

  it("tells an error that was let through, and goes on with the others", async () => {
    const throwing = property({
      name: "throwing",
      title: { ja: "例外", en: "throws" },
      schema: z.boolean(),
      arbitrary: fc.boolean(),
      show: (input) => [String(input)],
      judge: () => {
        throw new TypeError("of undefined");
      },
    });
    const { failures, runs } = await campaign([throwing, below(2_000_000)], {
      seed: "a",
      runs: 60,
    });
    expect(failures[0]?.violations).toEqual(["let through TypeError: of undefined"]);
    expect(runs.below).toBe(60);
  });

  it("goes on until each property has sent its commands", async () => {
    const counting = () => {
      const tally = new Tally({ legal: new Set([0x9000]), beyond: new Map() });
      return property({
        name: "counting",
        title: { ja: "数える", en: "counts" },
        schema: z.int(),
        arbitrary: fc.nat(),
        show: (number) => [`${number}`],
        judge: () => {
          tally.count(0x9000);
          return [];
        },
        tally,
      });
    };
    const endless = counting();
    const { runs } = await campaign([endless], { seed: "a", commands: 170 });
    expect(runs).toEqual({ counting: 200 });
    expect(endless.tally).toMatchObject({ commands: 200, unseen: [] });
    expect(endless.tally?.seconds).toBeGreaterThan(0);
  });

  it("ends between two batches when it is interrupted or the time is over", async () => {
    const interruption = new AbortController();
    const onProgress = () => interruption.abort();
    const { signal } = interruption;
    const stopped = await campaign([below(2_000_000)], { seed: "a", signal, onProgress });
    const timed = await campaign([below(2_000_000)], { seed: "a", seconds: 0 });
    expect(stopped).toMatchObject({ runs: { below: 50 }, interrupted: true });
    expect(timed).toMatchObject({ runs: { below: 50 }, interrupted: false });
  });
});

describe("a counterexample in a file", () => {
  it("is judged again, by what is there now", async () => {
    const path = writeReplay(folder, "numbers", "a", await failureBelow(1000));
    expect(JSON.parse(readFileSync(path, "utf8"))).toMatchObject({ input: 1000, seed: "a" });
    expect(await replay("numbers", target(1000), path)).toMatchObject({
      violations: ["1000 is too much"],
    });
    expect(await replay("numbers", target(1001), path)).toMatchObject({ violations: [] });
  });

  it.each([
    ["no JSON", () => "{"],
    ["another document", () => "{}"],
    ["of another property", (file: string) => file.replace('"below"', '"above"')],
    ["of another form", (file: string) => file.replace('"input": 1000', '"input": "much"')],
  ])("is refused with a code: %s", async (_what, damage) => {
    const path = writeReplay(folder, "numbers", "a", await failureBelow(1000));
    writeFileSync(path, damage(readFileSync(path, "utf8")));
    await expect(replay("numbers", target(1000), path)).rejects.toMatchObject({
      code: "FUZZ_REPLAY_INVALID",
    });
  });

  it("is refused by another target, and where there is none", async () => {
    const path = writeReplay(folder, "numbers", "a", await failureBelow(1000));
    const code = (value: string) => expect.objectContaining({ code: value });
    await expect(replay("letters", target(1), path)).rejects.toEqual(code("FUZZ_REPLAY_INVALID"));
    const absent = replay("numbers", target(1), join(folder, "absent.json"));
    await expect(absent).rejects.toEqual(code("FILE_UNREADABLE"));
  });
});

/** The smallest benchmark there is. */
import type { Benchmark } from "../benchmark.ts";

export function tiny(changes: Partial<Benchmark> = {}): Benchmark {
  return {
    name: "tiny/one",
    title: { ja: "小さな測定", en: "a tiny measurement" },
    peer: { ja: "もっと小さな測定", en: "a tinier one" },
    unit: "things/s",
    target: 0.5,
    run: () => ({ figure: async () => 60 }),
    reference: () => ({ figure: async () => 100 }),
    ...changes,
  };
}

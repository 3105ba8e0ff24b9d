/** Fuzzing the frame decoders of readers: splits, stray bytes, noise. */
import { type FuzzTarget, inMemory } from "../target.ts";
import { PN532, TWN4, VPCD } from "./framings.ts";
import { streamProperty } from "./stream.ts";

export const readerTarget: FuzzTarget = {
  title: { ja: "読取装置の電文", en: "frames of readers" },
  open: async () => inMemory([VPCD, PN532, TWN4].map(streamProperty)),
};

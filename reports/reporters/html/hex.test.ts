import { expect, it } from "vitest";
import { bytes, spaced } from "./hex.ts";

it.each([
  ["00A4040C", "00 A4 04 0C"],
  ["0020008004 ‹PIN›", "00 20 00 80 04 ‹PIN›"],
  ["002000800431‹PIN 4桁›", "00 20 00 80 04 31‹PIN 4桁›"],
  ["ABC", "ABC"],
  ["card", "card"],
  ["", ""],
])("%s is shown as %s", (hex, shown) => {
  expect(spaced(hex)).toBe(shown);
});

it("folds what is too long to read, and keeps all of it", () => {
  expect(bytes("AB".repeat(64)).text).toBe(`<code>${"AB ".repeat(63)}AB</code>`);
  expect(bytes("AB".repeat(65)).text).toBe(
    `<details class="long"><summary><code>${"AB ".repeat(16)}…</code> (65 bytes)</summary><code>${"AB ".repeat(64)}AB</code></details>`,
  );
});

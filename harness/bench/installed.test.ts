import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { isInstalled } from "./installed.ts";

function folderWith(name: string, mode: number): string {
  const folder = mkdtempSync(join(tmpdir(), "jpki-path-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  writeFileSync(join(folder, name), "");
  chmodSync(join(folder, name), mode);
  return folder;
}

it("finds a program in any folder of the path", () => {
  const path = ["/nowhere", folderWith("peer", 0o755)].join(delimiter);
  expect(isInstalled("peer", path)).toBe(true);
  expect(isInstalled("another", path)).toBe(false);
  expect(isInstalled("peer", "")).toBe(false);
});

it("finds nothing in a file that cannot be run", () => {
  expect(isInstalled("peer", folderWith("peer", 0o644))).toBe(false);
});

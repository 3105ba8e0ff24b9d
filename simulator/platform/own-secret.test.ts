import { expect, it } from "vitest";
import { Random } from "../random.ts";
import { ownSecret } from "./own-secret.ts";

it("differs for two ids although the seeded bytes are the same", () => {
  const first = ownSecret(new Random("seed"), "MKPF-V-00000001");
  const second = ownSecret(new Random("seed"), "MKPF-V-00000002");
  expect(first).toMatch(/^[0-9A-F]{64}$/);
  expect(second).not.toBe(first);
  expect(ownSecret(new Random("seed"), "MKPF-V-00000001")).toBe(first);
});

import { expect, it } from "vitest";
import { busyWarning } from "./busy.ts";

it("warns when others want half of the cores", () => {
  expect(busyWarning(1.1, 2)?.en).toContain("busy");
  expect(busyWarning(1.1, 2)?.ja).toContain("他の処理");
});

it("says nothing on a quiet machine, or where the system tells no load", () => {
  expect(busyWarning(0.9, 2)).toBeUndefined();
  expect(busyWarning(0, 1)).toBeUndefined();
});

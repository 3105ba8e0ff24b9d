import fc from "fast-check";
import { expect, it } from "vitest";
import { middle } from "./statistics.ts";

it("gives the item in the middle, not the mean and not the middle of the list", () => {
  expect(middle([9, 1, 2, 100, 3], (n) => n)).toBe(3);
  expect(middle(["aaa", "b", "cc"], ({ length }) => length)).toBe("cc");
});

it("does not reorder what it was given", () => {
  const items = [3, 1, 2];
  middle(items, (n) => n);
  expect(items).toEqual([3, 1, 2]);
});

it("has as many items below it as above, whatever they are", () => {
  const odd = fc.array(fc.double({ noNaN: true }), { minLength: 1, maxLength: 21 });
  fc.assert(
    fc.property(odd, (items) => {
      fc.pre(items.length % 2 === 1);
      const found = middle(items, (n) => n);
      const half = (items.length - 1) / 2;
      expect(items.filter((n) => n < found).length).toBeLessThanOrEqual(half);
      expect(items.filter((n) => n > found).length).toBeLessThanOrEqual(half);
    }),
  );
});

it("finds no middle of nothing", () => {
  expect(() => middle([], () => 0)).toThrow(RangeError);
});

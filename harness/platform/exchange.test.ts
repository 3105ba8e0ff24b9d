import { describe, expect, it } from "vitest";
import { createExchange } from "./exchange.ts";

describe("the deadline of an exchange", () => {
  const withDeadline = (deadline: number) => () =>
    createExchange({ peer: "MKPF", rules: {}, sink: () => undefined, deadline });

  it.each([0.5, 1.5, 0, -1, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 31])(
    "is refused as configured wrong when no timer can keep it: %d",
    (deadline) => {
      expect(withDeadline(deadline)).toThrow(
        expect.objectContaining({
          code: "CONFIG_INVALID",
          message: expect.stringContaining(`a deadline of ${deadline},`),
        }),
      );
    },
  );

  it.each([1, 5000, 2 ** 31 - 1])("may be %d milliseconds", (deadline) => {
    expect(withDeadline(deadline)).not.toThrow();
  });
});

import { describe, expect, it } from "vitest";
import { Ledger } from "./ledger.ts";

const A = "0A000001";

function withHold(published: boolean): Ledger {
  const ledger = new Ledger();
  ledger.issued(A);
  ledger.asks(A, "certificateHold");
  ledger.answered(A, published);
  return ledger;
}

describe("a revocation that was answered", () => {
  it("stands", () => {
    const ledger = withHold(true);
    expect(ledger.status(A)).toBe("certificateHold");
    expect(ledger.revoked).toEqual([A]);
    expect(() => ledger.seen(A, "good")).toThrow(`${A} is good in the place of certificateHold`);
  });

  it("is seen by everybody when it was published", () => {
    expect(withHold(true).visible(A)).toEqual(["certificateHold"]);
  });

  it("may be seen or not until it is published", () => {
    const ledger = withHold(false);
    expect(ledger.visible(A)).toEqual(["good", "certificateHold"]);
    ledger.published();
    expect(ledger.visible(A)).toEqual(["certificateHold"]);
  });
});

describe("a revocation that was never answered", () => {
  const cutOff = () => {
    const ledger = withHold(true);
    ledger.asks(A, "superseded");
    return ledger;
  };

  it("may stand or not", () => {
    expect(cutOff().possible(A)).toEqual(["certificateHold", "superseded"]);
    expect(cutOff().visible(A)).toEqual(["certificateHold", "superseded"]);
  });

  it("stands once it has been seen", () => {
    const ledger = cutOff();
    ledger.seen(A, "superseded");
    expect(ledger).toMatchObject({ kept: 1, dropped: 0 });
    expect(ledger.possible(A)).toEqual(["superseded"]);
  });

  it("stands once somebody was told of it", () => {
    const ledger = cutOff();
    ledger.told(A, "superseded");
    expect(() => ledger.seen(A, "certificateHold")).toThrow("in the place of superseded");
  });

  it("does not stand once it has been seen not to", () => {
    const ledger = cutOff();
    ledger.seen(A, "certificateHold");
    expect(ledger).toMatchObject({ kept: 0, dropped: 1 });
    expect(() => ledger.seen(A, "superseded")).toThrow("in the place of certificateHold");
  });
});

it("knows which certificates something was done to since the last publication", () => {
  const ledger = withHold(true);
  ledger.published();
  expect(ledger.touched).toEqual([]);
  ledger.asks(A, "superseded");
  expect(ledger.touched).toEqual([A]);
});

it("takes no serial number twice, and none that was never issued", () => {
  const ledger = withHold(true);
  expect(() => ledger.issued(A)).toThrow(`${A} was issued twice`);
  expect(() => ledger.seen("0A000002", "good")).toThrow("never issued");
});

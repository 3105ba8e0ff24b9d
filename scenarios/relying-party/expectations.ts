/** What every scenario asks of a system under test that does not do what somebody wanted. */
import { type Done, expect, type NotDone } from "../../harness/index.ts";

/** Milliseconds: each errand may take as long as the vendor allows his system. */
export const TIMEOUT = 120_000;

export const FLOW = "デジタル庁 マイキープラットフォーム連携の手引き（類型①）";

/** It did not do it, and told people so. Its own words are its own. */
export function toldSomething(outcome: Done<object>): NotDone {
  expect.assert(!outcome.done, "done, although it should not have been");
  expect(outcome.text.trim(), "what people are told").not.toBe("");
  return outcome;
}

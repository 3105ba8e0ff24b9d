/** A lab for tests of its control API, with a client that compares every answer with the document. */
import { LabClock } from "../../clock.ts";
import { Lab, type LabClient, type LabOptions, labClient } from "../index.ts";
import { CheckedControl, documentOf } from "./checked-fetch.ts";
import { TEST_KEY_POOL } from "./keys.ts";

export interface Controlled {
  readonly lab: Lab;
  readonly client: LabClient;
  /** What is between client and lab. */
  readonly control: CheckedControl;
}

/** A world whose clock stands at ten in the morning of a day in Japan. */
export async function openControlled(options: Partial<LabOptions> = {}): Promise<Controlled> {
  const clock = LabClock.stopped(new Date("2026-08-07T01:00:00Z"));
  const lab = await Lab.open({ seed: "control", keys: TEST_KEY_POOL, clock, ...options });
  const { console } = lab.addresses;
  const control = new CheckedControl(await documentOf(console));
  return { lab, control, client: labClient(console, control.fetch) };
}

/**
 * A part of the campaign that is small enough for every change: each disaster in scenarios of different
 * length, and an undisturbed one after each. How far in a scenario is struck stands here, because
 * nobody counts its commands before.
 */
import type { DisasterLink } from "./links.ts";
import type { Strike } from "./plan.ts";

export interface Sample {
  /** Those that are struck, and those that follow them. */
  readonly scenarios: readonly string[];
  readonly strikes: Readonly<Record<string, Strike>>;
}

export const SAMPLES: Readonly<Partial<Record<DisasterLink["name"], Sample>>> = {
  simulated: {
    scenarios: ["CR-01", "CR-02", "CR-20", "CR-21", "CR-25", "CR-27", "AC-01", "AC-02"],
    strikes: {
      "CR-01": { disaster: "relay-pulled", at: 7 },
      "CR-20": { disaster: "relay-pulled", at: 20 },
      "CR-25": { disaster: "card-frozen", at: 6 },
      "AC-01": { disaster: "relay-pulled", at: 4 },
    },
  },
  pcsc: {
    scenarios: [
      ...["CR-01", "CR-02", "CR-03", "CR-04", "CR-05", "CR-06", "CR-08", "CR-25"],
      ...["CR-27", "CR-29", "CR-30", "CR-28", "CR-31", "AC-01"],
    ],
    strikes: {
      "CR-01": { disaster: "card-removed", at: 9 },
      "CR-03": { disaster: "pcscd-killed", at: 15 },
      "CR-05": { disaster: "card-removed", at: 13 },
      "CR-08": { disaster: "pcscd-killed", at: 30 },
      "CR-27": { disaster: "card-frozen", at: 9 },
      "CR-30": { disaster: "pcscd-killed", at: 8 },
      "CR-31": { disaster: "card-removed", at: 30 },
    },
  },
  pn532: {
    scenarios: ["CR-01", "CR-02", "CR-08", "CR-25", "CR-27", "CR-29", "CR-31", "AC-01"],
    strikes: {
      "CR-01": { disaster: "pty-unplugged", at: 9 },
      "CR-08": { disaster: "pty-unplugged", at: 30 },
      "CR-27": { disaster: "card-frozen", at: 9 },
      "CR-31": { disaster: "pty-unplugged", at: 30 },
    },
  },
};

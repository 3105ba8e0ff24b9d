/**
 * The actuator of a project in `bench.config.ts`:
 * `actuator: { driver: "hid-relay", serial: "BENCH", card: { relay: 1, on: "present" } }`.
 */
import { z } from "zod";
import { RELAYS_MAX } from "../../simulator/reader/hid-relay/index.ts";
import { ACTS, type Act, CARD_ACTS, POWER_ACTS } from "./actuator.ts";

const act = z.enum(ACTS);
const relay = z.int().min(1).max(RELAYS_MAX);
const milliseconds = z.int().min(1).max(600_000);

const hidRelay = z.strictObject({
  driver: z.literal("hid-relay"),
  /** The board's five characters; may be left out where there is one board only. */
  serial: z.string().length(5).optional(),
  /** The relay that moves the card, and where the card is while that relay is on. */
  card: z.strictObject({ relay, on: z.enum(["present", "absent"]) }).optional(),
  /** The relay in the reader's supply, and what the reader has while that relay is on. */
  power: z.strictObject({ relay, on: z.enum(["powered", "cut"]) }).optional(),
});

const servo = z.strictObject({
  driver: z.literal("servo"),
  /** Path of the serial device. */
  device: z.string().min(1),
  /** What the firmware can do. Default present and remove. */
  acts: z.array(act).min(1).optional(),
  /** Milliseconds a movement may take. Default 5000. */
  deadline: milliseconds.optional(),
});

const operator = z.strictObject({
  driver: z.literal("operator"),
  /** Where the person is asked. */
  desk: z.enum(["terminal", "http"]),
  /** Of the desk on HTTP. Default 8085. */
  port: z.int().min(0).max(65535).optional(),
  /** Milliseconds for each act. Default 25000. */
  deadline: milliseconds.optional(),
});

export const actuatorSpec = z.discriminatedUnion("driver", [hidRelay, servo, operator]);

export type ActuatorSpec = z.infer<typeof actuatorSpec>;

/** What an actuator can do, as far as its configuration tells; nothing is opened. */
export function wiredFor(spec: ActuatorSpec): ReadonlySet<Act> {
  if (spec.driver === "operator") return new Set(ACTS);
  if (spec.driver === "servo") return new Set(spec.acts ?? CARD_ACTS);
  return new Set([...(spec.card ? CARD_ACTS : []), ...(spec.power ? POWER_ACTS : [])]);
}

/** A history of the card (simulator/card/model) as it stands in a file. */
import { z } from "zod";
import type { Event } from "../../../simulator/card/model/run.ts";

const target = z.union([z.literal("current"), z.int().min(0).max(0x1f)]);
const pin = z.string().max(64);

const action = z.discriminatedUnion("do", [
  z.strictObject({
    do: z.literal("select application"),
    ap: z.enum(["jpki", "text", "visual", "juki", "common"]),
  }),
  z.strictObject({ do: z.literal("select file"), id: z.int().min(0).max(0xffff) }),
  z.strictObject({
    do: z.literal("read"),
    target,
    offset: z.int().min(0).max(0x7fff),
    ne: z.int().min(0).max(256),
  }),
  z.strictObject({ do: z.literal("verify"), target, pin }),
  z.strictObject({ do: z.literal("ask tries"), target }),
  z.strictObject({ do: z.literal("change PIN"), header: z.hex().length(8), pin }),
  z.strictObject({ do: z.literal("sign"), target: z.union([target, z.literal("default")]) }),
  z.strictObject({ do: z.literal("authenticate"), target }),
  z.strictObject({ do: z.literal("challenge") }),
  z.strictObject({ do: z.literal("nonsense"), apdu: z.hex(), sw: z.int() }),
]);

export const historySchema: z.ZodType<readonly Event[]> = z.array(
  z.discriminatedUnion("event", [
    z.strictObject({ event: z.literal("act"), action }),
    z.strictObject({ event: z.literal("power cycle") }),
    z.strictObject({ event: z.literal("warm reset") }),
    z.strictObject({
      event: z.literal("cut"),
      action,
      at: z.union([z.literal(1), z.literal(2)]),
      durable: z.boolean(),
    }),
  ]),
);

/** A history of the card (simulator/card/model) as it stands in a file. */
import { z } from "zod";
import type { Event } from "../../../simulator/card/model/event.ts";

const target = z.union([z.literal("current"), z.int().min(0).max(0x1f)]);
const pin = z.string().max(64);
const byte = z.int().min(0).max(0xff);

const offset = z.int().min(0).max(0x7fff);
const ne = z.int().min(0).max(65536);

const action = z.discriminatedUnion("do", [
  z.strictObject({
    do: z.literal("select application"),
    ap: z.enum(["jpki", "text", "visual", "juki", "common", "card-ap", "locked"]),
    by: z.enum(["name", "beginning", "name, with FCI"]),
  }),
  z.strictObject({ do: z.literal("select issuer domain") }),
  z.strictObject({ do: z.literal("select master file") }),
  z.strictObject({ do: z.literal("select file"), id: z.int().min(0).max(0xffff) }),
  z.strictObject({ do: z.literal("read"), target, offset, ne }),
  z.strictObject({
    do: z.literal("read record"),
    target,
    record: byte,
    mode: z.int().min(0).max(7),
  }),
  z.strictObject({ do: z.literal("get data"), tag: z.int().min(0).max(0xffff), ne }),
  z.strictObject({ do: z.literal("update"), target }),
  z.strictObject({ do: z.literal("verify"), target, pin }),
  z.strictObject({ do: z.literal("ask tries"), target }),
  z.strictObject({ do: z.literal("change PIN"), header: z.hex().length(8), pin }),
  z.strictObject({
    do: z.literal("sign"),
    target: z.union([target, z.literal("default")]),
    mode: byte,
    bytes: z.int().min(0).max(0xffff),
  }),
  z.strictObject({ do: z.literal("authenticate"), target }),
  z.strictObject({ do: z.literal("pretend"), target }),
  z.strictObject({ do: z.literal("load no certificate"), part: z.hex().length(4) }),
  z.strictObject({ do: z.literal("challenge"), ne }),
  z.strictObject({
    do: z.literal("set session key"),
    block: z.enum(["seed", "other content", "noise", "beyond the modulus"]),
  }),
  z.strictObject({ do: z.literal("read in secret"), offset, ne }),
  z.strictObject({
    do: z.literal("bad secure message"),
    cla: z.enum(["08", "0C"]),
    ins: z.hex().length(2),
  }),
  z.strictObject({
    do: z.literal("nonsense"),
    apdu: z.hex(),
    sw: z.union([z.int(), z.literal("refused")]),
  }),
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

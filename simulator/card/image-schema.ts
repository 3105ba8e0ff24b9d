/** The shape of a card image as text, part by part; see image.ts for what the parts mean. */
import { z } from "zod";
import { fromHex, parseAtr, toHex } from "../iso7816/index.ts";
import { QUIRKS } from "./quirks.ts";
import { isPrivateKey, isPublicKey } from "./rsa.ts";

const bytes = z
  .string()
  .regex(/^(?:[0-9A-F]{2})*$/)
  .transform(fromHex);
const identifier = z.int().min(0x0001).max(0xfffe);
const access = z.union([z.enum(["free", "never"]), z.array(identifier).min(1)]);
const tries = z.int().min(0).max(15);

const transparent = z.strictObject({
  kind: z.literal("transparent"),
  id: identifier,
  read: access,
  update: access.exactOptional(),
  content: bytes,
});

const record = z.strictObject({
  kind: z.literal("record"),
  id: identifier,
  read: access,
  records: z.array(bytes),
});

const pin = z
  .strictObject({
    kind: z.literal("pin"),
    id: identifier,
    rule: z.strictObject({
      characters: z.enum(["digits", "letters-digits"]),
      min: z.int().min(1).max(16),
      max: z.int().min(1).max(16),
    }),
    changeable: z.boolean(),
    value: bytes,
    tries,
    triesLeft: tries,
  })
  .refine((file) => file.triesLeft <= file.tries, "more tries left than there are");

const key = z.strictObject({
  kind: z.literal("key"),
  id: identifier,
  purpose: z.enum(["signature", "internal-authentication", "session"]),
  use: access,
  privateKey: bytes.refine(isPrivateKey, "not an RSA-2048 private key"),
});

const publicKey = z.strictObject({
  kind: z.literal("public-key"),
  id: identifier,
  purpose: z.enum(["terminal-ca", "issuer"]),
  keyId: bytes,
  publicKey: bytes.refine(isPublicKey, "not an RSA-2048 public key"),
});

const unknown = z.strictObject({ kind: z.literal("unknown"), id: identifier });

const application = z
  .strictObject({
    name: z.enum(["jpki", "text", "visual", "juki", "common", "card-ap"]),
    aid: bytes.refine(
      (aid) => aid.length >= 5 && aid.length <= 16,
      "not an application identifier",
    ),
    area: z.enum(["local", "extended"]).exactOptional(),
    locked: z.boolean(),
    files: z.array(
      z.discriminatedUnion("kind", [transparent, record, pin, key, publicKey, unknown]),
    ),
  })
  .refine((ap) => unique(ap.files.map((file) => file.id)), "two files have the same identifier");

export const imageSchema = z.strictObject({
  version: z.literal(1),
  digestKey: bytes,
  profile: z.enum(["card", "android", "iphone"]),
  atr: bytes.refine(isAtr, "not an answer to reset"),
  quirks: z.strictObject(
    Object.fromEntries(Object.keys(QUIRKS).map((name) => [name, z.boolean().exactOptional()])),
  ),
  objects: z.array(z.strictObject({ tag: z.int().min(1).max(0xffff), value: bytes })),
  applications: z
    .array(application)
    .refine((aps) => unique(aps.map((ap) => toHex(ap.aid))), "two applications have the same name"),
});

function isAtr(candidate: Uint8Array): boolean {
  try {
    parseAtr(candidate);
    return true;
  } catch {
    return false;
  }
}

function unique(values: readonly unknown[]): boolean {
  return new Set(values).size === values.length;
}

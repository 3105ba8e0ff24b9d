/** What MKPF remembers of those who may use かざし利用クライアントソフト (platform-facts 1.6, 3.1). */
import { z } from "zod";

const name = z.string().min(1).max(200);

export const clientSoftwareUser = z.discriminatedUnion("edition", [
  z.strictObject({
    edition: z.literal("extension"),
    name,
    origin: z.url().refine((text) => new URL(text).origin === text, {
      message: "an origin: scheme, host and port alone",
    }),
    sourceAddresses: z.array(z.union([z.ipv4(), z.ipv6()])).default([]),
  }),
  z.strictObject({
    edition: z.enum(["dll", "mobile"]),
    name,
    /** SHA-256, hexadecimal. */
    passwordDigest: z.string().regex(/^[0-9a-f]{64}$/),
  }),
]);

export type ClientSoftwareUser = z.output<typeof clientSoftwareUser>;
